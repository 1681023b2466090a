import { Database, type StaffIdentity } from '@fairtake/database';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { hashToken, newToken } from './tokens';

const idleMs = 2 * 60 * 60 * 1000;
/** However busy a session is, it ends after a working day. */
export const sessionAbsoluteMs = 12 * 60 * 60 * 1000;
/** `last_seen_at` is written at most once a minute: reviewers make many requests, and idle counts in hours. */
const touchEveryMs = 60 * 1000;

/** Staff sessions: opaque tokens in the browser, their hashes and the truth in the database. */
@Injectable()
export class StaffSessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Opens a session of one membership. @returns the cookie's token */
  async open(member: { organisationId: string; accountId: string; memberId: string }): Promise<string> {
    const token = newToken();
    const { organisationId, accountId, memberId } = member;
    await this.database.ops.sessions.create({
      ...{ organisationId, accountId, memberId },
      tokenHash: hashToken(token),
      expiresAt: new Date(this.clock.now().getTime() + sessionAbsoluteMs),
    });
    return token;
  }

  /** Who the token stands for now: role and membership are read each time. Null when it has ended. */
  async find(token: string | null): Promise<StaffIdentity | null> {
    if (token === null) return null;
    const now = this.clock.now();
    const identity = await this.database.ops.sessions.findByTokenHash(hashToken(token), now);
    if (!identity) return null;
    const idleForMs = now.getTime() - identity.lastSeenAt.getTime();
    if (idleForMs > idleMs) {
      await this.close(identity);
      return null;
    }
    if (idleForMs > touchEveryMs) await this.database.ops.sessions.touch(identity, { at: now });
    return identity;
  }

  async close(identity: Pick<StaffIdentity, 'organisationId' | 'sessionId'>): Promise<void> {
    await this.database.ops.sessions.delete(identity);
  }
}
