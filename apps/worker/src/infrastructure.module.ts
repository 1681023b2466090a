import { Database } from '@fairtake/database';
import type { FfmpegTools } from '@fairtake/media';
import { Failpoints, type Logger } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { WorkDirectory } from './work-directory';

export const LOGGER = Symbol('Logger');
export const STORAGE = Symbol('Storage');
export const FFMPEG = Symbol('FfmpegTools');
export const WORK_DIRECTORY = Symbol('WorkDirectory');

export interface Infrastructure {
  logger: Logger;
  database: Database;
  storage: Storage;
  tools: FfmpegTools;
  workDirectory: WorkDirectory;
  failpoints: Failpoints;
}

/** Connections and the work directory end with the worker, after the last job has been given back. */
@Injectable()
class InfrastructureEnd implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(WORK_DIRECTORY) private readonly workDirectory: WorkDirectory,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.storage.close();
    await this.database.close();
    await this.workDirectory.remove();
  }
}

/** What every service may ask for in its constructor. */
@Module({})
export class InfrastructureModule {
  static with(parts: Infrastructure): DynamicModule {
    const providers = [
      { provide: LOGGER, useValue: parts.logger },
      { provide: Database, useValue: parts.database },
      { provide: STORAGE, useValue: parts.storage },
      { provide: FFMPEG, useValue: parts.tools },
      { provide: WORK_DIRECTORY, useValue: parts.workDirectory },
      { provide: Failpoints, useValue: parts.failpoints },
    ];
    return {
      module: InfrastructureModule,
      global: true,
      providers: [...providers, InfrastructureEnd],
      exports: providers.map((provider) => provider.provide),
    };
  }
}
