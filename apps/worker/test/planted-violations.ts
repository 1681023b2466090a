import { storageKeys } from '@fairtake/storage';
import type { InvariantsBench } from './invariants-bench';
import type { World } from './invariants-world';

export const backwards = (bytes: Buffer): Buffer => Buffer.from(bytes).reverse();

/** What breaks, how, and the one line that says so; `ID` stands for the subject's id. */
export const plantedViolations: [
  what: string,
  plant: (bench: InvariantsBench) => Promise<void>,
  subject: (world: World) => string,
  expected: RegExp,
][] = [
  [
    'bytes of a chunk are gone',
    async ({ world: { finished }, storage, chunkKey }) => storage.delete(await chunkKey(finished.takeId, 1)),
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 1 has no object in storage$/,
  ],
  [
    'bytes of every chunk are gone',
    async ({
      world: {
        organisationId,
        finished: { takeId },
      },
      storage,
    }) => {
      await storage.deletePrefix(storageKeys.takeFolder({ organisationId, takeId }));
    },
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 0 has no object in storage \(and 2 more chunks\)$/,
  ],
  [
    'a chunk was cut short',
    async ({ world: { finished }, chunkKey, overwrite }) =>
      overwrite(await chunkKey(finished.takeId, 2), (bytes) => bytes.subarray(0, 10)),
    ({ finished }) => finished.takeId,
    /^I1 take ID: segment 0 chunk 2 has 10 bytes instead of \d+$/,
  ],
  [
    'a chunk has other bytes',
    async ({ world: { transcoded }, chunkKey, overwrite }) =>
      overwrite(await chunkKey(transcoded.takeId, 0), backwards),
    ({ transcoded }) => transcoded.takeId,
    /^I1 take ID: segment 0 chunk 0 has other bytes than its SHA-256 says$/,
  ],
  [
    'a chunk lies under a key that another upload can write',
    async ({
      world: {
        finished: { takeId },
      },
      sql,
      storage,
      chunkKey,
    }) => {
      const key = await chunkKey(takeId, 1);
      await storage.copy(key, `${key}x`);
      await sql('UPDATE chunk SET storage_key = $2 WHERE storage_key = $1', [key, `${key}x`]);
    },
    ({ finished }) => finished.takeId,
    /^I2 take ID: segment 0 chunk 1 lies under a key of other bytes or another place$/,
  ],
  [
    'a chunk in the middle is missing',
    ({ world: { finished }, sql }) =>
      sql('DELETE FROM chunk WHERE take_id = $1 AND index = 1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 chunk 1 is missing$/,
  ],
  [
    'the last chunk is missing',
    ({ world: { transcoded }, sql }) =>
      sql('DELETE FROM chunk WHERE take_id = $1 AND index = 2', [transcoded.takeId]),
    ({ transcoded }) => transcoded.takeId,
    /^I3 take ID: segment 0 chunk 2 is missing$/,
  ],
  [
    'every segment is missing',
    ({ world: { transcoded }, sql }) => sql('DELETE FROM segment WHERE take_id = $1', [transcoded.takeId]),
    ({ transcoded }) => transcoded.takeId,
    /^I3 take ID: counts 3 chunks of \d+ bytes, but holds 0 of 0$/,
  ],
  [
    'the size that was proved is another',
    ({ world: { finished }, sql }) =>
      sql('UPDATE segment SET size_bytes = size_bytes + 1 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 holds \d+ bytes instead of \d+$/,
  ],
  [
    'the manifest that was proved is another',
    ({ world: { finished }, sql }) =>
      sql('UPDATE segment SET manifest_sha256 = sha256 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 does not have the digest of its manifest$/,
  ],
  [
    'the digest of the whole that was proved is another',
    ({ world: { finished }, sql }) =>
      sql('UPDATE segment SET sha256 = manifest_sha256 WHERE take_id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: segment 0 does not have the SHA-256 it was proved with$/,
  ],
  [
    'a take counts chunks it does not hold',
    ({ world: { finished }, sql }) =>
      sql('UPDATE take SET chunk_count = 4 WHERE id = $1', [finished.discardedTakeId]),
    ({ finished }) => finished.discardedTakeId,
    /^I3 take ID: counts 4 chunks of (\d+) bytes, but holds 3 of \1$/,
  ],
  [
    'a take was kept without a proof',
    ({ world: { finished }, sql }) =>
      sql('UPDATE take SET finalised_at = NULL WHERE id = $1', [finished.takeId]),
    ({ finished }) => finished.takeId,
    /^I3 take ID: is kept, but was never proved whole$/,
  ],
  [
    'an answer keeps a take that was replaced',
    ({ world: { finished }, sql }) =>
      sql('UPDATE answer SET kept_take_id = $2 WHERE id = $1', [finished.answerId, finished.discardedTakeId]),
    ({ finished }) => finished.answerId,
    /^I3 answer ID: keeps take \S+, which is discarded$/,
  ],
  [
    'an answer keeps a take of another',
    ({ world: { processing, failed }, sql }) =>
      sql('UPDATE answer SET kept_take_id = $2 WHERE id = $1', [processing.answerId, failed.takeId]),
    ({ processing }) => processing.answerId,
    /^I3 answer ID: keeps take \S+ of another answer$/,
  ],
  [
    'a failed answer lost its raw bytes',
    ({ world: { failed }, sql }) => sql('DELETE FROM chunk WHERE take_id = $1', [failed.takeId]),
    ({ failed }) => failed.takeId,
    /^I4 take ID: its answer failed, and segment 0 chunk 0 is missing$/,
  ],
  [
    'a submitted answer does not end',
    async ({ world: { processing, interviewId }, sql }) => {
      const late = new Date(Date.now() - 80 * 60_000);
      await sql('UPDATE answer SET kept_at = $2 WHERE id = $1', [processing.answerId, late]);
      await sql('UPDATE interview SET submitted_at = $2 WHERE id = $1', [interviewId, late]);
    },
    ({ processing }) => processing.answerId,
    /^I4 answer ID: is still processing 80 min after it was submitted \(limit 70 min\)$/,
  ],
  [
    'a rendition has no bytes',
    ({ world: { transcoded }, storage }) => storage.delete(transcoded.renditionKey),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: rendition hls_720 has no object in storage$/,
  ],
  [
    'a poster has other bytes',
    ({ world: { finished }, overwrite }) => overwrite(finished.posterKey, backwards),
    ({ finished }) => finished.answerId,
    /^I5 answer ID: asset poster has other bytes than its SHA-256 says$/,
  ],
  [
    'nothing of a finished answer plays',
    ({ world: { transcoded }, sql }) =>
      sql('DELETE FROM rendition WHERE answer_id = $1', [transcoded.answerId]),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: is finished, but nothing of it plays$/,
  ],
  [
    'a playlist ends behind its object',
    ({ world: { transcoded }, sql }) =>
      sql(
        `UPDATE rendition SET fragments = jsonb_set(fragments, '{0,sizeBytes}', '100000')
          WHERE answer_id = $1 AND kind = 'hls_720'`,
        [transcoded.answerId],
      ),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: rendition hls_720 names fragment 0 outside its object$/,
  ],
  [
    'a playlist from rows ends behind its chunk',
    ({ world: { finished }, sql }) =>
      sql(`UPDATE segment SET fragments = jsonb_set(fragments, '{0,offset}', '100000') WHERE take_id = $1`, [
        finished.takeId,
      ]),
    ({ finished }) => finished.takeId,
    /^I5 take ID: segment 0 names fragment 0 outside its chunk$/,
  ],
  [
    'half of a finished answer is lost',
    ({ world: { finished }, sql }) =>
      sql('UPDATE answer SET duration_seconds = 2 WHERE id = $1', [finished.answerId]),
    ({ finished }) => finished.answerId,
    /^I5 answer ID: lasts 2.0 s, declared were 4.0 s$/,
  ],
  [
    'half of a rendition is lost',
    ({ world: { transcoded }, sql }) =>
      sql(`UPDATE rendition SET duration_seconds = 2 WHERE answer_id = $1 AND kind = 'hls_720'`, [
        transcoded.answerId,
      ]),
    ({ transcoded }) => transcoded.answerId,
    /^I5 answer ID: lasts 4.0 s, its rendition hls_720 2.0 s$/,
  ],
  [
    'a job made something for a generation that is not there',
    ({ world: { transcoded }, sql }) =>
      sql(`UPDATE rendition SET generation = 2 WHERE answer_id = $1 AND kind = 'progressive'`, [
        transcoded.answerId,
      ]),
    ({ transcoded }) => transcoded.answerId,
    /^I6 answer ID: rendition progressive is of generation 2, the answer of 1$/,
  ],
  [
    'a job was handed over and lost',
    ({ world: { processing }, sql }) =>
      sql(
        `UPDATE outbox SET state = 'enqueued', enqueued_at = now() - interval '14 min'
          WHERE payload->>'answerId' = $1`,
        [processing.answerId],
      ),
    () => '[0-9a-f-]{36}',
    /^I7 job ID: prepare-answer was handed over 14 min ago, and nothing was heard of it since$/,
  ],
  [
    'the bytes of a kept file are gone',
    async ({ world: { filed }, storage }) => storage.delete(filed.fileKey),
    ({ filed }) => filed.fileId,
    /^I1 file ID: the file has no object in storage$/,
  ],
  [
    'a kept file has other bytes',
    async ({ world: { filed }, overwrite }) => overwrite(filed.fileKey, backwards),
    ({ filed }) => filed.fileId,
    /^I1 file ID: the file has other bytes than its SHA-256 says$/,
  ],
  [
    'a kept file was cut short',
    async ({ world: { filed }, overwrite }) => overwrite(filed.fileKey, (bytes) => bytes.subarray(0, 10)),
    ({ filed }) => filed.fileId,
    /^I1 file ID: the file has 10 bytes instead of \d+$/,
  ],
  [
    'an acknowledged piece of a file on its way is gone',
    async ({ world: { filed }, storage }) => storage.delete(filed.pieceKey),
    ({ filed }) => filed.openFileId,
    /^I1 file ID: piece 0 has no object in storage$/,
  ],
  [
    'an answer keeps a file that is not kept',
    ({ world: { filed }, sql }) => sql(`UPDATE file SET state = 'received' WHERE id = $1`, [filed.fileId]),
    ({ filed }) => filed.answerId,
    /^I3 answer ID: keeps a file that was not received$/,
  ],
  [
    'an answer was kept without anything in it',
    ({ world: { written }, sql }) =>
      sql('UPDATE response SET kept = NULL, kept_revision = NULL WHERE answer_id = $1', [written.answerId]),
    ({ written }) => written.answerId,
    /^I3 answer ID: is kept, but neither a take nor a response is$/,
  ],
  [
    'nobody asked for what an answer needs',
    ({ world: { processing }, sql }) =>
      sql(`DELETE FROM outbox WHERE payload->>'answerId' = $1`, [processing.answerId]),
    ({ processing }) => processing.answerId,
    /^I8 answer ID: is processing in generation 1, and no job was asked for$/,
  ],
  [
    'a job is done without its effect',
    ({ world: { processing }, sql }) =>
      sql(`UPDATE outbox SET state = 'done' WHERE payload->>'answerId' = $1`, [processing.answerId]),
    ({ processing }) => processing.answerId,
    /^I8 answer ID: is still processing, but its prepare-answer is done$/,
  ],
  [
    'a job that finishes is done, and the answer is not finished',
    ({ world: { finished }, sql }) =>
      sql(`UPDATE answer SET media_state = 'playable' WHERE id = $1`, [finished.answerId]),
    ({ finished }) => finished.answerId,
    /^I8 answer ID: is still playable, but its finish-answer is done and nothing else waits$/,
  ],
  [
    'a job was given up without a word',
    async ({ world: { finished }, sql }) => {
      await sql(`UPDATE answer SET media_state = 'playable' WHERE id = $1`, [finished.answerId]);
      await sql(`UPDATE outbox SET state = 'dead' WHERE payload->>'answerId' = $1`, [finished.answerId]);
    },
    ({ finished }) => finished.answerId,
    /^I8 answer ID: is playable without a flag, but its finish-answer was given up$/,
  ],
];
