/** Before the secret of a hand-off link, so that it is never taken for an invitation's. */
const mark = 'h.';

/** The link a phone opens. Its secret is in the fragment, which no server or log ever sees. */
export const handOffLink = (origin: string, token: string): string => `${origin}/i#${mark}${token}`;

/** The code in the secret of a link; null for an invitation's. */
export const handOffToken = (secret: string): string | null =>
  secret.startsWith(mark) ? secret.slice(mark.length) : null;

/**
 * What keeps a phone from recording at this page's address: `here_only` when no other device reaches it, `insecure`
 * when phones get no camera there because it is not https. Null when nothing does.
 */
export function phoneObstacle(origin: string): 'here_only' | 'insecure' | null {
  const { protocol, hostname } = new URL(origin);
  if (/^(localhost|127(\.\d+){3}|\[::1\])$|\.localhost$/.test(hostname)) return 'here_only';
  return protocol === 'https:' ? null : 'insecure';
}
