import 'reflect-metadata';
import { setTimeout as wait } from 'node:timers/promises';
import { ConfigInvalid, createLogger, stopOnSignal } from '@fairtake/server-kit';
import { loadWorkerConfig, type WorkerConfig } from './config';
import { FfmpegUnusable } from './usable-ffmpeg';
import { createWorker } from './worker';

/** Jobs are given back within moments; the rest is saying goodbye to servers that may not answer. */
const stopTimeoutMs = 15_000;

async function main(config: WorkerConfig): Promise<void> {
  const logger = createLogger({ name: 'worker', level: config.log.level });
  let stopping = false;
  // Bull drops promises that reject when it is closed while it connects. Anything else is a defect: jobs are safe in
  // the table, so a fresh start is the better end.
  process.on('unhandledRejection', (error) => {
    if (stopping) return;
    logger.error({ err: error }, 'ending after an unhandled rejection');
    process.exit(1);
  });
  try {
    const app = await createWorker(config, { logger });
    stopOnSignal(async (signal) => {
      stopping = true;
      logger.info({ signal }, 'stopping');
      await Promise.race([app.close(), wait(stopTimeoutMs)]);
      logger.info('stopped');
    });
    logger.info({ concurrency: config.concurrency }, 'taking jobs');
  } catch (error) {
    refuse(error, () => logger.error({ err: error }, 'could not start'));
  }
}

/** Only here does this process read its environment; its command-line tools read their own. */
function readConfig(): WorkerConfig | null {
  try {
    return loadWorkerConfig(process.env);
  } catch (error) {
    refuse(error, () => {
      throw error;
    });
    return null;
  }
}

/** What an operator can put right is told in plain words, everything else to the log. */
function refuse(error: unknown, otherwise: () => void): void {
  process.exitCode = 1;
  if (error instanceof ConfigInvalid || error instanceof FfmpegUnusable) {
    process.stderr.write(`${error.message}\n`);
  } else otherwise();
}

const config = readConfig();
if (config) void main(config);
