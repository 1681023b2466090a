import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { limits } from '@fairtake/contracts';
import { storageKeys } from '@fairtake/storage';
import { v7 as uuidv7 } from 'uuid';
import { removeOldProbes } from '../src/housekeeping/probe-sweep';
import { openInvariantsBench, type InvariantsBench } from './invariants-bench';
import { store } from './invariants-world';

let bench: InvariantsBench;
beforeAll(async () => {
  bench = await openInvariantsBench();
});
afterAll(() => bench?.close());

test('removes test clips and their rows when their time is over, and nothing else', async () => {
  const { organisationId, interviewId } = bench.world;
  const now = new Date();
  const longAgo = new Date(now.getTime() - limits.probeKeptSeconds * 1000 - 1000);
  const made = async (at: Date, withRow: boolean): Promise<string> => {
    const probeId = uuidv7();
    const storageKey = storageKeys.probeChunk({
      organisationId,
      probeId,
      index: 0,
      sha256: '0123456789abcdef',
    });
    await store(bench, storageKey);
    await utimes(path.join(bench.storagePath, storageKey), at, at);
    if (withRow)
      await bench.database.inOrganisation(organisationId, async (tx) => {
        await tx.probes.open(probeId, interviewId, at);
        await tx.probes.addChunk(probeId, { index: 0, sizeBytes: 1, sha256: 'a', storageKey });
      });
    return storageKey;
  };
  const [old, unnamed, young] = [
    await made(longAgo, true),
    await made(longAgo, false),
    await made(now, true),
  ];
  const others = await keys('');

  expect(await removeOldProbes(bench, now)).toBe(3);
  expect((await keys('')).sort()).toEqual(others.filter((key) => key !== old && key !== unnamed).sort());
  expect(await keys(storageKeys.probesFolder({ organisationId }))).toEqual([young]);
  const rows = await bench.database.inOrganisation(organisationId, (tx) =>
    tx.em.query('SELECT storage_key AS key FROM probe_chunk'),
  );
  expect(rows).toEqual([{ key: young }]);
  expect(await removeOldProbes(bench, now)).toBe(0);
});

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of bench.storage.list(prefix)) found.push(key);
  return found;
}
