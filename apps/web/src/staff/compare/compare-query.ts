import type { Comparison } from '@fairtake/contracts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../api/api-client';

/** Two to four people answering the same question; the server leaves out what the reader may not see yet. */
export const compareQuery = (positionId: string, interviews: string, question: string | undefined) =>
  queryOptions({
    queryKey: ['compare', positionId, interviews, question ?? ''],
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ interviews, ...(question ? { question } : {}) });
      return requestJson<Comparison>(`/positions/${positionId}/compare?${search}`, { signal });
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
