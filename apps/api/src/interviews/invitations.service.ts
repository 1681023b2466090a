import { randomBytes } from 'node:crypto';
import type { InvitationLink, InviteCandidate } from '@fairtake/contracts';
import { Database, violatedUnique, type TenantContext } from '@fairtake/database';
import { referenceFrom } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ApiConfig } from '../config';
import { API_CONFIG, Clock } from '../infrastructure.module';
import type { MemberActor } from '../security/actors';
import { hashToken, newToken } from '../security/tokens';

/** Makes, renews and ends the links that open interviews. A link is shown once; only its hash is kept. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  async invite(member: MemberActor, positionId: string, request: InviteCandidate): Promise<InvitationLink> {
    try {
      return await this.inviteOnce(member, positionId, request).catch((error: unknown) => {
        // References are drawn by lot: a second draw is as good as certain to be free.
        if (violatedUnique(error) !== 'uq_interview_reference') throw error;
        return this.inviteOnce(member, positionId, request);
      });
    } catch (error) {
      if (violatedUnique(error) === 'uq_interview_attempt') throw new AppError('already_invited');
      throw error;
    }
  }

  private inviteOnce(
    member: MemberActor,
    positionId: string,
    request: InviteCandidate,
  ): Promise<InvitationLink> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const position = await tx.positions.find(positionId);
      if (!position) throw new AppError('not_found');
      if (position.state !== 'open') throw new AppError('position_not_open');
      requireOffered(position.draft.languages, request.locale);
      const ownDeadline = request.deadlineAt ? new Date(request.deadlineAt) : null;
      const deadlineAt =
        ownDeadline ?? (position.draft.deadlineAt ? new Date(position.draft.deadlineAt) : null);
      if (deadlineAt && deadlineAt <= this.clock.now())
        throw new AppError('body_invalid', {
          errors: [{ pointer: '/deadlineAt', detail: 'is in the past' }],
        });
      const candidateId = await tx.invitations.candidateId({
        id: uuidv7(),
        name: request.name,
        email: request.email ?? null,
        locale: request.locale,
      });
      const interviewId = uuidv7();
      await tx.invitations.createInterview({
        id: interviewId,
        positionId,
        candidateId,
        locale: request.locale,
        reference: referenceFrom(randomBytes(7)),
        deadlineAt: ownDeadline,
        invitedBy: member.memberId,
      });
      return this.issue(tx, member, interviewId, deadlineAt, 'invitation.created');
    });
  }

  /** A new link in place of the old one, which stops working at once. */
  reissue(member: MemberActor, interviewId: string): Promise<InvitationLink> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const interview = await tx.interviews.find(interviewId);
      if (!interview) throw new AppError('not_found');
      await tx.interviews.lock(interviewId);
      await tx.invitations.revoke(interviewId);
      return this.issue(tx, member, interviewId, interview.plannedDeadlineAt, 'invitation.reissued');
    });
  }

  revoke(member: MemberActor, interviewId: string): Promise<void> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      if (!(await tx.interviews.find(interviewId))) throw new AppError('not_found');
      const revoked = await tx.invitations.revoke(interviewId);
      if (revoked > 0) await this.audit(tx, member, interviewId, 'invitation.revoked');
    });
  }

  private async issue(
    tx: TenantContext,
    member: MemberActor,
    interviewId: string,
    expiresAt: Date | null,
    action: string,
  ): Promise<InvitationLink> {
    const token = newToken();
    await tx.invitations.create({ id: uuidv7(), interviewId, tokenHash: hashToken(token), expiresAt });
    await this.audit(tx, member, interviewId, action);
    // The token stands in the fragment: it reaches no server log and no referrer.
    const link = `${this.config.http.publicUrl}/i#${token}`;
    return { interviewId, link, expiresAt: expiresAt?.toISOString() ?? null };
  }

  private audit(tx: TenantContext, member: MemberActor, interviewId: string, action: string): Promise<void> {
    return tx.audit.record({
      actor: { kind: 'member', id: member.memberId },
      action,
      subjectKind: 'interview',
      subjectId: interviewId,
    });
  }
}

function requireOffered(languages: readonly string[], locale: string): void {
  if (!languages.includes(locale))
    throw new AppError('body_invalid', {
      errors: [{ pointer: '/locale', detail: 'is not a language of this position' }],
    });
}
