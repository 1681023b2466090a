import { limits } from '@fairtake/contracts';
import { Database, type InterviewRow, type TenantContext } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, LOGGER } from '../infrastructure.module';
import { uploadsEndOf } from '../takes/take-rules';
import { uploadsEndAt } from './open-interview';
import { OverdueAnswersService } from './overdue-answers.service';
import { submitInterview } from './submit-interview';

const everyMs = 60_000;

/**
 * Sends what was kept when the time of an interview is over, as its candidate was told at consent. Several api
 * processes may do it at once: the change of state happens once.
 */
@Injectable()
export class OverdueInterviewsService implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  /** One sweep at a time in a process, however long it takes. */
  private sweeping: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly answers: OverdueAnswersService,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => (this.sweeping ??= this.sweepQuietly()), everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /**
   * Recordings that started in time may arrive until the longest answer, its grace and two hours after the deadline;
   * only then is an interview sent. One that asked for more time waits for the answer, for a while. One that cannot be
   * sent is logged and tried again by the next sweep: the others must not wait for it.
   */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const endedBefore = new Date(now.getTime() - limits.deadlineGraceSeconds * 1000);
    const heldBefore = new Date(endedBefore.getTime() - limits.timeRequestHoldHours * 3_600_000);
    for (const organisationId of await this.database.ops.organisationIds()) {
      const overdue = await this.database.inOrganisation(organisationId, (tx) =>
        tx.deadlines.listOverdue(endedBefore, heldBefore),
      );
      for (const interviewId of overdue)
        await this.send(organisationId, interviewId, now).catch((error: unknown) => {
          this.logger.error({ err: error, interviewId }, 'an overdue interview could not be sent');
        });
    }
  }

  private async send(organisationId: string, interviewId: string, now: Date): Promise<void> {
    const isOver = await this.database.inOrganisation(organisationId, async (tx) => {
      const interview = await tx.interviews.find(interviewId);
      return interview !== null && !(await this.mayStillArrive(tx, interview, now));
    });
    if (!isOver) return;
    const found = await this.answers.find(organisationId, interviewId);
    // All or nothing: whatever stops it on the way is tried again, whole, by the next sweep.
    await this.database.inOrganisation(organisationId, async (tx) => {
      await tx.interviews.lock(interviewId);
      const interview = await tx.interviews.find(interviewId);
      // A deadline may have been moved at this very moment.
      if (interview?.state !== 'started' || (await this.mayStillArrive(tx, interview, now))) return;
      await this.answers.keep(tx, interview, found, now);
      await submitInterview(tx, interview, now, 'time_over');
    });
  }

  /** A deadline that was moved, a longer answer, or a recording that runs over an earlier deadline. */
  private async mayStillArrive(tx: TenantContext, interview: InterviewRow, now: Date): Promise<boolean> {
    const ends = await uploadsEndAt(tx, interview);
    if (ends === null || now.getTime() < ends) return true;
    const takes = await tx.takes.listOfInterview(interview.id);
    return takes.some(
      (take) => take.state === 'open' && uploadsEndOf(take, interview.deadlineAt!.getTime())! >= now,
    );
  }

  private async sweepQuietly(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      this.logger.error({ err: error }, 'overdue interviews could not be sent; the next minute tries again');
    } finally {
      this.sweeping = undefined;
    }
  }
}
