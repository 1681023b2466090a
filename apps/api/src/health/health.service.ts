import type { Readiness } from '@fairtake/contracts';
import { Database } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type * as z from 'zod';
import type { ApiConfig } from '../config';
import { API_CONFIG, LOGGER, STORAGE } from '../infrastructure.module';
import { pingRedis } from './redis-probe';

@Injectable()
export class HealthService {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly database: Database,
  ) {}

  async checkReadiness(): Promise<z.infer<typeof Readiness>> {
    const checks = Object.fromEntries(
      await Promise.all([
        this.check('database', () => this.database.checkHealth()),
        this.check('redis', () => pingRedis(this.config.redis.url)),
        this.check('storage', () => this.storage.checkHealth()),
      ]),
    );
    const status = Object.values(checks).every((check) => check === 'ok') ? 'ok' : 'unavailable';
    return { status, checks };
  }

  private async check(name: string, probe: () => Promise<unknown>): Promise<[string, 'ok' | 'unavailable']> {
    try {
      await probe();
      return [name, 'ok'];
    } catch (error) {
      this.logger.warn({ check: name, err: error }, 'not ready');
      return [name, 'unavailable'];
    }
  }
}
