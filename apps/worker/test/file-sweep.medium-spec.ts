import { limits } from '@fairtake/contracts';
import { removeAbandonedFiles } from '../src/housekeeping/file-sweep';
import { checkInvariants } from '../src/invariants';
import { openInvariantsBench, type InvariantsBench } from './invariants-bench';
import { store } from './invariants-world';

let bench: InvariantsBench;
beforeAll(async () => {
  bench = await openInvariantsBench();
});
afterEach(() => bench?.restore());
afterAll(() => bench?.close());

const inADay = (): Date => new Date(Date.now() + limits.abandonedFileSeconds * 1000 + 1_000);
const files = async (): Promise<{ id: string; state: string }[]> =>
  (await bench.superuser.query('SELECT id, state FROM file ORDER BY state')).rows;

test('leaves everything that is younger than a day', async () => {
  expect(await removeAbandonedFiles(bench, new Date())).toBe(0);
  expect(await files()).toHaveLength(2);
});

test('removes what became no answer within a day, bytes and rows, and nothing of an answer', async () => {
  const { fileId, fileKey, pieceKey } = bench.world.filed;
  expect(await removeAbandonedFiles(bench, inADay())).toBe(1);
  expect(await files()).toEqual([{ id: fileId, state: 'kept' }]);
  expect(await bench.storage.head(pieceKey)).toBeNull();
  expect(await bench.storage.head(fileKey)).not.toBeNull();
  expect(await checkInvariants(bench)).toEqual([]);
  expect(await removeAbandonedFiles(bench, inADay())).toBe(0);
});

test('leaves a file that a draft names while its interview is under way', async () => {
  const { answerId, openFileId, fileKey } = bench.world.filed;
  await bench.sql(
    `UPDATE file SET state = 'received', type = 'pdf', storage_key = $2, sha256 = 'a', received_at = now() WHERE id = $1`,
    [openFileId, fileKey],
  );
  await bench.sql(
    `UPDATE response SET content = jsonb_set(content, '{fileId}', to_jsonb($2::text)) WHERE answer_id = $1`,
    [answerId, openFileId],
  );
  await bench.sql(`UPDATE interview SET state = 'started', submitted_at = NULL WHERE id = $1`, [
    bench.world.interviewId,
  ]);
  await removeAbandonedFiles(bench, inADay());
  expect(await files()).toHaveLength(2);
});

test('removes pieces that a killed process left of a received file', async () => {
  const { fileId } = bench.world.filed;
  const left = await store(bench, `org/${bench.world.organisationId}/files/${fileId}/p0-left`);
  await bench.sql(
    `INSERT INTO file_piece (organisation_id, file_id, index, size_bytes, sha256, storage_key) VALUES ($1, $2, 0, $3, $4, $5)`,
    [bench.world.organisationId, fileId, left.sizeBytes, left.sha256, left.storageKey],
  );
  await removeAbandonedFiles(bench, new Date(Date.now() + 2 * 60 * 60_000));
  expect(await bench.storage.head(left.storageKey)).toBeNull();
  const pieces = await bench.superuser.query('SELECT 1 FROM file_piece WHERE file_id = $1', [fileId]);
  expect(pieces.rows).toEqual([]);
});
