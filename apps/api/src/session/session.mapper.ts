import type { SessionView } from '@fairtake/contracts';
import type { MembershipRecord } from '@fairtake/database';

export interface SignedIn extends MembershipRecord {
  name: string;
  email: string;
}

export const toSessionView = (
  { memberId, name, email, organisationId, organisation, role }: SignedIn,
  memberships: readonly MembershipRecord[],
): SessionView => ({
  memberId,
  name,
  email,
  organisationId,
  organisation,
  role,
  memberships: memberships.map((membership) => ({
    organisationId: membership.organisationId,
    organisation: membership.organisation,
    role: membership.role,
  })),
});
