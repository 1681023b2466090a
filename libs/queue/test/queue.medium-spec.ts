import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  JobQueues,
  JobRunner,
  OutboxRelay,
  PermanentJobError,
  TransientJobError,
  type JobHandlers,
} from '@fairtake/queue';
import { waitFor } from '@fairtake/testing';
import { getQueueToken } from '@nestjs/bull';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bull';
import {
  FinishProcessor,
  logger,
  openQueueBench,
  processors,
  relayTiming,
  workerModule,
  type QueueBench,
  type TestWorker,
} from './queue-bench';

let bench: QueueBench;
let worker: TestWorker;
let organisationId: string;

beforeAll(async () => {
  bench = await openQueueBench();
});
beforeEach(async () => {
  bench.runs.length = 0;
  bench.givenUp.length = 0;
  bench.behaviour = async () => undefined;
  worker = await bench.startWorker();
  organisationId = await bench.addOrganisation();
});
afterEach(() => worker.close());
afterAll(() => bench.close());

/** Runs of an answer so far. */
const runsOf = (answerId: string): number =>
  bench.runs.filter((run) => run.payload.answerId === answerId).length;
const begun = (answerId: string): Promise<unknown> =>
  waitFor(() => runsOf(answerId) > 0, { what: 'the run to begin' });
const dueNow = (answerId: string): Promise<void> =>
  bench.sql(`UPDATE outbox SET available_at = now() WHERE payload->>'answerId' = $1`, [answerId]);
const isConnected = (queue: Queue): boolean => {
  const { eclient, bclient } = queue as unknown as Record<'eclient' | 'bclient', { status: string }>;
  return eclient.status === 'ready' && bclient.status === 'ready';
};
/** A run that goes on until it is released or aborted. */
function holding(): { release(): void; behaviour: QueueBench['behaviour'] } {
  let release!: () => void;
  const gate = new Promise<void>((resolve) => (release = resolve));
  return {
    release,
    behaviour: (job) =>
      Promise.race([
        gate,
        new Promise<void>((_, reject) =>
          job.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true }),
        ),
      ]),
  };
}

test('a job is run once and done', async () => {
  const [answerId] = await bench.ask(organisationId);
  expect(await bench.settled(answerId!, 'done')).toMatchObject({ attempts: 1, deliveries: 1 });
  expect(bench.runs).toMatchObject([
    { name: 'finish-answer', attempt: 1, payload: { answerId, organisationId } },
  ]);
  await waitFor(async () => (await worker.queue.count()) === 0, { what: 'an empty queue' });
  expect(await worker.queue.getJobCounts()).toMatchObject({ active: 0, completed: 0, failed: 0 });
});

describe('Redis is disposable', () => {
  test('flushed while jobs run and wait: each is run once, soon', async () => {
    const { behaviour, release } = holding();
    bench.behaviour = behaviour;
    const [running] = await bench.ask(organisationId);
    await begun(running!);
    const waiting = await bench.ask(organisationId, 3);
    for (const answerId of waiting) await bench.settled(answerId, 'enqueued');
    await bench.redisCommand('FLUSHALL');
    // Longer than what makes a silent job lost: the running one says that it lives.
    await waitFor(async () => (await bench.row(waiting[0]!)).deliveries === 2, { what: 'a second delivery' });
    release();
    for (const answerId of [running!, ...waiting]) {
      await bench.settled(answerId, 'done');
      expect(runsOf(answerId)).toBe(1);
    }
    expect(await bench.row(running!)).toMatchObject({ deliveries: 1, attempts: 1 });
  });

  test('flushed while a job waits for its next attempt: it comes', async () => {
    bench.behaviour = async (job) => {
      if (job.attempt === 1) throw new Error('not yet');
    };
    const [answerId] = await bench.ask(organisationId);
    await waitFor(async () => (await bench.row(answerId!)).lastError, { what: 'the first attempt to fail' });
    await bench.redisCommand('FLUSHALL');
    await dueNow(answerId!);
    expect(await bench.settled(answerId!, 'done')).toMatchObject({ attempts: 2 });
  });

  test('killed and started again empty: running, waiting and new jobs all end', async () => {
    const { behaviour, release } = holding();
    bench.behaviour = behaviour;
    const [running] = await bench.ask(organisationId);
    await begun(running!);
    const [waiting] = await bench.ask(organisationId);
    await bench.settled(waiting!, 'enqueued');
    await bench.redis.kill();
    const [late] = await bench.ask(organisationId);
    release();
    // The result is in the table although the queue is gone.
    await bench.settled(running!, 'done');
    expect((await bench.row(late!)).state).toBe('pending');
    await bench.redis.restart();
    for (const answerId of [waiting!, late!]) await bench.settled(answerId, 'done', 30_000);
    expect([running, waiting, late].map((answerId) => runsOf(answerId!))).toEqual([1, 1, 1]);
  });

  test('frozen: the relay gives up in time and loses nothing', async () => {
    process.kill(bench.redis.pid(), 'SIGSTOP');
    try {
      const [answerId] = await bench.ask(organisationId);
      const startedAt = performance.now();
      await expect(worker.app.get(OutboxRelay).relay()).rejects.toThrow('Redis does not answer');
      expect(performance.now() - startedAt).toBeLessThan(4_000);
      expect((await bench.row(answerId!)).state).toBe('pending');
      process.kill(bench.redis.pid(), 'SIGCONT');
      await bench.settled(answerId!, 'done', 30_000);
    } finally {
      process.kill(bench.redis.pid(), 'SIGCONT');
    }
  });

  test('what is forged there has no effect', async () => {
    const stranger = await bench.addOrganisation();
    const { behaviour, release } = holding();
    bench.behaviour = behaviour;
    const [answerId] = await bench.ask(organisationId);
    await begun(answerId!);
    const { id: jobId } = await bench.row(answerId!);
    for (const data of [
      { organisationId: stranger, jobId, delivery: 1 },
      { organisationId, jobId: randomUUID(), delivery: 1 },
      { organisationId, jobId, delivery: 7 },
      { organisationId, jobId, delivery: 1, path: '/etc/passwd' },
      { organisationId: '../..', jobId: 'x', delivery: 1 },
      null,
    ]) {
      await worker.queue.add('finish-answer', data as never);
    }
    release();
    await waitFor(async () => (await worker.queue.count()) === 0, { what: 'the forged jobs to be taken' });
    const [next] = await bench.ask(organisationId);
    await bench.settled(next!, 'done');
    expect(bench.runs.map((run) => run.payload.answerId)).toEqual([answerId, next]);
  });
});

describe('outcomes', () => {
  test('three failed attempts end the job and say so', async () => {
    bench.behaviour = () => Promise.reject(new Error('the encoder died'));
    const [answerId] = await bench.ask(organisationId);
    for (const attempts of [1, 2]) {
      const failed = async () => {
        const row = await bench.row(answerId!);
        return row.state === 'pending' && row.attempts === attempts;
      };
      await waitFor(failed, { what: `attempt ${attempts} to fail` });
      await dueNow(answerId!);
    }
    expect(await bench.settled(answerId!, 'dead')).toMatchObject({
      attempts: 3,
      lastError: 'the encoder died',
    });
    expect(bench.givenUp).toEqual([{ answerId, failure: 'processing_failed' }]);
  });

  test('bad media ends it at once', async () => {
    bench.behaviour = () => Promise.reject(new PermanentJobError('hostile', 'a playlist'));
    const [answerId] = await bench.ask(organisationId);
    expect(await bench.settled(answerId!, 'dead')).toMatchObject({ attempts: 1 });
    expect(bench.givenUp).toEqual([{ answerId, failure: 'hostile' }]);
  });

  test('bad surroundings are never counted', async () => {
    bench.behaviour = () => Promise.reject(new TransientJobError('disk full'));
    const [answerId] = await bench.ask(organisationId);
    for (const run of [1, 2, 3, 4]) {
      await waitFor(async () => runsOf(answerId!) === run, { what: `run ${run}` });
      await bench.settled(answerId!, 'pending');
      bench.behaviour = run === 3 ? async () => undefined : bench.behaviour;
      if (run === 4) break;
      await dueNow(answerId!);
      if (run === 3) break;
    }
    expect(await bench.settled(answerId!, 'done')).toMatchObject({ attempts: 1, deliveries: 4 });
  });

  test('a job that hangs is ended by its time limit and counted', async () => {
    bench.behaviour = () => new Promise<void>(() => undefined);
    const [answerId] = await bench.ask(organisationId);
    await begun(answerId!);
    expect(await bench.settled(answerId!, 'pending')).toMatchObject({
      ...{ attempts: 1, lastError: 'The job took longer than 3000 ms.' },
    });
    expect(bench.runs[0]!.signal.aborted).toBe(true);
  });

  test('a job whose every run took its worker down is not run again', async () => {
    await bench.sql('UPDATE outbox SET available_at = now()');
    await worker.close();
    const [answerId] = await bench.ask(organisationId);
    await bench.sql(`UPDATE outbox SET attempts = 3 WHERE payload->>'answerId' = $1`, [answerId]);
    worker = await bench.startWorker();
    await bench.settled(answerId!, 'dead');
    expect(runsOf(answerId!)).toBe(0);
    expect(bench.givenUp).toEqual([{ answerId, failure: 'processing_failed' }]);
  });

  test('a payload that is not the contract is given up, not run', async () => {
    const [answerId] = await bench.ask(organisationId);
    await bench.settled(answerId!, 'done');
    const foreign = { organisationId: await bench.addOrganisation(), answerId: randomUUID(), generation: 1 };
    await bench.sql(
      `INSERT INTO outbox (organisation_id, id, name, payload, dedupe_key) VALUES ($1, $2, 'finish-answer', $3, 'x')`,
      [organisationId, randomUUID(), JSON.stringify(foreign)],
    );
    await bench.settled(foreign.answerId, 'dead');
    expect(bench.runs).toHaveLength(1);
  });
});

describe('who has the job', () => {
  test('waiting long is not being lost', async () => {
    const { behaviour, release } = holding();
    bench.behaviour = behaviour;
    const [running, waiting] = await bench.ask(organisationId, 2);
    await begun(running!);
    await bench.settled(waiting!, 'enqueued');
    await pause(relayTiming.lostAfterMs * 2.5);
    release();
    for (const answerId of [running!, waiting!]) {
      expect(await bench.settled(answerId, 'done')).toMatchObject({ deliveries: 1 });
    }
  });

  test('a run whose job was delivered again stops and touches nothing', async () => {
    const { behaviour } = holding();
    bench.behaviour = behaviour;
    const [answerId] = await bench.ask(organisationId);
    await begun(answerId!);
    await bench.sql(
      `UPDATE outbox SET deliveries = 9, enqueued_at = now() + interval '1 hour' WHERE payload->>'answerId' = $1`,
      [answerId],
    );
    await waitFor(() => bench.runs[0]!.signal.aborted, { what: 'the run to be stopped' });
    const [next] = await bench.ask(organisationId);
    bench.behaviour = async () => undefined;
    await bench.settled(next!, 'done');
    expect(await bench.row(answerId!)).toMatchObject({ state: 'enqueued', deliveries: 9, lastError: null });
    await bench.sql(`UPDATE outbox SET state = 'dead' WHERE payload->>'answerId' = $1`, [answerId]);
  });

  test('a worker that stops gives its job back uncounted, and the next one does it', async () => {
    const { behaviour } = holding();
    bench.behaviour = behaviour;
    const [answerId] = await bench.ask(organisationId);
    await begun(answerId!);
    const startedAt = performance.now();
    await worker.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await bench.row(answerId!)).toMatchObject({ state: 'pending', attempts: 0 });
    bench.behaviour = async () => undefined;
    worker = await bench.startWorker();
    expect(await bench.settled(answerId!, 'done')).toMatchObject({ attempts: 1 });
  });

  test('a crowded organisation delays another by no more than what runs', async () => {
    const { behaviour, release } = holding();
    bench.behaviour = behaviour;
    const crowd = await bench.ask(organisationId, 8);
    await waitFor(() => bench.runs.length === 1, { what: 'the first run' });
    for (const answerId of crowd) await bench.settled(answerId, 'enqueued');
    const [other] = await bench.ask(await bench.addOrganisation());
    await waitFor(async () => (await worker.queue.count()) === crowd.length, { what: 'all to wait' });
    release();
    await bench.settled(other!, 'done');
    for (const answerId of crowd) await bench.settled(answerId, 'done');
    expect(bench.runs.findIndex((run) => run.payload.answerId === other)).toBe(1);
  });
});

describe('boot', () => {
  const handler = { handle: async () => undefined, giveUp: async () => undefined };

  test('refuses a job without a handler', () => {
    const handlers = { 'finish-answer': handler } as unknown as JobHandlers;
    expect(() => new JobRunner(bench.fixture.database, worker.app.get(JobQueues), logger, handlers)).toThrow(
      'No handler for prepare-answer',
    );
  });

  test('refuses a job without a processor', async () => {
    const handlers = { 'prepare-answer': handler, 'finish-answer': handler };
    const module = workerModule(
      ...([bench.fixture.database, bench.redis.url, handlers] as const),
      processors.filter((processor) => processor !== FinishProcessor),
    );
    const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    expect(() => app.get(JobQueues).assertProcessors()).toThrow('No processor takes finish-answer');
    // Bull throws at nobody when it is closed while it connects.
    await waitFor(() => isConnected(app.get(getQueueToken('playable'))), { what: 'Bull to connect' });
    await app.close();
  });
});
