import type { PositionDraft, PositionView } from '@fairtake/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ApiProblem } from '../../api/api-client';
import { positionQuery, savePosition } from '../positions/position-queries';
import { SerialSaver, type SaveStatus } from '../saving/serial-saver';
import { useSaver } from '../saving/use-saver';
import { cleanedDraft, draftOf } from './cleaned-draft';

export type ChangeDraft = (change: (draft: PositionDraft) => PositionDraft) => void;

export type Setup = {
  position: PositionView;
  draft: PositionDraft;
  change: ChangeDraft;
  status: SaveStatus;
  /** Someone saved after this page was opened. */
  conflict: boolean;
  /** Resolves when the server has everything written here. */
  flush: () => Promise<void>;
  /** Takes over what the server replied with, such as after publishing. */
  adopt: (position: PositionView) => void;
  /** Ends a conflict: the other version replaces what is written here, or the other way round. */
  settle: (whose: 'theirs' | 'mine') => Promise<void>;
};

/** The set-up form: what is written, saved as one writes with the version last seen. */
export function useSetup(opened: PositionView): Setup {
  const queryClient = useQueryClient();
  const { positionId } = opened;
  const [position, setPosition] = useState(opened);
  const [draft, setDraft] = useState(() => draftOf(opened));
  const latest = useRef(draft);
  const server = useRef(opened);
  const [saver] = useState(
    () =>
      new SerialSaver<PositionDraft>({
        delayMs: 900,
        save: async (value) => {
          const { version, state, questions, criteria, languages } = server.current;
          // What publishing fixed goes back exactly as the server holds it.
          const fixed = state === 'draft' ? {} : { questions, criteria, languages };
          const saved = await savePosition(positionId, { ...value, ...fixed }, version);
          server.current = saved;
          setPosition(saved);
          queryClient.setQueryData(positionQuery(positionId).queryKey, saved);
          void queryClient.invalidateQueries({ queryKey: ['positions'] });
        },
      }),
  );
  const status = useSaver(saver);

  const change: ChangeDraft = useCallback(
    (apply) => {
      latest.current = apply(latest.current);
      setDraft(latest.current);
      const sendable = cleanedDraft(latest.current);
      // A title is the one thing a draft cannot be stored without.
      if (Object.keys(sendable.title).length > 0) saver.set(sendable);
    },
    [saver],
  );

  const adopt = (next: PositionView) => {
    server.current = next;
    setPosition(next);
    queryClient.setQueryData(positionQuery(positionId).queryKey, next);
    void queryClient.invalidateQueries({ queryKey: ['positions'] });
  };

  return {
    position,
    draft,
    change,
    status,
    conflict:
      status.kind === 'refused' &&
      status.error instanceof ApiProblem &&
      status.error.code === 'edit_conflict',
    flush: () => saver.flush(),
    adopt,
    settle: async (whose) => {
      const current = await queryClient.fetchQuery({ ...positionQuery(positionId), staleTime: 0 });
      adopt(current);
      if (whose === 'mine') return saver.resume();
      saver.discard();
      latest.current = draftOf(current);
      setDraft(latest.current);
    },
  };
}
