import type { SessionView, SignIn } from '@fairtake/contracts';
import { Database, type AccountRecord, type MembershipRecord } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { FailureLimits, signInKeys } from '../security/failure-limits';
import { Passwords } from '../security/passwords';
import { toSessionView } from './session.mapper';
import { StaffSessions } from '../security/staff-sessions';

/** A new session: the token goes into the cookie, the view to the page. */
export interface OpenedSession {
  token: string;
  view: SessionView;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly sessions: StaffSessions,
    private readonly passwords: Passwords,
    private readonly limits: FailureLimits,
  ) {}

  /** @throws AppError sign_in_refused (the same for every reason), too_many_requests */
  async signIn(request: SignIn, address: string, previousToken: string | null): Promise<OpenedSession> {
    const opened = await this.limits.attempt(signInKeys(request.email, address), async () => {
      const account = await this.database.ops.accounts.findByEmail(request.email);
      const matches = await this.passwords.verify(account?.passwordHash ?? null, request.password);
      if (!account || !matches) throw new AppError('sign_in_refused');
      return this.openFor(account, request.organisationId);
    });
    await this.end(previousToken);
    return opened;
  }

  /** Opens a session of an account that has just proved itself, in one organisation or the last one used. */
  async openFor(
    account: Pick<AccountRecord, 'accountId' | 'name' | 'email'>,
    organisationId?: string,
  ): Promise<OpenedSession> {
    const memberships = await this.database.ops.accounts.memberships(account.accountId);
    const membership = pick(memberships, organisationId);
    if (!membership) throw new AppError('sign_in_refused');
    const token = await this.sessions.open({ ...membership, accountId: account.accountId });
    return {
      token,
      view: toSessionView({ ...membership, name: account.name, email: account.email }, memberships),
    };
  }

  /** @throws AppError signed_out */
  async show(token: string | null): Promise<SessionView> {
    const identity = await this.sessions.find(token);
    if (!identity) throw new AppError('signed_out');
    return toSessionView(identity, await this.database.ops.accounts.memberships(identity.accountId));
  }

  /** A session of another of one's organisations under a new token; the old session ends. */
  async switchTo(organisationId: string, token: string | null): Promise<OpenedSession> {
    const identity = await this.sessions.find(token);
    if (!identity) throw new AppError('signed_out');
    const memberships = await this.database.ops.accounts.memberships(identity.accountId);
    if (!pick(memberships, organisationId)) throw new AppError('not_found');
    const opened = await this.openFor(identity, organisationId);
    await this.sessions.close(identity);
    return opened;
  }

  /** Ends the session of a token, if it stands for one. */
  async end(token: string | null): Promise<void> {
    const identity = await this.sessions.find(token);
    if (identity) await this.sessions.close(identity);
  }
}

const pick = (
  memberships: readonly MembershipRecord[],
  organisationId?: string,
): MembershipRecord | undefined =>
  organisationId === undefined
    ? memberships[0]
    : memberships.find((membership) => membership.organisationId === organisationId.toLowerCase());
