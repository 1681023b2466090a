import type { CandidateAnswer, ReturnTake, TakeStatus } from '@fairtake/contracts';
import { Database, type TakeRow, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { candidateAnswer } from '../candidate/candidate-answer.mapper';
import { requireOpenInterview } from '../candidate/open-interview';
import { submitInterview } from '../candidate/submit-interview';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { publishTake } from './publish-take';
import { recordFault } from './take-faults';
import { requireNotElsewhere } from './take-rules';
import { heldSegment } from './take-status.mapper';

/** What becomes of a take after it was recorded. */
@Injectable()
export class TakeKeepingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  status(candidate: CandidateActor, takeId: string): Promise<TakeStatus> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const take = await tx.takes.find(candidate.interviewId, takeId);
      if (!take) throw new AppError('not_found');
      const [segments, chunks] = [await tx.segments.list(takeId), await tx.segments.chunks(takeId)];
      return {
        takeId,
        questionId: take.questionId,
        state: take.state,
        segments: segments.map((segment) => heldSegment(segment.number, chunks)),
      };
    });
  }

  /** Makes the take the answer, whatever was kept before; when it was the last one of an automatic position, sends all. */
  keep(candidate: CandidateActor, takeId: string): Promise<CandidateAnswer> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await tx.interviews.lock(interviewId);
      const take = await this.requireTake(tx, interviewId, takeId);
      // The same request again, maybe after the interview was sent by it.
      if ((await tx.answers.find(take.answerId))?.keptTakeId === takeId) return this.answerOf(tx, take);
      const { interview } = await requireOpenInterview(tx, interviewId, take.questionId);
      if (!(await tx.takes.keep(take.answerId, takeId))) throw new AppError('take_not_finalised');
      await publishTake(tx, take);
      await tx.interviews.freezeRubric(interview.positionId);
      if (interview.autoSubmit) await submitInterview(tx, interview, this.clock.now(), 'last_answer');
      return this.answerOf(tx, take);
    });
  }

  /** A technical fault ended the take: it does not count. Evidence stays for recruiter and candidate. */
  returnTake(
    candidate: CandidateActor,
    takeId: string,
    { reason, userAgent }: ReturnTake & { userAgent: string },
  ): Promise<CandidateAnswer> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await tx.interviews.lock(interviewId);
      const take = await this.requireTake(tx, interviewId, takeId);
      await requireOpenInterview(tx, interviewId, take.questionId);
      requireNotElsewhere(take, candidate, this.clock.now());
      if (take.state !== 'returned') {
        if (!(await tx.takes.move(takeId, 'returned', reason))) throw new AppError('take_closed');
        const witness = { source: 'candidate', userAgent } as const;
        await recordFault(tx, take, { reason, witness, now: this.clock.now() });
        await tx.audit.record({
          actor: { kind: 'candidate', id: interviewId },
          action: 'take.returned',
          subjectKind: 'take',
          subjectId: takeId,
          detail: { reason },
        });
      }
      return this.answerOf(tx, take);
    });
  }

  private async requireTake(tx: TenantContext, interviewId: string, takeId: string): Promise<TakeRow> {
    const take = await tx.takes.find(interviewId, takeId);
    if (!take) throw new AppError('not_found');
    return take;
  }

  private async answerOf(tx: TenantContext, take: TakeRow): Promise<CandidateAnswer> {
    const answers = await tx.answers.listOfInterview(take.interviewId);
    return candidateAnswer(
      answers.find((answer) => answer.id === take.answerId)!,
      {
        takes: await tx.takes.listOfInterview(take.interviewId),
        faults: await tx.takeFaults.listOfInterview(take.interviewId),
        now: this.clock.now(),
      },
    );
  }
}
