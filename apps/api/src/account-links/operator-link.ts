import type { Database } from '@fairtake/database';
import { hashToken, newToken } from '../security/tokens';

const linkLifetimeMs = 24 * 60 * 60 * 1000;

export interface OperatorLink {
  organisation: string;
  link: string;
  expiresAt: string;
}

/**
 * Makes a link with which a person chooses a new password whatever organisations rely on their account. For the
 * operator only, who has to know that they hand it to that person; each of the person's organisations trusts them with
 * that. Opens the organisation used last.
 *
 * @returns null when nobody with this address may sign in anywhere
 */
export async function makeOperatorLink(
  database: Database,
  { email, publicUrl, now }: { email: string; publicUrl: string; now: Date },
): Promise<OperatorLink | null> {
  const membership = await database.ops.accounts.firstMembership(email);
  if (!membership) return null;
  const { organisationId, organisation, memberId } = membership;
  const token = newToken();
  const expiresAt = new Date(now.getTime() + linkLifetimeMs);
  await database.inOrganisation(organisationId, async (tx) => {
    await tx.accountLinks.create({
      ...{ memberId, purpose: 'password_reset', tokenHash: hashToken(token), expiresAt, byOperator: true },
    });
    await tx.audit.record({
      actor: { kind: 'system' },
      action: 'member.link_made',
      subjectKind: 'member',
      subjectId: memberId,
      detail: { by: 'operator' },
    });
  });
  return { organisation, link: `${publicUrl}/welcome#${token}`, expiresAt: expiresAt.toISOString() };
}
