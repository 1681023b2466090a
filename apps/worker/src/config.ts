import {
  databaseVariables,
  faultVariables,
  loadConfig,
  logVariables,
  redisVariables,
  storageVariables,
  type Config,
  type Environment,
} from '@fairtake/server-kit';
import * as z from 'zod';

const Count = z
  .string()
  .regex(/^\d{1,2}$/, 'must be a whole number from 1 to 64')
  .transform(Number)
  .pipe(z.int().min(1, 'must be at least 1').max(64, 'must be at most 64'));

const mediaVariables = z
  .object({
    WORK_DIRECTORY: z.string().default('.data/work'),
    FFMPEG_PATH: z.string().optional(),
    FFPROBE_PATH: z.string().optional(),
    FFMPEG_THREADS: Count.prefault('1'),
  })
  .transform((env) => ({
    workDirectory: env.WORK_DIRECTORY,
    ffmpegPath: env.FFMPEG_PATH,
    ffprobePath: env.FFPROBE_PATH,
    threads: env.FFMPEG_THREADS,
  }));

/** How many jobs of each queue run at once in this process. */
const concurrencyVariables = z
  .object({ PLAYABLE_CONCURRENCY: Count.prefault('1'), FINISH_CONCURRENCY: Count.prefault('1') })
  .transform((env) => ({ playable: env.PLAYABLE_CONCURRENCY, finish: env.FINISH_CONCURRENCY }));

/** The groups of variables this process reads, each documented in .env.example. */
export const workerVariables = {
  database: databaseVariables,
  redis: redisVariables,
  storage: storageVariables,
  media: mediaVariables,
  concurrency: concurrencyVariables,
  log: logVariables,
  fault: faultVariables,
};

export type WorkerConfig = Config<typeof workerVariables>;

export const loadWorkerConfig = (env: Environment): WorkerConfig => loadConfig(workerVariables, env);
