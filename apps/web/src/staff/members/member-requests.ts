import type { MemberLink, MemberView, Role } from '@fairtake/contracts';
import { requestJson } from '../../api/api-client';

export type NewMember = { name: string; email: string; role: Role };

/** Invites a person; the link in the reply is shown once. */
export const inviteMember = (body: NewMember): Promise<MemberLink> =>
  requestJson('/members', { method: 'POST', body });

export const changeMember = (
  memberId: string,
  body: { role?: Role; disabled?: boolean },
): Promise<MemberView> => requestJson(`/members/${memberId}`, { method: 'PATCH', body });

/** A new invitation link, or a link to set a new password for someone who already joined. */
export const newMemberLink = (memberId: string): Promise<MemberLink> =>
  requestJson(`/members/${memberId}/link`, { method: 'POST' });
