import { Database, type InvitationRecord } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { FailureLimits, linkKeys } from '../security/failure-limits';
import { hashToken, newToken } from '../security/tokens';

/** Long enough for the status page to follow a slow decision; opening the link again gives a new one. */
export const candidateSessionMs = 90 * 24 * 60 * 60 * 1000;

/** Turns the token of an invitation link into a cookie. */
@Injectable()
export class CandidateSessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly failures: FailureLimits,
  ) {}

  /** Unknown and revoked links answer alike; only the holder of a genuine expired one learns its date. */
  async open(token: string, address: string): Promise<{ interviewId: string; sessionToken: string }> {
    const invitation = await this.failures.attempt(linkKeys(address), () => this.find(token));
    await this.requireInTime(invitation);
    const sessionToken = newToken();
    await this.database.ops.candidateSessions.create({
      organisationId: invitation.organisationId,
      interviewId: invitation.interviewId,
      invitationId: invitation.invitationId,
      tokenHash: hashToken(sessionToken),
      expiresAt: new Date(this.clock.now().getTime() + candidateSessionMs),
    });
    return { interviewId: invitation.interviewId, sessionToken };
  }

  private async find(token: string): Promise<InvitationRecord> {
    const invitation = await this.database.ops.invitations.findByTokenHash(hashToken(token));
    if (!invitation || invitation.revokedAt) throw new AppError('link_unknown');
    return invitation;
  }

  /** A sent interview stays reachable for its status after the link has ended. */
  private requireInTime(invitation: InvitationRecord): Promise<void> {
    return this.database.inOrganisation(invitation.organisationId, async (tx) => {
      const interview = await tx.interviews.find(invitation.interviewId);
      if (!interview) throw new AppError('link_unknown');
      const expired = invitation.expiresAt !== null && invitation.expiresAt <= this.clock.now();
      if (expired && interview.state !== 'submitted')
        throw new AppError('link_expired', { expiredAt: invitation.expiresAt!.toISOString() });
      await tx.interviews.markOpened(interview.id);
    });
  }
}
