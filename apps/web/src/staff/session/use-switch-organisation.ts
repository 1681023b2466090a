import type { SessionView } from '@fairtake/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { requestJson } from '../../api/api-client';
import { homePath } from './home-path';
import { sessionKey } from './session-query';

/** Opens another membership of the same person; nothing of the former organisation stays in memory. */
export function useSwitchOrganisation() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (organisationId: string) =>
      requestJson<SessionView>('/session/organisation', { method: 'PUT', body: { organisationId } }),
    onSuccess: async (session) => {
      await navigate({ to: homePath(session.role) });
      queryClient.clear();
      queryClient.setQueryData(sessionKey, session);
    },
  });
}
