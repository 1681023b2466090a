import type { InterviewPerson } from '@fairtake/contracts';
import { Database, type TakeFaultOfQuestionRow, type TenantContext } from '@fairtake/database';
import { noAdjustment } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { shownDeadlineOf } from '../candidate/shown-deadline';
import { Clock } from '../infrastructure.module';
import type { MemberActor } from '../security/actors';
import { timeRequestView } from '../time-requests/time-requests.mapper';
import { adjustmentRequests } from './adjustments.mapper';

/** One candidate's time, adjustments and technical events, for recruiters. */
@Injectable()
export class PersonService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  show(member: MemberActor, interviewId: string): Promise<InterviewPerson> {
    return this.database.inOrganisation(member.organisationId, (tx) => this.view(tx, interviewId));
  }

  /** Gives one person a deadline of their own; an open request for more time is answered by it. */
  setDeadline(member: MemberActor, interviewId: string, deadlineAt: Date): Promise<InterviewPerson> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const now = this.clock.now();
      await moveDeadline(tx, member, interviewId, { deadlineAt, now });
      await tx.timeRequests.decide(interviewId, null, { until: deadlineAt, at: now, by: member.memberId });
      return this.view(tx, interviewId);
    });
  }

  private async view(tx: TenantContext, interviewId: string): Promise<InterviewPerson> {
    const interview = await tx.interviews.find(interviewId);
    if (!interview) throw new AppError('not_found');
    const { id, candidateName, state, timeZone, adjustmentPolicy, adjustmentKinds } = interview;
    return {
      interviewId: id,
      name: candidateName,
      state,
      deadlineAt: shownDeadlineOf(interview, this.clock.now())?.toISOString() ?? null,
      deadlinePaused: interview.pausedFrom !== null,
      timeZone,
      policy: adjustmentPolicy,
      offered: adjustmentKinds,
      granted: (await tx.adjustments.granted(id)) ?? noAdjustment,
      adjustmentRequests: adjustmentRequests(await tx.adjustments.requests(id)),
      timeRequests: (await tx.timeRequests.list(id)).map(timeRequestView),
      events: (await tx.takeFaults.listWithQuestions(id)).map(technicalEvent),
    };
  }
}

function technicalEvent({ happenedAt, startedAt, ...fault }: TakeFaultOfQuestionRow) {
  return { ...fault, at: happenedAt.toISOString(), startedAt: startedAt.toISOString() };
}

/**
 * Moves one person's deadline, in force everywhere at once: page, takes, sweep and link.
 *
 * @throws AppError not_found, state_conflict when the interview was sent or withdrawn, body_invalid for the past
 */
export async function moveDeadline(
  tx: TenantContext,
  member: MemberActor,
  interviewId: string,
  { deadlineAt, now }: { deadlineAt: Date; now: Date },
): Promise<void> {
  await tx.interviews.lock(interviewId);
  const interview = await tx.interviews.find(interviewId);
  if (!interview) throw new AppError('not_found');
  if (interview.state !== 'invited' && interview.state !== 'started') throw new AppError('state_conflict');
  if (deadlineAt <= now)
    throw new AppError('body_invalid', { errors: [{ pointer: '/deadlineAt', detail: 'is in the past' }] });
  await tx.deadlines.set(interviewId, deadlineAt, now);
  await tx.audit.record({
    actor: { kind: 'member', id: member.memberId },
    action: 'interview.deadline_set',
    subjectKind: 'interview',
    subjectId: interviewId,
    detail: {
      from: interview.plannedDeadlineAt?.toISOString() ?? null,
      to: deadlineAt.toISOString(),
    },
  });
}
