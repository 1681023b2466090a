import type { HoldInterview, InterviewDevices } from '@fairtake/contracts';
import { Database, type InterviewRow, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { claimInterview, deviceLiveMs, isLive } from './device-claim';

/** Which of a candidate's devices records, told to all of them. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  show(candidate: CandidateActor): Promise<InterviewDevices> {
    return this.database.inOrganisation(
      candidate.organisationId,
      async (tx) => this.view(tx, candidate, await this.interview(tx, candidate)),
      { readOnly: true },
    );
  }

  /** Notes that this device is there. It holds the interview when nobody else does, or when the person chose it. */
  hold(candidate: CandidateActor, request: HoldInterview): Promise<InterviewDevices> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      await tx.interviews.lock(candidate.interviewId);
      const interview = await this.interview(tx, candidate);
      await this.requireQuestion(tx, interview, request.questionId);
      if (isUnderWay(interview)) await this.claim(tx, candidate, request);
      return this.view(tx, candidate, interview);
    });
  }

  private async claim(tx: TenantContext, candidate: CandidateActor, request: HoldInterview): Promise<void> {
    const { takeOver, ...place } = request;
    try {
      await claimInterview(tx, candidate, place, { takeOver, now: this.clock.now() });
    } catch (error) {
      // Being there is no claim against another device: the reply says who holds the interview.
      if (!(error instanceof AppError && error.code === 'take_elsewhere')) throw error;
    }
  }

  private async interview(tx: TenantContext, candidate: CandidateActor): Promise<InterviewRow> {
    const interview = await tx.interviews.find(candidate.interviewId);
    if (!interview) throw new AppError('not_found');
    return interview;
  }

  private async requireQuestion(
    tx: TenantContext,
    interview: InterviewRow,
    questionId: string | null,
  ): Promise<void> {
    if (questionId === null) return;
    const questions = await tx.interviews.questions(interview.positionId);
    if (!questions.some((question) => question.id === questionId)) throw new AppError('not_found');
  }

  private async view(
    tx: TenantContext,
    candidate: CandidateActor,
    interview: InterviewRow,
  ): Promise<InterviewDevices> {
    const { interviewId, sessionId } = candidate;
    const now = this.clock.now();
    const holder = isUnderWay(interview) ? await tx.devices.holder(interviewId) : null;
    const unsent = isUnderWay(interview) ? await tx.devices.unsent(interviewId, sessionId) : [];
    return {
      own: await tx.devices.find(sessionId),
      holder: holder && {
        device: { browser: holder.browser, system: holder.system },
        here: holder.sessionId === sessionId,
        live: isLive(holder, now),
        seenAt: holder.seenAt.toISOString(),
        questionId: holder.questionId,
        recording: holder.recording,
      },
      unsent: unsent
        // What the holder records just now is not left behind.
        .filter((take) => !(holder?.recording && holder.sessionId === take.sessionId && isLive(holder, now)))
        .map((take) => ({
          questionId: take.questionId,
          device: take.device,
          arriving: now.getTime() - take.leasedAt.getTime() < deviceLiveMs,
        })),
      state: interview.state,
      progress: await tx.devices.progress(interviewId),
    };
  }
}

const isUnderWay = (interview: InterviewRow): boolean =>
  interview.state === 'invited' || interview.state === 'started';
