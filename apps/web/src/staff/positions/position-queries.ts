import type { MemberView, PositionDraft, PositionSummary, PositionView } from '@fairtake/contracts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../api/api-client';

type PositionPage = { data: PositionSummary[]; nextCursor: string | null };

/** Positions, newest first, page by page. */
export const positionsQuery = infiniteQueryOptions({
  queryKey: ['positions'],
  queryFn: ({ pageParam, signal }) =>
    requestJson<PositionPage>(`/positions${pageParam ? `?cursor=${encodeURIComponent(pageParam)}` : ''}`, {
      signal,
    }),
  initialPageParam: '',
  getNextPageParam: (page: PositionPage) => page.nextCursor,
});

export const positionQuery = (positionId: string) =>
  queryOptions({
    queryKey: ['position', positionId],
    queryFn: ({ signal }) => requestJson<PositionView>(`/positions/${positionId}`, { signal }),
  });

/** Members who can be named as reviewers. */
export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async ({ signal }) => (await requestJson<{ data: MemberView[] }>('/members', { signal })).data,
});

export const createPosition = (draft: PositionDraft): Promise<PositionView> =>
  requestJson('/positions', { method: 'POST', body: draft });

/** Saves the whole draft; refused with `edit_conflict` when someone saved after `version`. */
export const savePosition = (
  positionId: string,
  draft: PositionDraft,
  version: number,
): Promise<PositionView> =>
  requestJson(`/positions/${positionId}`, {
    method: 'PUT',
    body: draft,
    headers: { 'if-match': `"${version}"` },
  });

/** Moves a position to another state. */
export const changePositionState = (
  positionId: string,
  change: 'publish' | 'close' | 'reopen',
): Promise<PositionView> => requestJson(`/positions/${positionId}/${change}`, { method: 'POST' });
