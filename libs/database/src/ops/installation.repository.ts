import { createHash } from 'node:crypto';
import { defaultNotice } from '@fairtake/domain';
import { v7 as uuidv7 } from 'uuid';
import { Member, Organisation } from '../entities';
import { findOrCreateAccount } from './account.repository';
import { changedRows, type OpsConnection } from './ops-connection';

export interface NewOrganisation {
  organisation: { name: string; contactEmail?: string };
  /**
   * An existing account keeps its own name and password. Without a password hash the admin has not joined yet and
   * needs an invitation link.
   */
  admin: { name: string; email: string; passwordHash?: string };
  /** The set-up link that asks for it: used up, once, and only while the installation is empty. */
  setUpLinkId?: string;
  at?: Date;
}

export interface CreatedOrganisation {
  organisationId: string;
  accountId: string;
  memberId: string;
}

/** Nobody can be recorded without a notice to agree to, so an organisation never exists without one. */
const firstNotice = {
  text: JSON.stringify(defaultNotice),
  textSha256: createHash('sha256').update(JSON.stringify(defaultNotice)).digest('hex'),
};

/** Any number: setting up is one at a time. */
const SET_UP_LOCK = 7_215_003;

export class InstallationRepository {
  constructor(private readonly connection: OpsConnection) {}

  /** Whether there is no organisation yet. */
  async isEmpty(): Promise<boolean> {
    const rows: unknown[] = await this.connection.run((em) => em.query('SELECT 1 FROM organisation LIMIT 1'));
    return rows.length === 0;
  }

  /** @returns null when the set-up link is used or expired, or somebody has set the installation up already */
  async createOrganisationWithAdmin(request: NewOrganisation): Promise<CreatedOrganisation | null> {
    const at = request.at ?? new Date();
    return this.connection.transaction(async (em) => {
      if (request.setUpLinkId !== undefined) {
        await em.query('SELECT pg_advisory_xact_lock($1)', [SET_UP_LOCK]);
        const used = await changedRows(
          em,
          `UPDATE account_link SET used_at = $2
            WHERE id = $1 AND purpose = 'set_up' AND used_at IS NULL AND expires_at > $2
              AND NOT EXISTS (SELECT 1 FROM organisation)`,
          [request.setUpLinkId, at],
        );
        if (used === 0) return null;
      }
      const organisationId = uuidv7();
      const memberId = uuidv7();
      const { name, passwordHash } = request.admin;
      const joined = passwordHash === undefined ? { invitedName: name } : { joinedAt: at };
      await em.insert(Organisation, { id: organisationId, ...request.organisation });
      // Plain SQL: TypeORM reads defaults back, and this role may write notices but not read them.
      await em.query(
        'INSERT INTO notice (organisation_id, id, version, text, text_sha256) VALUES ($1, $2, 1, $3, $4)',
        [organisationId, uuidv7(), firstNotice.text, firstNotice.textSha256],
      );
      const { accountId } = await findOrCreateAccount(em, request.admin);
      await em.insert(Member, { organisationId, id: memberId, accountId, role: 'admin', ...joined });
      return { organisationId, accountId, memberId };
    });
  }
}
