import { Database, type CandidateIdentity } from '@fairtake/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { hashToken, newToken } from './tokens';

/** Status and own data stay reachable until erasure; a browser that comes back often keeps its session. */
export const candidateSessionMs = 180 * 24 * 60 * 60 * 1000;
const touchEveryMs = 10 * 60 * 1000;

/** Candidate sessions: each is bound to one interview, and ends when its invitation is revoked. */
@Injectable()
export class CandidateSessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Opens a session after the invitation's token was checked. @returns the cookie's token */
  async open(invitation: {
    organisationId: string;
    interviewId: string;
    invitationId: string;
  }): Promise<string> {
    const token = newToken();
    const { organisationId, interviewId, invitationId } = invitation;
    await this.database.ops.candidateSessions.create({
      ...{ organisationId, interviewId, invitationId },
      tokenHash: hashToken(token),
      expiresAt: new Date(this.clock.now().getTime() + candidateSessionMs),
    });
    return token;
  }

  /** Which interview the token opens; null when there is none any more. */
  async find(token: string | null): Promise<CandidateIdentity | null> {
    if (token === null) return null;
    const now = this.clock.now();
    const identity = await this.database.ops.candidateSessions.findByTokenHash(hashToken(token), now);
    if (identity && now.getTime() - identity.lastSeenAt.getTime() > touchEveryMs)
      await this.database.ops.candidateSessions.touch(identity, { at: now });
    return identity;
  }
}
