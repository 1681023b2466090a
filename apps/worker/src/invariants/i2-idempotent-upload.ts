import { storageKeys } from '@fairtake/storage';
import type { TakeFacts } from './facts';
import type { Finding } from './violation';

/**
 * I2: one place, one upload. That a place has one row is a constraint (pk_chunk); that a second upload cannot have
 * replaced its bytes follows from the key, which holds the place and the beginning of the digest.
 */
export function idempotentUpload({ id, organisationId, segments }: TakeFacts): Finding[] {
  const strange = segments
    .flatMap((segment) => segment.chunks)
    .find(
      ({ segment, index, sha256, storageKey }) =>
        storageKey !== storageKeys.chunk({ organisationId, takeId: id, segment, index, sha256 }),
    );
  if (!strange) return [];
  const message = `segment ${strange.segment} chunk ${strange.index} lies under a key of other bytes or another place`;
  return [{ invariant: 'I2', subject: 'take', id, message }];
}
