import { randomUUID } from 'node:crypto';
import { limits, type OpenTake, type TakeLease } from '@fairtake/contracts';
import {
  Database,
  violatedUnique,
  type InterviewRow,
  type TakeRow,
  type TenantContext,
} from '@fairtake/database';
import { isRecorded, mayStartTake, recordingEndsAt, recordingSeconds, takeMaxBytes } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { isLiveElsewhere, requireNotElsewhere, requireTakeLeft, uploadsEndOf } from './take-rules';
import { requireLate } from '../candidate/contacts';
import { questionsFor, requireOpenInterview, type CandidateQuestionRow } from '../candidate/open-interview';
import { claimInterview } from '../hand-off/device-claim';
import type { CandidateActor } from '../security/actors';
import { Clock, STORAGE } from '../infrastructure.module';

/** Opens takes and hands them from tab to tab or device to device. */
@Injectable()
export class TakeOpeningService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  async open(candidate: CandidateActor, takeId: string, request: OpenTake): Promise<TakeLease> {
    await this.requireRoom(candidate, takeId);
    try {
      return await this.openOrReopen(candidate, takeId, request);
    } catch (error) {
      // Taken in another interview: not yours and not there look the same.
      if (violatedUnique(error) === 'pk_take') throw new AppError('not_found');
      throw error;
    }
  }

  /**
   * The reserve of the disk belongs to recordings that run, so that none is cut: no new one begins inside it. Asked
   * before the interview is locked, because the answer costs a write to the disk.
   */
  private async requireRoom(candidate: CandidateActor, takeId: string): Promise<void> {
    const running = await this.database.inOrganisation(candidate.organisationId, (tx) =>
      tx.takes.find(candidate.interviewId, takeId),
    );
    if (running) return;
    const { acceptsNewObjects } = await this.storage.checkHealth();
    if (!acceptsNewObjects) throw new AppError('storage_full', { retryAfterSeconds: 60 });
  }

  private openOrReopen(candidate: CandidateActor, takeId: string, request: OpenTake): Promise<TakeLease> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interview, question } = await requireOpenInterview(
        tx,
        candidate.interviewId,
        request.questionId,
      );
      const existing = await tx.takes.find(candidate.interviewId, takeId, 'FOR UPDATE OF t');
      if (existing) await this.reopen(tx, candidate, existing, request);
      else {
        await this.requireBytesLeft(tx, interview);
        await this.start(tx, candidate, takeId, request, { interview, question });
      }
      return this.lease((await tx.takes.find(candidate.interviewId, takeId))!, question);
    });
  }

  /** Given-back takes keep their bytes, so their number alone would bound nothing that a disk can hold. */
  private async requireBytesLeft(tx: TenantContext, interview: InterviewRow): Promise<void> {
    const takes = await tx.takes.listOfInterview(interview.id);
    const heldBytes = takes.reduce((sum, take) => sum + take.sizeBytes, 0);
    const questions = await questionsFor(tx, interview);
    const maxBytes = questions.reduce(
      (sum, each) => sum + each.takes * takeMaxBytes(each.answerSeconds + limits.graceSeconds),
      0,
    );
    if (heldBytes >= maxBytes) throw new AppError('takes_used_up');
  }

  private async start(
    tx: TenantContext,
    candidate: CandidateActor,
    takeId: string,
    request: OpenTake,
    { interview, question }: { interview: InterviewRow; question: CandidateQuestionRow },
  ): Promise<void> {
    // Written, chosen or sent: nothing of it is recorded.
    if (!isRecorded(question.kind)) throw new AppError('not_found');
    const now = this.clock.now().getTime();
    const { interviewId } = candidate;
    const openedLate = !mayStartTake(now, question.deadlineAt);
    if (openedLate && !request.startedOffline) throw new AppError('interview_over');
    if (openedLate) await requireLate(tx, candidate, { interview, question, now: new Date(now) });
    const answer = await tx.answers.open({
      // Reviewers meet this id beside a pseudonym: unlike our other ids it must not tell the time.
      ...{ id: randomUUID(), interviewId, questionId: question.id },
      at: new Date(now),
    });
    // Erased: it stays empty.
    if (!(await tx.answers.find(answer.id))) throw new AppError('not_found');
    const takes = (await tx.takes.listOfInterview(interviewId)).filter((take) => take.answerId === answer.id);
    const elsewhere = takes.find((take) => isLiveElsewhere(take, candidate, new Date(now)));
    const { heldBefore } = await this.claim(tx, candidate, request);
    // What the other device still sends of its recording does not stop the device the person went on with.
    if (elsewhere && !request.takeOver && !heldBefore) throw new AppError('take_elsewhere');
    await requireTakeLeft(tx, takes, question, new Date(now));
    await tx.takes.open({
      id: takeId,
      answerId: answer.id,
      interviewId,
      recorder: request.recorder,
      mimeType: request.mimeType,
      lease: uuidv7(),
      sessionId: candidate.sessionId,
      startedAt: new Date(now),
      recordingEndsAt: new Date(recordingEndsAt(now, question.answerSeconds, limits.graceSeconds)),
      openedLate,
    });
  }

  private async reopen(
    tx: TenantContext,
    candidate: CandidateActor,
    take: TakeRow,
    request: OpenTake,
  ): Promise<void> {
    if (take.questionId !== request.questionId) throw new AppError('not_found');
    if (take.state !== 'open') throw new AppError('take_closed');
    // The same request again, its first reply lost on the way: nothing was written yet, the lease stands.
    if (take.leaseSessionId === candidate.sessionId && take.chunkCount === 0 && !request.takeOver) return;
    if (!request.takeOver) requireNotElsewhere(take, candidate, this.clock.now());
    // Sending the rest of one's own recording is no claim; going on with another device's is.
    if (take.leaseSessionId !== candidate.sessionId) await this.claim(tx, candidate, request);
    const segments = await tx.segments.list(take.id);
    if (segments.length >= limits.takeMaxSegments) throw new AppError('take_too_large');
    await tx.takes.takeOver(take.id, uuidv7(), candidate.sessionId, this.clock.now());
  }

  private claim(
    tx: TenantContext,
    candidate: CandidateActor,
    request: OpenTake,
  ): Promise<{ heldBefore: boolean }> {
    const place = { questionId: request.questionId, recording: true };
    const choice = { takeOver: request.takeOver ?? false, now: this.clock.now() };
    return claimInterview(tx, candidate, place, choice);
  }

  private lease(take: TakeRow, question: CandidateQuestionRow): TakeLease {
    return {
      takeId: take.id,
      lease: take.lease,
      nextSegment: take.nextSegment,
      takeNumber: take.number,
      serverNow: this.clock.now().toISOString(),
      startedAt: take.startedAt.toISOString(),
      recordingEndsAt: take.recordingEndsAt.toISOString(),
      uploadsEndAt: uploadsEndOf(take, question.deadlineAt)?.toISOString() ?? null,
      limits: {
        chunkMaxBytes: limits.chunkMaxBytes,
        takeMaxChunks: limits.takeMaxChunks,
        takeMaxSegments: limits.takeMaxSegments,
        takeMaxBytes: takeMaxBytes(recordingSeconds(take)),
        answerSeconds: question.answerSeconds,
        graceSeconds: limits.graceSeconds,
      },
    };
  }
}
