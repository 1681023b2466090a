import type { AcceptAccountLink, AccountLinkView, SetUpInstallation } from '@fairtake/contracts';
import { Database, type AccountLinkRecord, type MemberLinkRecord } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import type * as z from 'zod';
import { Clock } from '../infrastructure.module';
import { FailureLimits, linkKeys, signInKeys } from '../security/failure-limits';
import { Passwords } from '../security/passwords';
import { hashToken } from '../security/tokens';
import { SessionService, type OpenedSession } from '../session/session.service';
import { toAccountLinkView } from './account-links.mapper';

/** One-time links: the first organisation, a member's invitation, a new password. */
@Injectable()
export class AccountLinksService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly passwords: Passwords,
    private readonly limits: FailureLimits,
    private readonly clock: Clock,
  ) {}

  /** What a link is for. Changes nothing, so previews of the page cost nobody their link. */
  async open(token: string, address: string): Promise<AccountLinkView> {
    return toAccountLinkView(await this.find(token, address));
  }

  /**
   * Joins a member, or sets a new password, and signs in. The browser's earlier session ends, whoever's it is.
   *
   * @throws AppError link_unknown, link_expired, sign_in_refused, operator_needed when other organisations rely on the account
   */
  async accept(
    request: z.infer<typeof AcceptAccountLink>,
    address: string,
    previousToken: string | null,
  ): Promise<OpenedSession> {
    const link = await this.find(request.token, address);
    if (link.purpose === 'set_up') throw new AppError('link_unknown');
    // Whoever invites holds the link in their hands: it must never replace a password that exists already.
    if (link.purpose === 'invitation' && link.hasPassword) await this.prove(link, request.password, address);
    else if (!link.maySetPassword) throw new AppError('operator_needed');
    else await this.setPassword(link, request);
    const account = await this.database.ops.accounts.find(link.accountId);
    if (!account) throw new AppError('link_unknown');
    const opened = await this.sessions.openFor(account, link.organisationId);
    await this.sessions.end(previousToken);
    return opened;
  }

  /** Makes the first organisation and its admin, once, while the installation is empty. */
  async setUp(
    request: z.infer<typeof SetUpInstallation>,
    address: string,
    previousToken: string | null,
  ): Promise<OpenedSession> {
    const link = await this.find(request.token, address);
    if (link.purpose !== 'set_up') throw new AppError('link_unknown');
    this.passwords.assertUncommon(request.password);
    const created = await this.database.ops.installation.createOrganisationWithAdmin({
      organisation: { name: request.organisation, contactEmail: request.email },
      admin: {
        name: request.name,
        email: request.email,
        passwordHash: await this.passwords.hash(request.password),
      },
      setUpLinkId: link.linkId,
      at: this.clock.now(),
    });
    if (!created) throw new AppError('set_up_done');
    const { name, email } = request;
    const admin = { accountId: created.accountId, name, email };
    const opened = await this.sessions.openFor(admin, created.organisationId);
    await this.sessions.end(previousToken);
    return opened;
  }

  /** Unknown, used and revoked links answer alike; the holder of a genuine one may learn that it has expired. */
  private async find(token: string, address: string): Promise<AccountLinkRecord> {
    const link = await this.limits.attempt(linkKeys(address), () => this.findUsable(token));
    if (link.expiresAt <= this.clock.now())
      throw new AppError('link_expired', { expiredAt: link.expiresAt.toISOString() });
    return link;
  }

  private async findUsable(token: string): Promise<AccountLinkRecord> {
    const link = await this.database.ops.accountLinks.findByTokenHash(hashToken(token));
    if (!link || link.usedAt || (link.purpose !== 'set_up' && link.memberDisabledAt))
      throw new AppError('link_unknown');
    return link;
  }

  private async prove(link: MemberLinkRecord, password: string, address: string): Promise<void> {
    await this.limits.attempt(signInKeys(link.email, address), async () => {
      const account = await this.database.ops.accounts.find(link.accountId);
      if (!(await this.passwords.verify(account?.passwordHash ?? null, password)))
        throw new AppError('sign_in_refused');
    });
    await this.use(link, {});
  }

  private async setPassword(
    link: MemberLinkRecord,
    request: z.infer<typeof AcceptAccountLink>,
  ): Promise<void> {
    this.passwords.assertUncommon(request.password);
    const passwordHash = await this.passwords.hash(request.password);
    const name = link.purpose === 'invitation' && request.name ? { name: request.name } : {};
    await this.use(link, { passwordHash, ...name });
  }

  private async use(link: MemberLinkRecord, change: { passwordHash?: string; name?: string }): Promise<void> {
    const used = await this.database.ops.accountLinks.use(link.linkId, { ...change, at: this.clock.now() });
    if (!used) throw new AppError('link_unknown');
  }
}
