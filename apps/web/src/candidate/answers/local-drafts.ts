import type { ResponseContent } from '@fairtake/contracts';
import type { ResponseAddress } from './response-api';

/** Words that are not on the server yet, and the revision they follow. */
export type LocalDraft = { content: ResponseContent; revision: number };

export type LocalDrafts = {
  read: () => LocalDraft | null;
  /** @returns false when the browser keeps nothing */
  write: (draft: LocalDraft) => boolean;
  remove: () => void;
};

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
        return true;
      } catch {
        return false;
      }
    },
    remove: () => {
      try {
        localStorage.removeItem(key);
      } catch {
        // Nothing was kept either.
      }
    },
  };
}
