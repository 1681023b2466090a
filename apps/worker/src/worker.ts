import { createDatabase } from '@fairtake/database';
import type { FfmpegTools } from '@fairtake/media';
import { JobQueues } from '@fairtake/queue';
import { createLogger, Failpoints, NestLogger, type Logger } from '@fairtake/server-kit';
import { createStorage } from '@fairtake/storage';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { WorkerConfig } from './config';
import type { Infrastructure } from './infrastructure.module';
import { usableFfmpeg } from './usable-ffmpeg';
import { openWorkDirectory } from './work-directory';
import { WorkerModule, type WorkerTiming } from './worker.module';

export interface WorkerOverrides {
  logger?: Logger;
  tools?: FfmpegTools;
  timing?: WorkerTiming;
}

/**
 * The whole worker, connected and taking jobs. Used by main.ts and by the medium tests, so that what is tested is what
 * runs.
 *
 * @throws FfmpegUnusable, DatabaseUnavailable, and Error when a job of the registry has no handler or no processor
 */
export async function createWorker(
  config: WorkerConfig,
  overrides: WorkerOverrides = {},
): Promise<INestApplicationContext> {
  const logger = overrides.logger ?? createLogger({ name: 'worker', level: config.log.level });
  const tools = overrides.tools ?? (await usableFfmpeg(config));
  const database = await createDatabase({
    ...config.database,
    onConnectionLost: (error) => logger.warn({ err: error }, 'database connection lost'),
  });
  try {
    const parts: Infrastructure = {
      ...{ logger, database, tools },
      storage: createStorage(config.storage),
      workDirectory: await openWorkDirectory(config.media.workDirectory),
      failpoints: new Failpoints(config.fault.at),
    };
    const app = await NestFactory.createApplicationContext(
      WorkerModule.with(config, parts, overrides.timing),
      {
        logger: new NestLogger(logger),
        abortOnError: false,
      },
    );
    try {
      app.get(JobQueues).assertProcessors();
      return app;
    } catch (error) {
      await app.close();
      throw error;
    }
  } catch (error) {
    await database.close().catch(() => undefined);
    throw error;
  }
}
