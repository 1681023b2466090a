import type { BoardRow, InvitationLink } from '@fairtake/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useText } from '../words/use-text';
import { boardQuery, reissueInvitation, revokeInvitation, setShortlisted } from './board-queries';

export const compareMax = 4;

/** A link to show once; `replaced` when an earlier one stopped working for it. */
export type IssuedLink = { name: string; link: InvitationLink; replaced: boolean };

/** The board of a position: rows that keep themselves fresh, what can be done with them, who is selected. */
export function useBoard(positionId: string) {
  const t = useText();
  const queryClient = useQueryClient();
  const query = boardQuery(positionId);
  const board = useQuery(query);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [said, setSaid] = useState('');
  const [link, setLink] = useState<IssuedLink | null>(null);
  const [replacing, setReplacing] = useState<BoardRow | null>(null);
  const [person, setPerson] = useState<BoardRow | null>(null);
  const refresh = () => queryClient.invalidateQueries({ queryKey: query.queryKey });

  const shortlist = useMutation({
    mutationFn: ({ row, on }: { row: BoardRow; on: boolean }) => setShortlisted(row.interviewId, on),
    onSuccess: (saved, { on }) => {
      queryClient.setQueryData(query.queryKey, (rows) =>
        rows?.map((row) => (row.interviewId === saved.interviewId ? saved : row)),
      );
      setSaid(t(on ? 'board.movedToShortlist' : 'board.takenOffShortlist', { name: saved.name }));
      void refresh();
    },
  });
  const reissue = useMutation({
    mutationFn: (row: BoardRow) => reissueInvitation(row.interviewId),
    onSuccess: (issued, row) => {
      setLink({ name: row.name, link: issued, replaced: !row.invitationRevoked });
      void refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: (row: BoardRow) => revokeInvitation(row.interviewId),
    onSuccess: (_nothing, row) => {
      setSaid(t('board.revoked', { name: row.name }));
      void refresh();
    },
  });

  const rows = board.data ?? [];
  const present = selected.filter((id) => rows.some((row) => row.interviewId === id));
  return {
    board,
    rows,
    said,
    link,
    setLink,
    /** Whose link is about to be replaced: asked first, because the present one stops working. */
    replacing,
    keepLink: () => setReplacing(null),
    replaceLink: (row: BoardRow) => {
      setReplacing(null);
      reissue.mutate(row);
    },
    /** Whose time, adjustments and technical events are open. */
    person,
    closePerson: () => setPerson(null),
    /** The latest refusal of a move, or null. */
    fault: shortlist.error ?? reissue.error ?? revoke.error,
    selected: present,
    clearSelection: () => setSelected([]),
    actions: {
      openPerson: (row: BoardRow) => setPerson(row),
      toggleSelected: (row: BoardRow) =>
        setSelected(
          present.includes(row.interviewId)
            ? present.filter((id) => id !== row.interviewId)
            : [...present, row.interviewId],
        ),
      toggleShortlist: (row: BoardRow) => shortlist.mutate({ row, on: !row.shortlisted }),
      // A withdrawn link no longer works anyway: nothing to ask.
      reissue: (row: BoardRow) => (row.invitationRevoked ? reissue.mutate(row) : setReplacing(row)),
      revoke: (row: BoardRow) => revoke.mutate(row),
    },
  };
}

export type RowActions = ReturnType<typeof useBoard>['actions'];
