import { Session } from '../entities';
import type { TenantContext } from '../tenant-context';

/** Sessions of this organisation's members, for ending them in the transaction that changes the member. */
export class SessionRepository {
  constructor(private readonly tx: TenantContext) {}

  async deleteOfMember(memberId: string): Promise<void> {
    await this.tx.em.delete(Session, { organisationId: this.tx.organisationId, memberId });
  }
}
