import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeClip } from '@fairtake/media/testing';
import { makeTemporaryDirectory, waitFor, type TemporaryDirectory } from '@fairtake/testing';
import { FinishAnswerService } from '../src/finish/finish-answer.service';
import { PrepareAnswerService } from '../src/playable/prepare-answer.service';
import type { KeptRows } from './answer-rows';
import { openWorkerBench, watch, type WorkerBench } from './worker-bench';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

jest.setTimeout(150_000);

let bench: WorkerBench;
let scripts: TemporaryDirectory;
const processes: WorkerProcess[] = [];

beforeAll(async () => {
  bench = await openWorkerBench();
  scripts = await makeTemporaryDirectory({ name: 'scripts' });
});
afterEach(async () => {
  // A test that failed must not leave a worker behind that does the next one's work.
  for (const child of processes.splice(0)) child.kill('SIGKILL');
  await bench.stopWorkers();
  await bench.superuser.query(`UPDATE outbox SET state = 'dead' WHERE state IN ('pending', 'enqueued')`);
});
afterAll(async () => {
  await bench.close();
  await scripts.remove();
});

const clip = (seconds = 3, width = 320, height = 180) =>
  makeClip({ seconds, width, height, container: 'webm', videoCodec: 'vp8', audioCodec: 'opus' });
const giveWebm = async (seconds?: number, width?: number, height?: number): Promise<KeptRows> =>
  bench.give([{ bytes: await clip(seconds, width, height), container: 'webm' }], {
    declaredSeconds: seconds ?? 3,
  });

function launch(env: Record<string, string> = {}): WorkerProcess {
  const child = startWorkerProcess({ ...bench.env, ...env });
  processes.push(child);
  return child;
}

/** Files of a name below the work directory that have bytes in them. */
async function growing(name: string): Promise<boolean> {
  const root = bench.env.WORK_DIRECTORY!;
  const found = (await readdir(root, { recursive: true })).find((file) => path.basename(file) === name);
  return found !== undefined && (await stat(path.join(root, found))).size > 0;
}

/** Processes that work on a file of the bench's work directory; none where the system does not say (no /proc). */
async function encoders(): Promise<string[]> {
  const commands = await Promise.all(
    (await readdir('/proc').catch(() => []))
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return commands.filter((command) => command.includes(`file:${bench.env.WORK_DIRECTORY}`));
}

/** Published once, whole, with nothing astray in the store or on the disk. */
async function expectWhole(kept: KeptRows): Promise<void> {
  expect(await bench.settled(kept, 'finished', 90_000)).toMatchObject({ mediaFlagged: false });
  await waitFor(
    async () => {
      const { stored, named } = await bench.objects(kept);
      return stored.length === named.length;
    },
    { what: 'strays to be removed' },
  );
  const { stored, named } = await bench.objects(kept);
  expect(stored).toEqual(named);
  expect(named).toHaveLength(3);
  const hls = await bench.fixture.database.inOrganisation(kept.organisationId, (tx) =>
    tx.media.rendition(kept.answerId, kept.generation, 'hls_720'),
  );
  expect(await watch(bench.storage, hls!.storageKey)).toMatchObject({ sha256: hls!.sha256, complaints: '' });
  await waitFor(async () => (await bench.leftovers()).length === 0, { what: 'an empty work directory' });
}

test('killed in the middle of a transcode: its encoder dies with it, and another worker finishes', async () => {
  const kept = await giveWebm(15, 640, 360);
  const first = launch();
  await waitFor(() => growing('rendition.mp4'), { what: 'the transcode', timeoutMs: 60_000 });
  expect((await bench.answer(kept)).mediaState).toBe('playable');
  first.kill('SIGKILL');
  expect(await first.ended()).toBe('SIGKILL');
  await waitFor(async () => (await encoders()).length === 0, {
    what: 'the encoder to die',
    timeoutMs: 3_000,
  });
  await bench.startWorker();
  await expectWhole(kept);
  expect((await bench.jobs(kept))[1]).toMatchObject({ name: 'finish-answer', attempts: 2, state: 'done' });
});

test.each([
  ['prepare.after_put', 2],
  ['prepare.after_publish', 1],
  ['finish.after_rendition', 2],
  ['finish.before_publish', 2],
  ['finish.after_publish', 1],
])('killed at %s: published once', async (failpoint, attempts) => {
  const kept = await giveWebm();
  const first = launch({ FAULT: `${failpoint}:kill` });
  expect(await first.ended()).toBe('SIGKILL');
  await bench.startWorker();
  await expectWhole(kept);
  const name = failpoint.startsWith('prepare') ? 'prepare-answer' : 'finish-answer';
  const job = (await bench.jobs(kept)).find((row) => row.name === name);
  expect(job).toMatchObject({ state: 'done', attempts });
});

test('stopped in the middle of a transcode: the job is given back at once, uncounted, and nothing stays', async () => {
  const kept = await giveWebm(15, 640, 360);
  const first = launch();
  await waitFor(() => growing('rendition.mp4'), { what: 'the transcode', timeoutMs: 60_000 });
  const startedAt = performance.now();
  first.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect((await bench.jobs(kept))[1]).toMatchObject({ state: 'pending', attempts: 0 });
  expect(await readdir(bench.env.WORK_DIRECTORY!)).toEqual([]);
  expect(await encoders()).toEqual([]);
  await bench.startWorker();
  await expectWhole(kept);
});

test('run three times at once: one publication, nothing astray', async () => {
  const worker = await bench.startWorker({ env: { FAULT: 'prepare.after_put:delay=300' } });
  const kept = await giveWebm();
  const { organisationId, answerId, generation } = kept;
  const job = {
    payload: { organisationId, answerId, generation },
    attempt: 1,
    signal: new AbortController().signal,
  };
  const rows = await bench.jobs(kept);
  const prepare = { ...job, name: 'prepare-answer', jobId: rows[0]!.id } as const;
  await Promise.all([1, 2].map(() => worker.get(PrepareAnswerService).handle(prepare)));
  await waitFor(async () => (await bench.jobs(kept)).length === 2, { what: 'the second job' });
  const finish = { ...job, name: 'finish-answer', jobId: (await bench.jobs(kept))[1]!.id } as const;
  await Promise.all([1, 2].map(() => worker.get(FinishAnswerService).handle(finish)));
  await expectWhole(kept);
});

test('a newer take is kept meanwhile: the older output is thrown away', async () => {
  await bench.startWorker({ env: { FAULT: 'prepare.after_put:delay=6000' } });
  const retake = await clip(4);
  const older = await giveWebm();
  await waitFor(async () => (await bench.objects(older)).stored.length === 1, { what: 'the older output' });
  const newer = await bench.give([{ bytes: retake, container: 'webm' }], {
    ...{ declaredSeconds: 4, answerId: older.answerId },
  });
  expect(newer.generation).toBeGreaterThan(older.generation);
  await expectWhole(newer);
  const { stored } = await bench.objects(newer);
  expect(stored.filter((key) => key.includes(`/${older.generation}/`))).toEqual([]);
  const { rows } = await bench.superuser.query(
    'SELECT DISTINCT generation FROM rendition WHERE answer_id = $1',
    [older.answerId],
  );
  expect(rows).toEqual([{ generation: newer.generation }]);
});

test('erased meanwhile: the output is thrown away', async () => {
  await bench.startWorker({ env: { FAULT: 'prepare.after_put:delay=6000' } });
  const kept = await giveWebm();
  await waitFor(async () => (await bench.objects(kept)).stored.length === 1, { what: 'the output' });
  await bench.superuser.query('UPDATE answer SET erased_at = now() WHERE id = $1', [kept.answerId]);
  await waitFor(async () => (await bench.jobs(kept))[0]!.state === 'done', { what: 'the job to end' });
  expect(await bench.objects(kept)).toEqual({ stored: [], named: [] });
});

test('poison: three tries, then failed, the recording kept, and the queue goes on', async () => {
  const [stub, poison] = ['ffmpeg', 'poison'].map((name) => path.join(scripts.path, name));
  await writeFile(
    stub!,
    `#!/bin/sh\n[ -e ${poison} ] && kill -SEGV $$\nexec /usr/bin/env PATH=/usr/bin:/usr/local/bin:/opt/homebrew/bin ffmpeg "$@"\n`,
  );
  await chmod(stub!, 0o755);
  await bench.startWorker({ env: { FFMPEG_PATH: stub! } });
  await writeFile(poison!, '');
  const kept = await giveWebm();
  for (const attempts of [1, 2]) {
    await waitFor(
      async () => {
        const [job] = await bench.jobs(kept);
        return job!.state === 'pending' && job!.attempts === attempts;
      },
      { what: `try ${attempts}`, timeoutMs: 20_000 },
    );
    await bench.superuser.query(`UPDATE outbox SET available_at = now() WHERE state = 'pending'`);
  }
  expect(await bench.settled(kept, 'failed')).toMatchObject({ mediaFailure: 'processing_failed' });
  expect(await bench.jobs(kept)).toMatchObject([{ state: 'dead', attempts: 3 }]);
  for (const key of kept.chunkKeys) expect(await bench.storage.head(key)).not.toBeNull();
  await rm(poison!);
  await expectWhole(await giveWebm());
});

describe('start', () => {
  test('is refused with one readable message when ffmpeg is not there', async () => {
    const child = launch({ FFMPEG_PATH: '/nowhere/ffmpeg' });
    expect(await child.ended()).toBe(1);
    expect(child.output()).toMatch(
      /^The worker cannot start without a usable ffmpeg:\n {2}\/nowhere\/ffmpeg was not/,
    );
    expect(child.output()).not.toContain('    at ');
  });

  test('is refused with every fault of the configuration', async () => {
    const child = launch({ DATABASE_URL: 'x', FINISH_CONCURRENCY: '0' });
    expect(await child.ended()).toBe(1);
    expect(child.output()).toMatch(/DATABASE_URL: [^]*FINISH_CONCURRENCY: /);
  });
});
