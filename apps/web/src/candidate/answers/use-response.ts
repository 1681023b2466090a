import type { CandidateAnswer } from '@fairtake/contracts';
import { useEffect, useSyncExternalStore } from 'react';
import { troubleOf } from '../arrival';
import { FileUpload } from './file-upload';
import { localDrafts } from './local-drafts';
import { keepResponse, readResponse, saveResponse, type ResponseAddress } from './response-api';
import { ResponseDraft, type DraftState, type Later } from './response-draft';

type Entry = { draft: ResponseDraft; upload: FileUpload; told: (answer: CandidateAnswer) => void };

/** For as long as the page lives: a draft goes on being sent while the person is at another question. */
const drafts = new Map<string, Entry>();

const later: Later = (ms, work) => {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
};

function entryOf(address: ResponseAddress): Entry {
  const key = `${address.interviewId} ${address.questionId}`;
  const known = drafts.get(key);
  if (known) return known;
  const transport = {
    read: () => readResponse(address),
    save: (revision: number, content: Parameters<typeof saveResponse>[2]) =>
      saveResponse(address, revision, content),
    keep: (revision: number) => keepResponse(address, revision),
    troubleOf,
  };
  const draft = new ResponseDraft(transport, localDrafts(address), later, (answer) => entry.told(answer));
  const upload = new FileUpload(address, (fileId) => draft.change({ kind: 'file', fileId }));
  const entry: Entry = { draft, upload, told: () => undefined };
  drafts.set(key, entry);
  return entry;
}

/** Goes on, without its screen, with what was chosen in an earlier page. */
export function resumeResponse(address: ResponseAddress, onKept: (answer: CandidateAnswer) => void): void {
  const entry = entryOf(address);
  entry.told = onKept;
  void entry.draft.sync();
}

/** @param onKept told when the server has made it the answer, also after this screen was left */
export function useResponse(
  address: ResponseAddress,
  onKept: (answer: CandidateAnswer) => void,
): { draft: ResponseDraft; state: DraftState; upload: FileUpload } {
  const entry = entryOf(address);
  const { draft } = entry;
  useEffect(() => {
    entry.told = onKept;
  }, [entry, onKept]);
  useEffect(() => {
    // Left a moment ago, or back from sleep: what another tab or device saved meanwhile is shown.
    void draft.catchUp();
    const soon = () => void draft.sync();
    addEventListener('online', soon);
    addEventListener('pagehide', soon);
    return () => {
      removeEventListener('online', soon);
      removeEventListener('pagehide', soon);
      soon();
    };
  }, [draft]);
  const state = useSyncExternalStore(draft.subscribe, draft.getSnapshot);
  return { draft, state, upload: entry.upload };
}
