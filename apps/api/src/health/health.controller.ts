import { Alive, Readiness, Version } from '@fairtake/contracts';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import type * as z from 'zod';
import type { ApiConfig } from '../config';
import { API_CONFIG } from '../infrastructure.module';
import { Access, Reply } from '../routes/route-declarations';
import { HealthService } from './health.service';
import { version } from './version';

/** What supervisors and load balancers ask. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The process lives; says nothing about its neighbours. */
  @Get('healthz')
  @Access('anonymous')
  @Reply(Alive)
  checkLiveness(): z.infer<typeof Alive> {
    return { status: 'ok' };
  }

  /** 200 when requests can be served, 503 with the failing checks otherwise. */
  @Get('readyz')
  @Access('anonymous')
  @Reply(Readiness)
  async checkReadiness(@Res({ passthrough: true }) response: Response): Promise<z.infer<typeof Readiness>> {
    const readiness = await this.health.checkReadiness();
    if (readiness.status !== 'ok') response.status(503);
    return readiness;
  }

  @Get('version')
  @Access('anonymous')
  @Reply(Version)
  showVersion(): z.infer<typeof Version> {
    return { name: 'fairtake', version, commit: this.config.build.commit };
  }
}
