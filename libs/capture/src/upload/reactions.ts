import type { Failure } from './candidate-api';

/**
 * What a failed call leads to.
 *
 * - `retry` after a back-off · `wait` as long as the server asked.
 * - `renew` the session, then again. `lease`: another holder, see whether an older lease still serves.
 * - `blocked`: only a person can go on here. `status`: ask the server what became of the take.
 * - `salvage`: the server holds other bytes than this device, so the two will never agree on a whole.
 * - `missing`: send the listed chunks again. `verify`: compare our own bytes with their digest, then again.
 * - `refuse`: no repetition of this request will ever be accepted.
 */
export type Reaction =
  | 'ignore'
  | 'retry'
  | 'wait'
  | 'renew'
  | 'lease'
  | 'blocked'
  | 'status'
  | 'missing'
  | 'verify'
  | 'salvage'
  | 'refuse';

const conflicts: Readonly<Record<string, Reaction>> = {
  take_elsewhere: 'blocked',
  lease_lost: 'lease',
  chunks_missing: 'missing',
  take_closed: 'status',
  state_conflict: 'status',
  chunk_differs: 'salvage',
  manifest_differs: 'salvage',
};

export function reactionTo(failure: Failure): Reaction {
  if (failure.kind === 'aborted') return 'ignore';
  if (failure.kind === 'busy') return failure.retryAfterMs === null ? 'retry' : 'wait';
  if (failure.kind !== 'refused') return 'retry';
  if (failure.status === 401) return 'renew';
  if (failure.status === 409) return conflicts[failure.code] ?? 'refuse';
  if (failure.status === 422 && failure.code === 'digest_differs') return 'verify';
  // The connection broke in the middle of the body and the server noticed first.
  if (failure.code === 'chunk_length_wrong' || failure.status === 408) return 'retry';
  return 'refuse';
}
