import type { ChangeMember, InviteMember, MemberLink, MemberList, MemberView } from '@fairtake/contracts';
import { Database, type MemberRecord, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import type * as z from 'zod';
import type { ApiConfig } from '../config';
import { API_CONFIG, Clock } from '../infrastructure.module';
import type { MemberActor } from '../security/actors';
import { hashToken, newToken } from '../security/tokens';
import { handOverReviews } from './hand-over';
import { toMemberView } from './members.mapper';

const linkLifetimeMs = { invitation: 7 * 24 * 60 * 60 * 1000, password_reset: 24 * 60 * 60 * 1000 };

/** The people of one organisation. */
@Injectable()
export class MembersService {
  constructor(
    @Inject(API_CONFIG) private readonly config: ApiConfig,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(actor: MemberActor): Promise<z.infer<typeof MemberList>> {
    const members = await this.database.inOrganisation(actor.organisationId, (tx) => tx.members.list(), {
      readOnly: true,
    });
    return { data: members.map(toMemberView) };
  }

  /** @throws AppError already_member */
  async invite(actor: MemberActor, request: z.infer<typeof InviteMember>): Promise<MemberLink> {
    const { email, name, role } = request;
    const { accountId } = await this.database.ops.accounts.findOrCreate({ email, name });
    return this.database.inOrganisation(actor.organisationId, async (tx) => {
      const member = await tx.members.create({ accountId, role, invitedName: name });
      if (!member) throw new AppError('already_member');
      await this.record(tx, actor, 'member.invited', member.memberId, { role });
      return this.makeLink(tx, member);
    });
  }

  /** @throws AppError not_found, last_admin */
  async change(
    actor: MemberActor,
    memberId: string,
    { role, disabled }: z.infer<typeof ChangeMember>,
  ): Promise<MemberView> {
    return this.database.inOrganisation(actor.organisationId, async (tx) => {
      const admins = await tx.members.lockActiveAdmins();
      const before = await find(tx, memberId);
      const leavesAdmins = disabled === true || (role !== undefined && role !== 'admin');
      if (leavesAdmins && admins.length === 1 && admins[0] === before.memberId)
        throw new AppError('last_admin');
      if (role !== undefined && role !== before.role) {
        await tx.members.changeRole(before.memberId, role);
        await this.record(tx, actor, 'member.role_changed', before.memberId, { from: before.role, to: role });
      }
      if (disabled !== undefined && disabled !== (before.disabledAt !== null))
        await this.setDisabled(tx, actor, before.memberId, disabled);
      return toMemberView(await find(tx, memberId));
    });
  }

  /**
   * A new link for a member: an invitation while they have not joined, otherwise a new password. Older links end.
   *
   * @throws AppError not_found, state_conflict for a disabled member, operator_needed for the password of somebody who
   *   works in another organisation too
   */
  async renewLink(actor: MemberActor, memberId: string): Promise<MemberLink> {
    const { organisationId } = actor;
    const { accountId } = await this.database.inOrganisation(organisationId, (tx) => find(tx, memberId), {
      readOnly: true,
    });
    // Joining elsewhere after this look makes the link refuse when it is used.
    const shared = await this.database.ops.accounts.isShared(accountId, organisationId);
    return this.database.inOrganisation(organisationId, async (tx) => {
      const member = await find(tx, memberId);
      if (member.joinedAt && shared) throw new AppError('operator_needed');
      if (member.disabledAt) throw new AppError('state_conflict');
      await this.record(tx, actor, 'member.link_made', member.memberId, {});
      return this.makeLink(tx, member);
    });
  }

  private async makeLink(tx: TenantContext, member: MemberRecord): Promise<MemberLink> {
    const purpose = member.joinedAt ? 'password_reset' : 'invitation';
    const token = newToken();
    const expiresAt = new Date(this.clock.now().getTime() + linkLifetimeMs[purpose]);
    await tx.accountLinks.revokeOfMember(member.memberId);
    await tx.accountLinks.create({
      memberId: member.memberId,
      purpose,
      tokenHash: hashToken(token),
      expiresAt,
    });
    return {
      member: toMemberView(member),
      link: `${this.config.http.publicUrl}/welcome#${token}`,
      expiresAt: expiresAt.toISOString(),
    };
  }

  private async setDisabled(
    tx: TenantContext,
    actor: MemberActor,
    memberId: string,
    disabled: boolean,
  ): Promise<void> {
    if (!disabled) {
      await tx.members.enable(memberId);
      return this.record(tx, actor, 'member.enabled', memberId, {});
    }
    await tx.members.disable(memberId);
    await tx.sessions.deleteOfMember(memberId);
    await tx.accountLinks.revokeOfMember(memberId);
    const reviews = await handOverReviews(tx, memberId, this.clock.now());
    await this.record(tx, actor, 'member.disabled', memberId, { reviews });
  }

  private async record(
    tx: TenantContext,
    actor: MemberActor,
    action: string,
    memberId: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await tx.audit.record({
      actor: { kind: 'member', id: actor.memberId },
      action,
      subjectKind: 'member',
      subjectId: memberId,
      detail,
    });
  }
}

/** "Not yours" and "not there" are the same. */
const find = async (tx: TenantContext, memberId: string): Promise<MemberRecord> => {
  const member = await tx.members.find(memberId);
  if (!member) throw new AppError('not_found');
  return member;
};
