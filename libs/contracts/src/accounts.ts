import * as z from 'zod';
import { limits } from './limits';
import { EmailAddress, Id, Instant, Line, LinkToken } from './text';

export const Role = z.enum(['admin', 'recruiter', 'reviewer']);
export type Role = z.infer<typeof Role>;

/** Length only: composition rules make weaker passwords (NIST SP 800-63B). The server adds a list of common ones. */
export const Password = z.string().min(limits.passwordMinLength).max(limits.passwordMaxLength);

export const SignIn = z.strictObject({
  email: EmailAddress,
  password: z.string().min(1).max(limits.passwordMaxLength),
  /** For people with several memberships; without it the latest used one opens. */
  organisationId: Id.optional(),
});
export type SignIn = z.infer<typeof SignIn>;

export const Membership = z.strictObject({ organisationId: Id, organisation: z.string(), role: Role });
export const SessionView = z.strictObject({
  memberId: Id,
  name: z.string(),
  email: z.string(),
  organisationId: Id,
  organisation: z.string(),
  role: Role,
  memberships: z.array(Membership),
});
export type SessionView = z.infer<typeof SessionView>;

export const SwitchOrganisation = z.strictObject({ organisationId: Id });

/** What an account link is for: first organisation, a member's invitation, or a new password. */
export const AccountLinkPurpose = z.enum(['set_up', 'invitation', 'password_reset']);
export const OpenAccountLink = z.strictObject({ token: LinkToken });
export const AccountLinkView = z.strictObject({
  purpose: AccountLinkPurpose,
  email: z.string().nullable(),
  organisation: z.string().nullable(),
  /** The person signs in here already: their password is asked for, not replaced. */
  hasPassword: z.boolean(),
  expiresAt: Instant,
});
export type AccountLinkView = z.infer<typeof AccountLinkView>;

export const SetUpInstallation = z.strictObject({
  token: LinkToken,
  organisation: Line(120),
  name: Line(120),
  email: EmailAddress,
  password: Password,
});
export const AcceptAccountLink = z.strictObject({
  token: LinkToken,
  /** Asked of new members only. */
  name: Line(120).optional(),
  password: Password,
});

export const MemberView = z.strictObject({
  memberId: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  state: z.enum(['invited', 'active', 'disabled']),
});
export type MemberView = z.infer<typeof MemberView>;
export const MemberList = z.strictObject({ data: z.array(MemberView) });
export const InviteMember = z.strictObject({ name: Line(120), email: EmailAddress, role: Role });
export const ChangeMember = z
  .strictObject({ role: Role.optional(), disabled: z.boolean().optional() })
  .refine((change) => change.role !== undefined || change.disabled !== undefined, 'changes nothing');
/** A link to hand over; shown once, stored only as a hash. */
export const MemberLink = z.strictObject({ member: MemberView, link: z.string(), expiresAt: Instant });
export type MemberLink = z.infer<typeof MemberLink>;
export type Password = z.infer<typeof Password>;
export type Membership = z.infer<typeof Membership>;
export type SwitchOrganisation = z.infer<typeof SwitchOrganisation>;
export type AccountLinkPurpose = z.infer<typeof AccountLinkPurpose>;
export type OpenAccountLink = z.infer<typeof OpenAccountLink>;
export type SetUpInstallation = z.infer<typeof SetUpInstallation>;
export type AcceptAccountLink = z.infer<typeof AcceptAccountLink>;
export type MemberList = z.infer<typeof MemberList>;
export type InviteMember = z.infer<typeof InviteMember>;
export type ChangeMember = z.infer<typeof ChangeMember>;
