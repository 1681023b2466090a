import { ApiProblem, NetworkFault } from '../../api/api-client';
import type { MessageId, StaffText } from '../words/use-text';

/** Codes the staff screens have words of their own for; the rest are told in general terms. */
const worded = {
  already_invited: 'problem.alreadyInvited',
  already_member: 'problem.alreadyMember',
  edit_conflict: 'problem.editConflict',
  internal: 'problem.internal',
  last_admin: 'problem.lastAdmin',
  link_expired: 'problem.linkExpired',
  link_unknown: 'problem.linkUnknown',
  not_found: 'problem.notFound',
  operator_needed: 'problem.operatorNeeded',
  params_invalid: 'problem.addressInvalid',
  position_not_draft: 'problem.positionNotDraft',
  position_not_open: 'problem.positionNotOpen',
  position_not_publishable: 'problem.positionNotPublishable',
  review_incomplete: 'problem.reviewIncomplete',
  review_submitted: 'problem.reviewSubmitted',
  role_required: 'problem.roleRequired',
  round_closed: 'problem.roundClosed',
  rubric_version_other: 'problem.rubricVersionOther',
  set_up_done: 'problem.setUpDone',
  sign_in_refused: 'problem.signInRefused',
  signed_out: 'problem.signedOut',
  state_conflict: 'problem.stateConflict',
  too_many_requests: 'problem.tooManyRequests',
  unavailable: 'problem.unavailable',
} as const satisfies Partial<Record<ApiProblem['code'], MessageId>>;

/** What happened and what to do, in the reader's language. */
export function problemWords(t: StaffText, error: unknown): string {
  if (error instanceof NetworkFault) return t('problem.network');
  if (!(error instanceof ApiProblem)) return t('problem.internal');
  const known = (worded as Partial<Record<ApiProblem['code'], MessageId>>)[error.code];
  return known ? t(known) : t('problem.other', { code: error.code });
}
