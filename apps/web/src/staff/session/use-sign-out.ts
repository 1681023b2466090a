import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { requestJson } from '../../api/api-client';
import { sessionKey } from './session-query';

/** Ends the session on the server, forgets everything it showed, and goes to the sign-in page. */
export function useSignOut() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => requestJson<void>('/session', { method: 'DELETE' }),
    onSuccess: async () => {
      await navigate({ to: '/sign-in' });
      queryClient.clear();
      queryClient.setQueryData(sessionKey, null);
    },
  });
}
