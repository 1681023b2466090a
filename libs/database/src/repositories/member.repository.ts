import type { Role } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Member } from '../entities';
import type { TenantContext } from '../tenant-context';

/** A member with its address and name: that of the account, or what the invitation says until it is accepted. */
export interface MemberRecord {
  memberId: string;
  accountId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  /** Empty until the invitation is accepted. */
  joinedAt: Date | null;
  disabledAt: Date | null;
}

const selectMember = `
  SELECT m.id AS "memberId", m.account_id AS "accountId",
         coalesce(m.invited_name, a.name) AS name, a.email, m.role,
         m.created_at AS "createdAt", m.joined_at AS "joinedAt", m.disabled_at AS "disabledAt"
    FROM member m JOIN account a ON a.id = m.account_id
   WHERE m.organisation_id = $1`;

export class MemberRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Everybody, by name. Organisations have few members; this list is not paged. */
  async list(): Promise<MemberRecord[]> {
    return this.tx.em.query(`${selectMember} ORDER BY lower(coalesce(m.invited_name, a.name)), m.id`, [
      this.tx.organisationId,
    ]);
  }

  async find(memberId: string): Promise<MemberRecord | null> {
    const rows: MemberRecord[] = await this.tx.em.query(`${selectMember} AND m.id = $2`, [
      this.tx.organisationId,
      memberId,
    ]);
    return rows[0] ?? null;
  }

  /**
   * Adds an account (made by `ops.accounts.findOrCreate`) as an invited member under the name that was typed: the
   * account may be known to another organisation under its real one. `joinedAt` makes it active at once instead.
   *
   * @returns null when the account is a member already
   */
  async create(
    member: { accountId: string; role: Role } & ({ invitedName: string } | { joinedAt: Date }),
  ): Promise<MemberRecord | null> {
    const { invitedName, joinedAt } = { invitedName: null, joinedAt: null, ...member };
    const id = uuidv7();
    const rows: unknown[] = await this.tx.em.query(
      `INSERT INTO member (organisation_id, id, account_id, role, invited_name, joined_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT uq_member_account DO NOTHING RETURNING id`,
      [this.tx.organisationId, id, member.accountId, member.role, invitedName, joinedAt],
    );
    return rows.length === 0 ? null : this.find(id);
  }

  /** @returns whether there is such a member */
  async changeRole(memberId: string, role: Role): Promise<boolean> {
    return this.update(memberId, { role });
  }

  /** Shuts a member out. End their sessions and links in the same transaction. */
  async disable(memberId: string): Promise<boolean> {
    return this.update(memberId, { disabledAt: new Date() });
  }

  async enable(memberId: string): Promise<boolean> {
    return this.update(memberId, { disabledAt: null });
  }

  /**
   * Ids of the admins who can sign in, locked until the transaction ends: two admins who remove each other at the same
   * moment take turns, so one of them remains. Call it before changing or disabling an admin.
   */
  async lockActiveAdmins(): Promise<string[]> {
    const rows: { id: string }[] = await this.tx.em.query(
      `SELECT id FROM member
        WHERE organisation_id = $1 AND role = 'admin' AND joined_at IS NOT NULL AND disabled_at IS NULL
        ORDER BY id FOR UPDATE`,
      [this.tx.organisationId],
    );
    return rows.map((row) => row.id);
  }

  private async update(
    memberId: string,
    change: Partial<Pick<Member, 'role' | 'disabledAt'>>,
  ): Promise<boolean> {
    const { affected } = await this.tx.em.update(
      Member,
      { organisationId: this.tx.organisationId, id: memberId },
      change,
    );
    return affected === 1;
  }
}
