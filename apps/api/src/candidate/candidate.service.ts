import { randomUUID } from 'node:crypto';
import type {
  CandidateAnswer,
  CandidateInterview,
  GiveConsent,
  SubmittedInterview,
} from '@fairtake/contracts';
import { Database } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ApiConfig } from '../config';
import { API_CONFIG, Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { candidateAnswer } from './candidate-answer.mapper';
import { requireOpenInterview } from './open-interview';
import { submitInterview } from './submit-interview';
import { viewInterview } from './view-interview';

/** The interview as its candidate goes through it, apart from the recordings themselves. */
@Injectable()
export class CandidateService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  show(candidate: CandidateActor): Promise<CandidateInterview> {
    return this.database.inOrganisation(candidate.organisationId, (tx) =>
      viewInterview(tx, candidate, this.clock.now(), this.config.capture),
    );
  }

  /** Only the notice in force can be agreed to; agreeing again changes nothing. */
  consent(candidate: CandidateActor, request: GiveConsent): Promise<CandidateInterview> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await tx.interviews.lock(interviewId);
      const interview = await tx.interviews.find(interviewId);
      if (!interview) throw new AppError('not_found');
      const notice = await tx.interviews.noticeInForce();
      if (notice.id !== request.noticeId) throw new AppError('state_conflict');
      if (interview.positionState !== 'open' && interview.state === 'invited')
        throw new AppError('position_not_open');
      const { retentionDays } = interview;
      if (
        await tx.interviews.consent({
          id: uuidv7(),
          interviewId,
          notice,
          locale: request.locale,
          retentionDays,
        })
      )
        await tx.audit.record({
          actor: { kind: 'candidate', id: interviewId },
          action: 'consent.given',
          subjectKind: 'notice',
          subjectId: notice.id,
          detail: { version: notice.version, locale: request.locale, retentionDays },
        });
      await tx.interviews.start(interviewId, request.locale);
      return viewInterview(tx, candidate, this.clock.now(), this.config.capture);
    });
  }

  /** Opens a question: its think time runs on the server's clock from the first time on. */
  openQuestion(candidate: CandidateActor, questionId: string): Promise<CandidateAnswer> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await requireOpenInterview(tx, interviewId, questionId);
      const answer = await tx.answers.open({
        // Reviewers meet this id beside a pseudonym: unlike our other ids it must not tell the time.
        ...{ id: randomUUID(), interviewId, questionId },
        at: this.clock.now(),
      });
      return candidateAnswer(answer, {
        takes: await tx.takes.listOfInterview(interviewId),
        faults: await tx.takeFaults.listOfInterview(interviewId),
        now: this.clock.now(),
      });
    });
  }

  /** Sends the interview; sending twice gives the first receipt again. */
  submit(candidate: CandidateActor): Promise<SubmittedInterview> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      await tx.interviews.lock(candidate.interviewId);
      const interview = await tx.interviews.find(candidate.interviewId);
      if (!interview) throw new AppError('not_found');
      if (interview.state !== 'submitted') await submitInterview(tx, interview, this.clock.now(), 'asked');
      const sent = (await tx.interviews.find(candidate.interviewId))!;
      return {
        reference: sent.reference,
        submittedAt: sent.submittedAt!.toISOString(),
        replyPromisedAt: sent.replyPromisedAt!.toISOString(),
      };
    });
  }
}
