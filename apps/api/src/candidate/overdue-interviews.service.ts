import { limits } from '@fairtake/contracts';
import { Database } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, LOGGER } from '../infrastructure.module';
import { submitInterview } from './submit-interview';

const everyMs = 60_000;

/**
 * Sends what was kept when the time of an interview is over, as its candidate was told at consent. Several api
 * processes may do it at once: the change of state happens once.
 */
@Injectable()
export class OverdueInterviewsService implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweepQuietly(), everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /**
   * Recordings that started in time may arrive for a while after the deadline; only then is an interview sent. One that
   * cannot be sent is logged and tried again by the next sweep: the others must not wait for it.
   */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const endedBefore = new Date(now.getTime() - limits.deadlineGraceSeconds * 1000);
    for (const organisationId of await this.database.ops.organisationIds()) {
      const overdue = await this.database.inOrganisation(organisationId, (tx) =>
        tx.interviews.listOverdue(endedBefore),
      );
      for (const interviewId of overdue)
        await this.send(organisationId, interviewId, now).catch((error: unknown) => {
          this.logger.error({ err: error, interviewId }, 'an overdue interview could not be sent');
        });
    }
  }

  private send(organisationId: string, interviewId: string, now: Date): Promise<void> {
    return this.database.inOrganisation(organisationId, async (tx) => {
      await tx.interviews.lock(interviewId);
      const interview = await tx.interviews.find(interviewId);
      if (interview?.state === 'started') await submitInterview(tx, interview, now, 'time_over');
    });
  }

  private sweepQuietly(): Promise<void> {
    this.sweeping = this.sweep().catch((error: unknown) => {
      this.logger.error({ err: error }, 'overdue interviews could not be sent; the next minute tries again');
    });
    return this.sweeping;
  }
}
