import { Database, type InterviewRow, type InvitationRecord, type TenantContext } from '@fairtake/database';
import { nameDevice } from '@fairtake/domain';
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
  async open(
    token: string,
    from: { address: string; userAgent: string; present: (interviewId: string) => string | null },
  ): Promise<{ interviewId: string; sessionToken: string }> {
    const invitation = await this.failures.attempt(linkKeys(from.address), () => this.find(token));
    await this.requireInTime(invitation);
    const { interviewId } = invitation;
    const present = from.present(interviewId);
    if (present !== null && (await this.prolong(present, invitation)))
      return { interviewId, sessionToken: present };
    const sessionToken = newToken();
    const { browser, system } = nameDevice(from.userAgent);
    await this.database.ops.candidateSessions.create({
      organisationId: invitation.organisationId,
      interviewId: invitation.interviewId,
      invitationId: invitation.invitationId,
      tokenHash: hashToken(sessionToken),
      deviceBrowser: browser,
      deviceSystem: system,
      expiresAt: this.end(),
    });
    return { interviewId, sessionToken };
  }

  /** @returns false when the cookie's session is not one of this invitation, or over */
  private async prolong(sessionToken: string, invitation: InvitationRecord): Promise<boolean> {
    const at = this.clock.now();
    const session = await this.database.ops.candidateSessions.findByTokenHash(hashToken(sessionToken), at);
    if (session?.invitationId !== invitation.invitationId) return false;
    await this.database.ops.candidateSessions.touch(session, { at, expiresAt: this.end() });
    return true;
  }

  private end(): Date {
    return new Date(this.clock.now().getTime() + candidateSessionMs);
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
      const now = this.clock.now();
      // A link ends with the deadline; pauses move that without touching the link.
      const expired =
        invitation.expiresAt !== null &&
        invitation.expiresAt <= now &&
        (interview.deadlineAt === null || interview.deadlineAt <= now);
      if (expired && interview.state !== 'submitted') throw await linkExpired(tx, invitation, interview);
      await tx.interviews.markOpened(interview.id);
    });
  }
}

/** With its date, and with what became of asking for more time: its holder is shown both. */
async function linkExpired(
  tx: TenantContext,
  invitation: InvitationRecord,
  interview: InterviewRow,
): Promise<AppError> {
  const [request] = await tx.timeRequests.list(interview.id);
  const expiredAt = (interview.deadlineAt ?? invitation.expiresAt)!.toISOString();
  const answered = request && request.state !== 'granted' ? { timeRequest: request.state } : {};
  return new AppError('link_expired', { expiredAt, ...answered });
}
