import type { AdjustmentChoice, CandidateInterview } from '@fairtake/contracts';
import { Database, type InterviewRow, type TenantContext } from '@fairtake/database';
import { goesBeyond, mayStartTake, noAdjustment, usedKinds, withoutLeave } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { viewInterview } from '../candidate/view-interview';
import type { ApiConfig } from '../config';
import { API_CONFIG, Clock } from '../infrastructure.module';
import type { CandidateActor, MemberActor } from '../security/actors';

/** Changes limits for one person: by themselves where the position allows it, else with a recruiter's leave. */
@Injectable()
export class AdjustmentsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /**
   * Takes a whole choice. How the page looks, and anything no further than what is granted, applies at once. The rest
   * applies at once too where the position leaves it to candidates; else it becomes the one open request, and the
   * deadline stands still until that is answered. No reason is asked.
   */
  choose(candidate: CandidateActor, wanted: AdjustmentChoice): Promise<CandidateInterview> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId } = candidate;
      await tx.interviews.lock(interviewId);
      const interview = await requireUnsent(tx, interviewId);
      const now = this.clock.now();
      const granted = (await tx.adjustments.granted(interviewId)) ?? noAdjustment;
      const beyond = goesBeyond(wanted, granted);
      if (beyond) this.requireOffered(interview, granted, wanted, now);
      const atOnce = beyond && interview.adjustmentPolicy === 'ask' ? withoutLeave(wanted, granted) : wanted;
      await tx.adjustments.grant(interviewId, uuidv7(), atOnce, { at: now, by: null });
      const asks = beyond && interview.adjustmentPolicy === 'ask';
      if (asks) await tx.adjustments.ask({ id: uuidv7(), interviewId, wanted, at: now });
      else await this.takeBack(tx, interviewId, now);
      await this.audit(tx, { kind: 'candidate', id: interviewId }, asks ? 'asked' : 'chosen', interviewId);
      return viewInterview(tx, candidate, now, this.config.capture);
    });
  }

  /** Answers an open request in whole or in part; declining changes nothing but ends the pause. */
  decide(
    member: MemberActor,
    interviewId: string,
    requestId: string,
    granted: AdjustmentChoice | null,
  ): Promise<void> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      await tx.interviews.lock(interviewId);
      const interview = await tx.interviews.find(interviewId);
      if (!interview) throw new AppError('not_found');
      if (!isUnsent(interview)) throw new AppError('state_conflict');
      const requests = await tx.adjustments.requests(interviewId);
      const request = requests.find((each) => each.id === requestId);
      if (!request) throw new AppError('not_found');
      const before = (await tx.adjustments.granted(interviewId)) ?? noAdjustment;
      if (granted && goesBeyond(granted, request.wanted) && goesBeyond(granted, before))
        throw new AppError('body_invalid', {
          errors: [{ pointer: '/granted', detail: 'goes beyond what was asked' }],
        });
      const now = this.clock.now();
      const state = granted ? 'granted' : 'declined';
      const decision = { state, granted, at: now, by: member.memberId } as const;
      if (!(await tx.adjustments.decide(interviewId, requestId, decision)))
        throw new AppError('state_conflict');
      if (granted)
        await tx.adjustments.grant(
          interviewId,
          uuidv7(),
          // How the page looks stays the person's own affair.
          { ...granted, ...looksOf(before) },
          { at: now, by: member.memberId },
        );
      await this.audit(tx, { kind: 'member', id: member.memberId }, state, interviewId);
    });
  }

  private requireOffered(
    interview: InterviewRow,
    granted: AdjustmentChoice,
    wanted: AdjustmentChoice,
    now: Date,
  ): void {
    if (!mayStartTake(now.getTime(), interview.deadlineAt?.getTime() ?? null))
      throw new AppError('interview_over');
    const before = usedKinds(granted);
    const refused = usedKinds(wanted).find(
      (kind) => !interview.adjustmentKinds.includes(kind) && !before.includes(kind),
    );
    if (refused) throw new AppError('adjustment_not_offered', { errors: [{ pointer: '', detail: refused }] });
  }

  private async takeBack(tx: TenantContext, interviewId: string, now: Date): Promise<void> {
    const open = (await tx.adjustments.requests(interviewId)).find((each) => each.state === 'asked');
    if (open)
      await tx.adjustments.decide(interviewId, open.id, {
        ...{ state: 'withdrawn', granted: null, at: now, by: null },
      });
  }

  private audit(
    tx: TenantContext,
    actor: { kind: 'candidate' | 'member'; id: string },
    what: string,
    interviewId: string,
  ): Promise<void> {
    // What was chosen can tell of a disability: the row names the act, never the content.
    return tx.audit.record({
      actor,
      action: `adjustment.${what}`,
      subjectKind: 'interview',
      subjectId: interviewId,
    });
  }
}

const looksOf = ({ largerText, reducedMotion, hideCountdown }: AdjustmentChoice) => ({
  ...{ largerText, reducedMotion, hideCountdown },
});

/** @throws AppError not_found, interview_closed */
async function requireUnsent(tx: TenantContext, interviewId: string): Promise<InterviewRow> {
  const interview = await tx.interviews.find(interviewId);
  if (!interview) throw new AppError('not_found');
  if (!isUnsent(interview)) throw new AppError('interview_closed');
  return interview;
}

const isUnsent = ({ state }: InterviewRow): boolean => state === 'invited' || state === 'started';
