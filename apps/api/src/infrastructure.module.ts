import { Database } from '@fairtake/database';
import { Failpoints, type Logger } from '@fairtake/server-kit';
import { createStorage, type Storage } from '@fairtake/storage';
import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { ApiConfig } from './config';

export const API_CONFIG = Symbol('ApiConfig');
export const LOGGER = Symbol('Logger');
export const STORAGE = Symbol('Storage');

/** The server's time. Everything that decides by the clock asks here, so that tests can move it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}

export interface Infrastructure {
  config: ApiConfig;
  logger: Logger;
  database: Database;
  clock: Clock;
}

/** Connections end with the application, after the last request (see main.ts). */
@Injectable()
class ConnectionEnd implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.storage.close();
    await this.database.close();
  }
}

/** What every feature may ask for in its constructor: configuration, logger, clock, database, storage, failpoints. */
@Global()
@Module({})
export class InfrastructureModule {
  static with({ config, logger, database, clock }: Infrastructure): DynamicModule {
    const failpoints = new Failpoints(config.fault.at);
    const storage = () => createStorage(config.storage, { failpoint: (name) => failpoints.reach(name) });
    const providers = [
      { provide: API_CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: Database, useValue: database },
      { provide: Clock, useValue: clock },
      { provide: Failpoints, useValue: failpoints },
      { provide: STORAGE, useFactory: storage },
    ];
    return {
      module: InfrastructureModule,
      providers: [...providers, ConnectionEnd],
      exports: [API_CONFIG, LOGGER, STORAGE, Database, Clock, Failpoints],
    };
  }
}
