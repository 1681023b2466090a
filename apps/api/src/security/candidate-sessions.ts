import { Database, type CandidateIdentity } from '@fairtake/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { hashToken } from './tokens';

const touchEveryMs = 10 * 60 * 1000;

/** Candidate sessions: each is bound to one interview, and ends when its invitation is revoked. */
@Injectable()
export class CandidateSessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

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
