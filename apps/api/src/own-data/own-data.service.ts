import type { InterviewProgress, OwnData } from '@fairtake/contracts';
import { Database } from '@fairtake/database';
import { deadlineCalendar, interviewMinutes, textFor } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { questionsFor } from '../candidate/open-interview';
import { shownDeadlineOf } from '../candidate/shown-deadline';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { calendarWords } from './calendar-words';

/** What is held of a candidate, told to themselves; and the end they may put to their interview. */
@Injectable()
export class OwnDataService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  show(candidate: CandidateActor): Promise<OwnData> {
    return this.database.inOrganisation(
      candidate.organisationId,
      async (tx) => {
        const person = await tx.candidateData.person(candidate.interviewId);
        if (!person) throw new AppError('not_found');
        const takes = await tx.candidateData.takes(candidate.interviewId);
        const responses = await tx.candidateData.responses(candidate.interviewId);
        return {
          name: person.name,
          email: person.email,
          consents: person.consents.map((consent) => ({
            ...consent,
            givenAt: new Date(consent.givenAt).toISOString(),
          })),
          takes: takes.map(({ durationMs, startedAt, ...take }) => ({
            ...take,
            startedAt: startedAt.toISOString(),
            durationSeconds: durationMs === null ? null : durationMs / 1000,
          })),
          responses: responses.map((response) => ({
            ...response,
            savedAt: response.savedAt.toISOString(),
          })),
        };
      },
      { readOnly: true },
    );
  }

  progress(candidate: CandidateActor): Promise<InterviewProgress> {
    return this.database.inOrganisation(
      candidate.organisationId,
      async (tx) => {
        if (!(await tx.interviews.find(candidate.interviewId))) throw new AppError('not_found');
        const { reviewStartedAt, withdrawnAt } = await tx.candidateData.progress(candidate.interviewId);
        return {
          reviewStartedAt: reviewStartedAt?.toISOString() ?? null,
          withdrawnAt: withdrawnAt?.toISOString() ?? null,
        };
      },
      { readOnly: true },
    );
  }

  /** The deadline that the page shows as a calendar file, in the language of the page. */
  calendar(candidate: CandidateActor, locale: string): Promise<string> {
    return this.database.inOrganisation(
      candidate.organisationId,
      async (tx) => {
        const interview = await tx.interviews.find(candidate.interviewId);
        const now = this.clock.now();
        const deadlineAt = interview && shownDeadlineOf(interview, now);
        if (!deadlineAt) throw new AppError('not_found');
        const { organisation, id } = interview;
        const words = calendarWords(locale);
        const title = textFor(interview.title, locale);
        return deadlineCalendar({
          ...{ uid: id, deadlineAt, now },
          minutes: interviewMinutes(await questionsFor(tx, interview)),
          summary: words.summary(title, organisation),
          description: words.description(organisation),
        });
      },
      { readOnly: true },
    );
  }

  /** Ends the interview for good: no recording, no review. Again is harmless. What is held stays until it is erased. */
  withdraw(candidate: CandidateActor): Promise<void> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await tx.interviews.lock(interviewId);
      if (!(await tx.interviews.find(interviewId))) throw new AppError('not_found');
      const now = this.clock.now();
      if (!(await tx.candidateData.withdraw(interviewId, now))) return;
      await tx.devices.revokeCode(interviewId, now);
      await tx.devices.release(interviewId);
      await tx.audit.record({
        actor: { kind: 'candidate', id: interviewId },
        action: 'interview.withdrawn',
        subjectKind: 'interview',
        subjectId: interviewId,
      });
    });
  }
}
