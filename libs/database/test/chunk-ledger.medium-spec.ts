import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { NestedTransaction, violatedUnique, type ChunkPlace } from '../src';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';
import { fillEveryTable, type FilledOrganisation } from './one-row-per-table';

let postgres: TestPostgres;
let fixture: TestDatabase;
let ours: FilledOrganisation;
let theirs: FilledOrganisation;
let place: ChunkPlace;

beforeAll(async () => {
  postgres = await startTestPostgres();
  // One connection: what a failure leaves on it meets whoever comes next.
  fixture = await createTestDatabase(postgres.superuserUrl, { poolSize: 1 });
  await withClient(fixture.urls.superuser, async (client) => {
    ours = await fillEveryTable(client);
    theirs = await fillEveryTable(client);
    const { rows } = await client.query('SELECT id FROM take WHERE organisation_id = $1', [
      ours.organisationId,
    ]);
    place = { interviewId: ours.interviewId, takeId: rows[0].id, segment: 0, index: 0 };
  });
});
afterAll(async () => {
  await fixture.drop();
  await postgres.stop();
});

const bounds = { at: new Date(), maxChunks: 2, maxBytes: 10 };
const chunk = (index: number) => ({ segment: 0, index, sizeBytes: 4, sha256: 'b', storageKey: 'k' });
const record = (index: number, organisationId = ours.organisationId) =>
  fixture.database.chunks.record(organisationId, place.takeId, chunk(index), bounds);
const find = (index: number, organisationId = ours.organisationId) =>
  fixture.database.chunks.find(organisationId, { ...place, index });

test('it tells what is held, and nothing of another organisation', async () => {
  expect(await find(0)).toMatchObject({
    ...{ consented: true, interviewState: 'invited', heldSha256: 'a', segmentLease: expect.any(String) },
    take: { state: 'open', chunkCount: 0, sizeBytes: 0, startedAt: expect.any(Date) },
  });
  expect(await find(1)).toMatchObject({ heldSha256: null });
  expect(await find(0, theirs.organisationId)).toBeNull();
  const otherTake = { ...place, interviewId: theirs.interviewId };
  expect(await fixture.database.chunks.find(theirs.organisationId, otherTake)).toMatchObject({ take: null });
});

test('a place that is taken counts nothing, and leaves no organisation on the connection', async () => {
  const refused = await record(0).catch((error: unknown) => violatedUnique(error));
  expect(refused).toBe('pk_chunk');
  expect((await find(0))?.take).toMatchObject({ chunkCount: 0, sizeBytes: 0 });
  expect(await record(1, theirs.organisationId)).toBe(false);
  const entered = await fixture.database.inOrganisation(theirs.organisationId, (tx) =>
    tx.em.query('SELECT id FROM interview'),
  );
  expect(entered).toEqual([{ id: theirs.interviewId }]);
});

test('a take grows with its chunks, to its bounds and while its interview was not withdrawn', async () => {
  const withdraw = (state: string) =>
    fixture.database.inOrganisation(ours.organisationId, (tx) =>
      tx.em.query('UPDATE interview SET state = $1', [state]),
    );
  await withdraw('withdrawn');
  expect(await record(1)).toBe(false);
  await withdraw('started');
  expect(await record(1)).toBe(true);
  expect(await record(2)).toBe(true);
  expect(await record(3)).toBe(false);
  expect(await find(2)).toMatchObject({ heldSha256: 'b', take: { chunkCount: 2, sizeBytes: 8 } });
});

test('not inside a transaction: on one connection that would wait for ever', async () => {
  const nested = fixture.database.inOrganisation(ours.organisationId, () => find(0));
  await expect(nested).rejects.toThrow(NestedTransaction);
});
