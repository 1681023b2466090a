import { ApiProblem } from '../../api/api-client';

/** The interview is over, or no longer this browser's. Anything else may be better in a moment, 429 above all. */
export const endsAsking = (error: unknown): boolean =>
  error instanceof ApiProblem && [401, 403, 404, 410].includes(error.status);
