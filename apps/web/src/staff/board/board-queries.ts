import type { Board, BoardRow, InvitationLink, InviteCandidate } from '@fairtake/contracts';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../api/api-client';
import { isRefusal } from '../saving/serial-saver';

/** How often the board asks again: columns move by themselves. */
const refetchMs = 4_000;
const pageSize = 200;

/** Everyone invited to a position, all pages. */
export const boardQuery = (positionId: string) =>
  queryOptions({
    queryKey: ['board', positionId],
    queryFn: async ({ signal }) => {
      const rows: BoardRow[] = [];
      let cursor: string | null = null;
      do {
        const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
        const page: Board = await requestJson<Board>(
          `/positions/${positionId}/interviews?limit=${pageSize}${after}`,
          { signal },
        );
        rows.push(...page.data);
        cursor = page.nextCursor;
      } while (cursor);
      return rows;
    },
    refetchInterval: ({ state: { error } }) => (isRefusal(error) ? false : refetchMs),
  });

export const inviteCandidate = (positionId: string, body: InviteCandidate): Promise<InvitationLink> =>
  requestJson(`/positions/${positionId}/invitations`, { method: 'POST', body });

/** A new link; the old one stops working. */
export const reissueInvitation = (interviewId: string): Promise<InvitationLink> =>
  requestJson(`/interviews/${interviewId}/invitation`, { method: 'POST' });

export const revokeInvitation = (interviewId: string): Promise<void> =>
  requestJson(`/interviews/${interviewId}/invitation`, { method: 'DELETE' });

export const setShortlisted = (interviewId: string, shortlisted: boolean): Promise<BoardRow> =>
  requestJson(`/interviews/${interviewId}/shortlist`, { method: 'PUT', body: { shortlisted } });
