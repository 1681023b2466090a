import type { Database } from '@fairtake/database';
import { ownerOfKey, type ListedObject, type Storage } from '@fairtake/storage';
import type { Note } from './violation';

/** A chunk's bytes come before its row, and a job's output before its publication: younger ones may get a row yet. */
const youngMs = 24 * 60 * 60_000;
/** A test clip is removed within the hour: an older one was left behind, whether a row names it or not. */
const lateProbeMs = 2 * 60 * 60_000;
const lookedUpAtOnce = 500;

interface OldObject extends ListedObject {
  ownerId: string;
}

/** The other side of I1: objects that no row names, older than a day. They break nothing and may be removed. */
export async function* findGarbage(
  { database, storage }: { database: Database; storage: Storage },
  now: Date,
): AsyncGenerator<Note> {
  const organisations = new Set(await database.ops.organisationIds());
  const batch: OldObject[] = [];
  let batchOf = '';
  const flush = (): Promise<Note[]> => unnamed(database, batchOf, batch.splice(0));
  for await (const object of storage.list('')) {
    const ageMs = now.getTime() - object.modifiedAt.getTime();
    if (ageMs >= lateProbeMs && /^org\/[^/]+\/probes\//.test(object.key)) {
      const organisationId = ownerOfKey(object.key)?.organisationId ?? null;
      yield { kind: 'garbage', organisationId, message: `${object.key} is a test clip that was not removed` };
      continue;
    }
    if (ageMs < youngMs) continue;
    const owner = ownerOfKey(object.key);
    if (!owner || !organisations.has(owner.organisationId)) {
      yield { kind: 'garbage', organisationId: null, message: `${object.key} belongs to no organisation` };
      continue;
    }
    // Listings keep folders together, so batches end where an organisation ends.
    if (owner.organisationId !== batchOf || batch.length === lookedUpAtOnce) yield* await flush();
    batchOf = owner.organisationId;
    batch.push({ ...object, ownerId: owner.ownerId });
  }
  yield* await flush();
}

async function unnamed(database: Database, organisationId: string, objects: OldObject[]): Promise<Note[]> {
  if (objects.length === 0) return [];
  const named = await database.inOrganisation(organisationId, (tx) => tx.integrity.namedKeys(objects), {
    readOnly: true,
  });
  return objects
    .filter((object) => !named.has(object.key))
    .map(({ key, sizeBytes }) => ({
      ...{ kind: 'garbage', organisationId },
      message: `${key} (${sizeBytes} bytes) is named by no row`,
    }));
}
