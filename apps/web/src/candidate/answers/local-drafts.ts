import type { ResponseContent } from '@fairtake/contracts';
import type { ResponseAddress } from './response-api';

/** What the server does not know yet of a response, and the revision it follows. */
export type LocalDraft = {
  content: ResponseContent;
  revision: number;
  /** The person chose it as the answer. */
  chosen?: boolean;
};

export type LocalDrafts = {
  read: () => LocalDraft | null;
  /** @returns false when the browser keeps nothing */
  write: (draft: LocalDraft) => boolean;
  remove: () => void;
};

const listeners = new Set<() => void>();

/** Calls back after every change of a draft on this device, by this tab or another one. */
export function subscribeDrafts(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** In `localStorage`: written before the next key press, and there after a crash. Gone once the server has it. */
export function localDrafts({ interviewId, questionId }: ResponseAddress): LocalDrafts {
  const key = `fairtake.response.${interviewId}.${questionId}`;
  return {
    read: () => {
      try {
        const text = localStorage.getItem(key);
        return text ? (JSON.parse(text) as LocalDraft) : null;
      } catch {
        return null;
      }
    },
    write: (draft) => {
      try {
        localStorage.setItem(key, JSON.stringify(draft));
        tell();
        return true;
      } catch {
        return false;
      }
    },
    remove: () => {
      try {
        localStorage.removeItem(key);
        tell();
      } catch {
        // Nothing was kept either.
      }
    },
  };
}
