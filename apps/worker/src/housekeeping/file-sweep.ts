import { limits } from '@fairtake/contracts';
import type { Database, TenantContext } from '@fairtake/database';
import { storageKeys, type Storage } from '@fairtake/storage';

/** A finishing request of the api takes seconds; one this old was killed. */
const finishingMs = 60 * 60_000;
const atOnce = 100;

/**
 * Removes files of candidates that became no answer within a day, and pieces that a killed process left of received
 * ones. Bytes first, then the row: what is still named can always be found again by the next sweep.
 *
 * @returns how many files were cleared away, or of their pieces
 */
export async function removeAbandonedFiles(
  { database, storage }: { database: Database; storage: Storage },
  now: Date,
): Promise<number> {
  const abandonedBefore = new Date(now.getTime() - limits.abandonedFileSeconds * 1000);
  const killedBefore = new Date(now.getTime() - finishingMs);
  let cleared = 0;
  for (const organisationId of await database.ops.organisationIds()) {
    const inOrganisation = <T>(work: (tx: TenantContext) => Promise<T>): Promise<T> =>
      database.inOrganisation(organisationId, work);
    const abandoned = await inOrganisation((tx) => tx.files.discardAbandoned(abandonedBefore, atOnce));
    for (const fileId of abandoned) {
      await storage.deletePrefix(storageKeys.fileFolder({ organisationId, fileId }));
      await inOrganisation((tx) => tx.files.remove(fileId));
    }
    const left = await inOrganisation((tx) => tx.files.withLeftPieces(killedBefore, atOnce));
    for (const fileId of left) {
      const pieces = await inOrganisation((tx) => tx.files.pieces(fileId));
      for (const piece of pieces) await storage.delete(piece.storageKey);
      await inOrganisation((tx) => tx.files.forgetPieces(fileId));
    }
    cleared += abandoned.length + left.length;
  }
  return cleared;
}
