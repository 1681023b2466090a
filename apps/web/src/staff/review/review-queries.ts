import type { BatchSummary, ReviewBatch, ReviewReply, SaveReview } from '@fairtake/contracts';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../api/api-client';
import { isRefusal } from '../saving/serial-saver';

/** Clips still being prepared are asked for again this often. */
const preparingRefetchMs = 10_000;

export const queueQuery = queryOptions({
  queryKey: ['review', 'queue'],
  queryFn: async ({ signal }) =>
    (await requestJson<{ data: BatchSummary[] }>('/review/batches', { signal })).data,
  refetchInterval: ({ state: { error } }) => (isRefusal(error) ? false : 30_000),
});

/** The clips of one question in this reviewer's own order. */
export const batchQuery = (roundId: string, questionId: string) =>
  queryOptions({
    queryKey: ['review', 'batch', roundId, questionId],
    queryFn: ({ signal }) =>
      requestJson<ReviewBatch>(`/review/rounds/${roundId}/questions/${questionId}`, { signal }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    refetchInterval: ({ state: { data, error } }) =>
      !isRefusal(error) &&
      data?.clips.some(({ media }) => media.state === 'processing' || media.state === 'none')
        ? preparingRefetchMs
        : false,
  });

/** One's own review of an answer and, once submitted, those of others. */
export const reviewQuery = (answerId: string) =>
  queryOptions({
    queryKey: ['review', 'answer', answerId],
    queryFn: ({ signal }) => requestJson<ReviewReply>(`/answers/${answerId}/review`, { signal }),
  });

export const saveReview = (answerId: string, body: SaveReview): Promise<ReviewReply> =>
  requestJson(`/answers/${answerId}/review`, { method: 'PUT', body });

export const submitReview = (answerId: string, version: number): Promise<ReviewReply> =>
  requestJson(`/answers/${answerId}/review/submit`, { method: 'POST', body: { version } });
