import { makeClip, type ClipOptions } from '@fairtake/media/testing';
import { waitFor } from '@fairtake/testing';
import { openWorkerBench, watch, type WorkerBench } from './worker-bench';

const vp8: ClipOptions = { seconds: 4, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' };
const h264: ClipOptions = { seconds: 4, container: 'mp4', videoCodec: 'h264', audioCodec: 'aac' };
const webm = async (change: Partial<ClipOptions> = {}) =>
  ({ bytes: await makeClip({ ...vp8, ...change }), container: 'webm' }) as const;
const mp4 = async (change: Partial<ClipOptions> = {}) =>
  ({ bytes: await makeClip({ ...h264, ...change }), container: 'mp4' }) as const;

// Encoders are niced: on a busy machine they wait for everybody.
jest.setTimeout(120_000);

let bench: WorkerBench;
beforeAll(async () => {
  bench = await openWorkerBench();
  await bench.startWorker();
});
afterEach(async () => {
  // The row says finished a moment before the job directory is gone.
  await waitFor(async () => (await bench.leftovers()).length === 0, { what: 'an empty work directory' });
});
afterAll(() => bench.close());

const parts = (kept: { organisationId: string; answerId: string; generation: number }) =>
  bench.fixture.database.inOrganisation(kept.organisationId, async (tx) => ({
    progressive: await tx.media.rendition(kept.answerId, kept.generation, 'progressive'),
    hls: await tx.media.rendition(kept.answerId, kept.generation, 'hls_720'),
    sound: await tx.media.rendition(kept.answerId, kept.generation, 'hls_audio'),
    poster: await tx.media.asset(kept.answerId, kept.generation, 'poster'),
  }));

test('H.264 MP4 gets a poster and nothing else', async () => {
  const kept = await bench.give([await mp4()], { declaredSeconds: 4 });
  const answer = await bench.settled(kept, 'finished');
  expect(answer).toMatchObject({ mediaFlagged: false, audioOnly: false });
  expect(answer.durationSeconds).toBeCloseTo(4, 0);
  const { poster, ...renditions } = await parts(kept);
  expect(renditions).toEqual({ progressive: null, hls: null, sound: null });
  expect(await watch(bench.storage, poster!.storageKey)).toMatchObject({
    ...{ sha256: poster!.sha256, codecs: ['mjpeg'], complaints: '' },
  });
});

test('VP8 WebM plays progressively first, then everywhere', async () => {
  const kept = await bench.give([await webm()], { declaredSeconds: 4 });
  const answer = await bench.settled(kept, 'finished');
  expect(answer).toMatchObject({ mediaFlagged: false, audioOnly: false });
  const { progressive, hls, poster } = await parts(kept);
  expect(progressive).toMatchObject({ mimeType: 'video/webm', width: 320, height: 180 });
  const copied = await watch(bench.storage, progressive!.storageKey);
  expect(copied).toMatchObject({ sha256: progressive!.sha256, codecs: ['opus', 'vp8'], complaints: '' });
  // The recorder left none: this is what makes it seekable.
  expect(copied.seconds).toBeCloseTo(4, 0);
  const everywhere = await watch(bench.storage, hls!.storageKey);
  expect(everywhere).toMatchObject({ sha256: hls!.sha256, codecs: ['aac', 'h264'], complaints: '' });
  expect(hls!.fragments!.length).toBeGreaterThanOrEqual(2);
  expect(hls!.init!.sizeBytes).toBeGreaterThan(0);
  expect(poster).not.toBeNull();
  const jobs = await bench.jobs(kept);
  expect(jobs.map((job) => [job.name, job.state, job.attempts])).toEqual([
    ['prepare-answer', 'done', 1],
    ['finish-answer', 'done', 1],
  ]);
  const { stored, named } = await bench.objects(kept);
  expect(stored).toEqual(named);
});

test.each([
  ['MP4', mp4],
  ['WebM', webm],
] as const)('%s with a segment opened for a chunk that never came is an answer', async (_name, clip) => {
  const kept = await bench.give([await clip()], { declaredSeconds: 4, emptySegment: true });
  expect(await bench.settled(kept, 'finished')).toMatchObject({ mediaFlagged: false });
});

test('MP4 in pieces that are no whole fragments is copied and plays everywhere at once', async () => {
  const kept = await bench.give([{ ...(await mp4()), pieceBytes: 50_000 }], { declaredSeconds: 4 });
  await bench.settled(kept, 'finished');
  const { progressive, hls } = await parts(kept);
  expect(hls).toBeNull();
  expect(await watch(bench.storage, progressive!.storageKey)).toMatchObject({
    ...{ codecs: ['aac', 'h264'], complaints: '' },
  });
});

test('a recorder that was started again gives one whole answer', async () => {
  const kept = await bench.give([await webm(), await webm({ seconds: 3, width: 180, height: 320 })], {
    declaredSeconds: 7,
  });
  const answer = await bench.settled(kept, 'finished');
  expect(answer.mediaFlagged).toBe(false);
  expect(Math.abs(answer.durationSeconds! - 7)).toBeLessThan(0.3);
  const { progressive, hls } = await parts(kept);
  expect(progressive).toBeNull();
  const joined = await watch(bench.storage, hls!.storageKey);
  expect(joined).toMatchObject({ codecs: ['aac', 'h264'], complaints: '' });
  expect(Math.abs(hls!.durationSeconds - 7)).toBeLessThan(0.3);
});

test.each([
  ['WebM', () => webm({ videoCodec: null }), 'hls_audio'],
  ['MP4', () => mp4({ videoCodec: null }), null],
] as const)('sound alone in %s is an answer', async (_name, clip, rendition) => {
  const kept = await bench.give([await clip()], { declaredSeconds: 4 });
  expect(await bench.settled(kept, 'finished')).toMatchObject({ audioOnly: true, mediaFlagged: false });
  const { sound, hls, poster } = await parts(kept);
  expect([sound?.kind ?? null, hls, poster]).toEqual([rendition, null, null]);
});

test('an answer that is shorter than declared is finished and flagged', async () => {
  const kept = await bench.give([await mp4()], { declaredSeconds: 20 });
  expect(await bench.settled(kept, 'finished')).toMatchObject({ mediaFlagged: true });
});

test('bytes that are no recording fail at the first try, and stay', async () => {
  const bytes = Buffer.concat([(await webm()).bytes.subarray(0, 64), Buffer.alloc(100_000, 7)]);
  const kept = await bench.give([{ bytes, container: 'webm' }], { declaredSeconds: 4 });
  expect(await bench.settled(kept, 'failed')).toMatchObject({
    mediaFailure: expect.stringMatching(/unreadable|no_media/),
  });
  expect(await bench.jobs(kept)).toMatchObject([{ state: 'dead', attempts: 1 }]);
  for (const key of kept.chunkKeys) expect(await bench.storage.head(key)).not.toBeNull();
  expect((await bench.objects(kept)).stored).toEqual([]);
});

test('a chunk whose bytes changed in the store is never published', async () => {
  const kept = await bench.give([await mp4()], { declaredSeconds: 4 });
  await bench.storage.put(kept.chunkKeys[1]!, Buffer.from('something else'));
  for (const attempt of [1, 2, 3]) await dueAgain(kept, attempt);
  expect(await bench.settled(kept, 'playable')).toMatchObject({ mediaFlagged: true });
  expect((await bench.jobs(kept))[0]).toMatchObject({
    ...{ state: 'dead', attempts: 3, lastError: expect.stringContaining('not what came in') },
  });
});

/** Waits for a failed attempt and lets the next one begin now instead of after its back-off. */
async function dueAgain(kept: { organisationId: string; answerId: string }, attempt: number): Promise<void> {
  await waitFor(
    async () => {
      const { rowCount } = await bench.superuser.query(
        `UPDATE outbox SET available_at = now()
          WHERE payload->>'answerId' = $1 AND attempts = $2 AND (state = 'pending' OR state = 'dead')`,
        [kept.answerId, attempt],
      );
      return rowCount === 1;
    },
    { what: `attempt ${attempt} to fail` },
  );
}
