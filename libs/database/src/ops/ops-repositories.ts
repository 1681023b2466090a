import { AccountLinkLookup } from './account-link.lookup';
import { AccountRepository } from './account.repository';
import { CandidateSessionRepository } from './candidate-session.repository';
import { ExpiryRepository } from './expiry.repository';
import { HandOffLookup } from './hand-off.lookup';
import { InstallationRepository } from './installation.repository';
import { InvitationLookup } from './invitation.lookup';
import { JobRelayRepository } from './job-relay.repository';
import type { OpsConnection } from './ops-connection';
import { StaffSessionRepository } from './staff-session.repository';

/** The questions that are asked before an organisation is known, or about all of them. Runs as `fairtake_ops`. */
export class OpsRepositories {
  readonly sessions: StaffSessionRepository;
  readonly accounts: AccountRepository;
  readonly accountLinks: AccountLinkLookup;
  readonly invitations: InvitationLookup;
  readonly handOffs: HandOffLookup;
  readonly candidateSessions: CandidateSessionRepository;
  readonly installation: InstallationRepository;
  readonly outbox: JobRelayRepository;
  readonly expiry: ExpiryRepository;

  constructor(private readonly connection: OpsConnection) {
    this.sessions = new StaffSessionRepository(connection);
    this.accounts = new AccountRepository(connection);
    this.accountLinks = new AccountLinkLookup(connection);
    this.invitations = new InvitationLookup(connection);
    this.handOffs = new HandOffLookup(connection);
    this.candidateSessions = new CandidateSessionRepository(connection);
    this.installation = new InstallationRepository(connection);
    this.outbox = new JobRelayRepository(connection);
    this.expiry = new ExpiryRepository(connection);
  }

  /** Every organisation, oldest first: for sweepers that then work inside each. */
  async organisationIds(): Promise<string[]> {
    const rows: { id: string }[] = await this.connection.run((em) =>
      em.query('SELECT id FROM organisation ORDER BY created_at, id'),
    );
    return rows.map((row) => row.id);
  }
}
