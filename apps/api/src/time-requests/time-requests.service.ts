import { limits, type TimeRequestView } from '@fairtake/contracts';
import { Database, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { moveDeadline } from '../adjustments/person.service';
import { Clock } from '../infrastructure.module';
import type { CandidateActor, MemberActor } from '../security/actors';
import { FailureLimits, linkKeys } from '../security/failure-limits';
import { hashToken } from '../security/tokens';
import { timeRequestView } from './time-requests.mapper';

/** More time, asked for by candidates and granted by recruiters. */
@Injectable()
export class TimeRequestsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly failures: FailureLimits,
  ) {}

  ask(candidate: CandidateActor): Promise<TimeRequestView> {
    return this.database.inOrganisation(candidate.organisationId, (tx) =>
      this.askFor(tx, candidate.interviewId),
    );
  }

  /** From a link that has expired: it still proves who asks. Unknown and revoked links answer alike. */
  async askByLink(token: string, address: string): Promise<TimeRequestView> {
    const invitation = await this.failures.attempt(linkKeys(address), async () => {
      const found = await this.database.ops.invitations.findByTokenHash(hashToken(token));
      if (!found || found.revokedAt) throw new AppError('link_unknown');
      return found;
    });
    return this.database.inOrganisation(invitation.organisationId, (tx) =>
      this.askFor(tx, invitation.interviewId),
    );
  }

  /** @param until the new deadline; null declines */
  decide(member: MemberActor, interviewId: string, requestId: string, until: Date | null): Promise<void> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const now = this.clock.now();
      if (!(await tx.interviews.find(interviewId))) throw new AppError('not_found');
      if (!(await tx.timeRequests.exists(interviewId, requestId))) throw new AppError('not_found');
      if (until) await moveDeadline(tx, member, interviewId, { deadlineAt: until, now });
      const decision = { until, at: now, by: member.memberId };
      if (!(await tx.timeRequests.decide(interviewId, requestId, decision)))
        throw new AppError('state_conflict');
      await tx.audit.record({
        actor: { kind: 'member', id: member.memberId },
        action: until ? 'time.granted' : 'time.declined',
        subjectKind: 'interview',
        subjectId: interviewId,
      });
    });
  }

  /** One request is open at a time: asking again gives the open one. */
  private async askFor(tx: TenantContext, interviewId: string): Promise<TimeRequestView> {
    await tx.interviews.lock(interviewId);
    const interview = await tx.interviews.find(interviewId);
    if (!interview) throw new AppError('link_unknown');
    const present = await tx.timeRequests.list(interviewId);
    const open = present.find((request) => request.state === 'asked');
    if (open) return timeRequestView(open);
    if (interview.state !== 'invited' && interview.state !== 'started')
      throw new AppError('interview_closed');
    // Without a deadline there is nothing to ask for.
    if (interview.deadlineAt === null) throw new AppError('state_conflict');
    if (present.length >= limits.timeRequestsMax) throw new AppError('time_requests_used_up');
    await tx.timeRequests.ask({ id: uuidv7(), interviewId, at: this.clock.now() });
    await tx.audit.record({
      actor: { kind: 'candidate', id: interviewId },
      action: 'time.asked',
      subjectKind: 'interview',
      subjectId: interviewId,
    });
    return timeRequestView((await tx.timeRequests.list(interviewId))[0]!);
  }
}
