import { limits } from '@fairtake/contracts';
import type { Database } from '@fairtake/database';
import { storageKeys, type Storage } from '@fairtake/storage';

/** Together with `probeKeptSeconds` it keeps the screen's promise: gone within the hour. */
export const probeSweepMs = 10 * 60_000;

/**
 * Removes test clips of device checks whose pages never said that the check had ended: bytes first, by their own age,
 * so that also those are found that no row names, then the rows.
 *
 * @returns how many objects and probes were removed
 */
export async function removeOldProbes(
  { database, storage }: { database: Database; storage: Storage },
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - limits.probeKeptSeconds * 1000);
  let removed = 0;
  for (const organisationId of await database.ops.organisationIds()) {
    for await (const object of storage.list(storageKeys.probesFolder({ organisationId }))) {
      if (object.modifiedAt > before) continue;
      await storage.delete(object.key);
      removed += 1;
    }
    removed += await database.inOrganisation(organisationId, (tx) => tx.probes.forget(before));
  }
  return removed;
}
