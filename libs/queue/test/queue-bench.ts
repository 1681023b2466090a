import { randomUUID } from 'node:crypto';
import type { JobName, JobPayload, MediaFailure } from '@fairtake/contracts';
import { Database, type Outbox } from '@fairtake/database';
import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import { createLogger } from '@fairtake/server-kit';
import { startOwnTestRedis, startTestPostgres, waitFor, type OwnTestRedis } from '@fairtake/testing';
import { getQueueToken, Process, Processor } from '@nestjs/bull';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Job, Queue } from 'bull';
import { Client } from 'pg';
import {
  JobQueues,
  JobRunner,
  QueueModule,
  type DeliveredJob,
  type JobHandlers,
  type RunningJob,
} from '@fairtake/queue';

/** As the product's, but everything that waits for seconds waits for moments. */
export const relayTiming = { pollMs: 20, sweepMs: 100, lostAfterMs: 700 };
export const runnerTiming = { heartbeatMs: 100, abortGraceMs: 300, longestRunMs: 3_000 };

type AnyRun = RunningJob<JobName>;

export interface GivenUp {
  answerId: string;
  failure: MediaFailure;
}

/** A worker with handlers that do what the test says. */
export interface TestWorker {
  app: INestApplicationContext;
  queue: Queue<DeliveredJob>;
  close(): Promise<void>;
}

export interface QueueBench {
  fixture: TestDatabase;
  redis: OwnTestRedis;
  /** Every run that began, in order. */
  runs: AnyRun[];
  givenUp: GivenUp[];
  /** What a run does. Replace it before asking for work. */
  behaviour: (job: AnyRun) => Promise<void>;
  addOrganisation(): Promise<string>;
  /** Asks for `finish-answer` jobs. @returns their answers */
  ask(organisationId: string, count?: number): Promise<string[]>;
  startWorker(): Promise<TestWorker>;
  row(answerId: string): Promise<Outbox>;
  settled(answerId: string, state: Outbox['state'], timeoutMs?: number): Promise<Outbox>;
  sql(text: string, values?: unknown[]): Promise<void>;
  redisCommand(...command: string[]): Promise<unknown>;
  close(): Promise<void>;
}

@Processor('playable')
class PlayableProcessor {
  constructor(private readonly runner: JobRunner) {}

  @Process({ name: 'prepare-answer', concurrency: 1 })
  prepareAnswer(job: Job<DeliveredJob>): Promise<void> {
    return this.runner.run('prepare-answer', job.data);
  }
}

@Processor('finish')
export class FinishProcessor {
  constructor(private readonly runner: JobRunner) {}

  @Process({ name: 'finish-answer', concurrency: 1 })
  finishAnswer(job: Job<DeliveredJob>): Promise<void> {
    return this.runner.run('finish-answer', job.data);
  }
}

export const processors = [PlayableProcessor, FinishProcessor];
export const logger = createLogger({ name: 'test', level: 'silent' });

@Module({})
class DatabaseModule {}

@Module({})
class TestWorkerModule {}

export function workerModule(
  database: Database,
  redisUrl: string,
  handlers: JobHandlers,
  taking = processors,
) {
  return {
    module: TestWorkerModule,
    imports: [
      {
        module: DatabaseModule,
        global: true,
        providers: [{ provide: Database, useValue: database }],
        exports: [Database],
      },
      QueueModule.forRoot({ redisUrl, logger, timing: relayTiming }),
    ],
    providers: [
      ...taking,
      {
        provide: JobRunner,
        inject: [JobQueues],
        useFactory: (queues: JobQueues) => new JobRunner(database, queues, logger, handlers, runnerTiming),
      },
    ],
  };
}

export async function openQueueBench(): Promise<QueueBench> {
  const postgres = await startTestPostgres();
  const fixture = await createTestDatabase(postgres.superuserUrl, { poolSize: 8 });
  const { database } = fixture;
  const redis = await startOwnTestRedis();
  const superuser = new Client({ connectionString: fixture.urls.superuser });
  await superuser.connect();
  const workers = new Set<TestWorker>();
  const handler = {
    handle: (job: AnyRun) => {
      bench.runs.push(job);
      return bench.behaviour(job);
    },
    giveUp: async (_tx: unknown, { answerId }: JobPayload<JobName>, failure: MediaFailure) => {
      bench.givenUp.push({ answerId, failure });
    },
  };
  const handlers: JobHandlers = { 'prepare-answer': handler, 'finish-answer': handler };
  const bench: QueueBench = {
    ...{ fixture, redis, runs: [], givenUp: [], behaviour: async () => undefined },
    async addOrganisation() {
      const created = await database.ops.installation.createOrganisationWithAdmin({
        organisation: { name: 'Organisation' },
        admin: { name: 'Admin', email: `${randomUUID()}@example.org`, passwordHash: 'hash' },
      });
      return created!.organisationId;
    },
    ask: (organisationId, count = 1) =>
      database.inOrganisation(organisationId, async (tx) => {
        const answerIds = Array.from({ length: count }, () => randomUUID());
        for (const answerId of answerIds) {
          await tx.outbox.add('finish-answer', { organisationId, answerId, generation: 1 });
        }
        return answerIds;
      }),
    async startWorker() {
      const app = await NestFactory.createApplicationContext(workerModule(database, redis.url, handlers), {
        logger: false,
        abortOnError: false,
      });
      const worker: TestWorker = {
        app,
        queue: app.get<Queue<DeliveredJob>>(getQueueToken('finish')),
        close: async () => {
          workers.delete(worker);
          await app.close();
        },
      };
      workers.add(worker);
      return worker;
    },
    async row(answerId) {
      const { rows } = await superuser.query(
        `SELECT *, last_error AS "lastError" FROM outbox WHERE payload->>'answerId' = $1`,
        [answerId],
      );
      return rows[0] as Outbox;
    },
    async settled(answerId, state, timeoutMs = 15_000) {
      const find = async (): Promise<Outbox | null> => {
        const row = await bench.row(answerId);
        return row.state === state ? row : null;
      };
      return waitFor(find, { what: `the job to be ${state}`, timeoutMs });
    },
    async sql(text, values) {
      await superuser.query(text, values);
    },
    async redisCommand(...command) {
      const [worker] = workers;
      return worker!.queue.client.call(...(command as [string, ...string[]]));
    },
    async close() {
      for (const worker of workers) await worker.close().catch(() => undefined);
      await superuser.end();
      await fixture.drop();
      await postgres.stop();
      await redis.stop();
    },
  };
  return bench;
}
