import type { SessionView } from '@fairtake/contracts';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiProblem, requestJson } from '../../api/api-client';

export const sessionKey = ['session'] as const;

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<SessionView | null> => {
    try {
      return await requestJson<SessionView>('/session', { signal });
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The signed-in member. Only for screens inside the frame, which shows nothing until there is one. */
export function useSession(): SessionView {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useSession outside the signed-in frame');
  return data;
}
