import type { MemberView } from '@fairtake/contracts';
import type { MemberRecord } from '@fairtake/database';

export const toMemberView = (member: MemberRecord): MemberView => ({
  memberId: member.memberId,
  name: member.name,
  email: member.email,
  role: member.role,
  state: stateOf(member),
});

const stateOf = ({ disabledAt, joinedAt }: MemberRecord): MemberView['state'] => {
  if (disabledAt) return 'disabled';
  return joinedAt ? 'active' : 'invited';
};
