import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { MediaState } from '@fairtake/contracts';
import type { AnswerRow, Outbox } from '@fairtake/database';
import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import { createLogger } from '@fairtake/server-kit';
import { createStorage, storageKeys, type Storage } from '@fairtake/storage';
import {
  makeTemporaryDirectory,
  startOwnTestRedis,
  startTestPostgres,
  waitFor,
  type OwnTestRedis,
} from '@fairtake/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { loadWorkerConfig, type WorkerConfig } from '../src/config';
import { createWorker, type WorkerOverrides } from '../src/worker';
import type { WorkerTiming } from '../src/worker.module';
import {
  addInterview,
  giveAnswer,
  type GivenAs,
  type InterviewRows,
  type KeptRows,
  type Recording,
} from './answer-rows';

const run = promisify(execFile);

/** As the product's, but lost jobs are found in three seconds instead of thirty. */
export const quickTiming: WorkerTiming = {
  relay: { pollMs: 50, sweepMs: 200, lostAfterMs: 3_000 },
  runner: { heartbeatMs: 300, abortGraceMs: 5_000 },
};

/** Everything around a worker, for one test file. */
export interface WorkerBench {
  readonly fixture: TestDatabase;
  readonly redis: OwnTestRedis;
  readonly storage: Storage;
  readonly superuser: Client;
  /** Environment of a worker process. */
  readonly env: Record<string, string>;
  readonly interview: InterviewRows;
  give(recordings: Recording[], options: GivenAs): Promise<KeptRows>;
  startWorker(
    overrides?: WorkerOverrides & { env?: Record<string, string> },
  ): Promise<INestApplicationContext>;
  stopWorkers(): Promise<void>;
  answer(kept: KeptRows): Promise<AnswerRow>;
  /** Waits until the answer is in this state and no job of it is open. */
  settled(kept: KeptRows, state: MediaState, timeoutMs?: number): Promise<AnswerRow>;
  jobs(kept: KeptRows): Promise<Outbox[]>;
  /** Every object of the answer that jobs made, and every one that rows name: the same, or something is astray. */
  objects(kept: KeptRows): Promise<{ stored: string[]; named: string[] }>;
  /** What is left in the work directory. */
  leftovers(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openWorkerBench(): Promise<WorkerBench> {
  const postgres = await startTestPostgres();
  const fixture = await createTestDatabase(postgres.superuserUrl);
  const { database } = fixture;
  const redis = await startOwnTestRedis();
  const directory = await makeTemporaryDirectory({ name: 'worker' });
  const [storageDirectory, workDirectory] = ['storage', 'work'].map((name) =>
    path.join(directory.path, name),
  );
  await mkdir(workDirectory!);
  const storage = createStorage({ kind: 'disk', directory: storageDirectory! });
  const superuser = new Client({ connectionString: fixture.urls.superuser });
  await superuser.connect();
  const interview = await addInterview(database, superuser);
  const env = {
    DATABASE_URL: fixture.urls.app,
    OPS_DATABASE_URL: fixture.urls.ops,
    REDIS_URL: redis.url,
    STORAGE_DIRECTORY: storageDirectory!,
    WORK_DIRECTORY: workDirectory!,
    LOG_LEVEL: 'silent',
  };
  const apps: INestApplicationContext[] = [];
  const jobs = async ({ organisationId, answerId }: KeptRows): Promise<Outbox[]> => {
    const { rows } = await superuser.query(
      `SELECT id, name, state, attempts, deliveries, last_error AS "lastError" FROM outbox
        WHERE organisation_id = $1 AND payload->>'answerId' = $2 ORDER BY created_at, id`,
      [organisationId, answerId],
    );
    return rows as Outbox[];
  };
  const answer = async ({ organisationId, answerId }: KeptRows): Promise<AnswerRow> =>
    (await database.inOrganisation(organisationId, (tx) => tx.answers.find(answerId)))!;
  return {
    ...{ fixture, redis, storage, superuser, env, interview, jobs, answer },
    give: (recordings, options) =>
      giveAnswer({ database, storage, superuser }, interview, recordings, options),
    async startWorker({ env: more, ...overrides } = {}) {
      const config: WorkerConfig = loadWorkerConfig({ ...env, ...more });
      const logger = createLogger({ name: 'worker', level: config.log.level });
      const app = await createWorker(config, { logger, timing: quickTiming, ...overrides });
      apps.push(app);
      return app;
    },
    async stopWorkers() {
      for (const app of apps.splice(0)) await app.close();
    },
    async settled(kept, state, timeoutMs = 90_000) {
      const isSettled = async (): Promise<AnswerRow | null> => {
        const row = await answer(kept);
        const open = (await jobs(kept)).filter((job) => ['pending', 'enqueued'].includes(job.state));
        return row.mediaState === state && open.length === 0 ? row : null;
      };
      try {
        return await waitFor(isSettled, { what: `the answer to be ${state}`, timeoutMs });
      } catch (cause) {
        const seen = JSON.stringify([(await answer(kept)).mediaState, await jobs(kept)]);
        throw new Error(`Not settled: ${seen}`, { cause });
      }
    },
    async objects(kept) {
      const stored: string[] = [];
      for (const folder of [storageKeys.renditionsFolder(kept), storageKeys.assetsFolder(kept)]) {
        for await (const { key } of storage.list(folder)) stored.push(key);
      }
      const { rows } = await superuser.query(
        `SELECT storage_key FROM rendition WHERE answer_id = $1 UNION ALL SELECT storage_key FROM asset WHERE answer_id = $1`,
        [kept.answerId],
      );
      return { stored: stored.sort(), named: rows.map((row) => String(row.storage_key)).sort() };
    },
    async leftovers() {
      const names = await readdir(workDirectory!, { recursive: true });
      return names.filter((name) => !/^worker-[^/]+$/.test(name));
    },
    async close() {
      for (const app of apps.splice(0)) await app.close().catch(() => undefined);
      await superuser.end();
      await fixture.drop();
      await postgres.stop();
      await redis.stop();
      await directory.remove();
    },
  };
}

/** An independent opinion on an object: what a plain ffprobe and a full decode by a plain ffmpeg say of its bytes. */
export async function watch(
  storage: Storage,
  storageKey: string,
): Promise<{ sha256: string; codecs: string[]; seconds: number; complaints: string }> {
  const bytes = await storage.read(storageKey, { maxSizeBytes: 64 * 1024 * 1024 });
  const directory = await makeTemporaryDirectory({ name: 'watch' });
  try {
    const file = path.join(directory.path, 'object');
    await writeFile(file, bytes);
    const entries = [
      '-v',
      'error',
      '-of',
      'json',
      '-show_entries',
      'stream=codec_name:format=duration',
      file,
    ];
    const probed = JSON.parse((await run('ffprobe', entries)).stdout) as {
      streams: { codec_name: string }[];
      format: { duration?: string };
    };
    const decoded = await run('ffmpeg', [
      ...['-nostdin', '-v', 'error', '-i', file],
      ...['-fps_mode', 'passthrough', '-enc_time_base', '1/90000', '-f', 'null', '-'],
    ]);
    return {
      sha256: createHash('sha256').update(bytes).digest('hex'),
      codecs: probed.streams.map((stream) => stream.codec_name).sort(),
      seconds: Number(probed.format.duration),
      complaints: decoded.stderr,
    };
  } finally {
    await directory.remove();
  }
}
