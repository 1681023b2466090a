import type { Role } from '@fairtake/contracts';

/** Where a role starts its day. */
export const homePath = (role: Role): '/review' | '/positions' =>
  role === 'reviewer' ? '/review' : '/positions';

/** A path inside this site to go back to after signing in, or null: never an address somewhere else. */
export function safeReturnPath(path: string | undefined): string | null {
  if (!path || !path.startsWith('/') || path.startsWith('//') || path.includes('\\')) return null;
  return /^\/(sign-in|welcome)\b/.test(path) ? null : path;
}
