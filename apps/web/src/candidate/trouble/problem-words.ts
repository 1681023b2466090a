import type { Trouble } from '../arrival';
import type { MessageId } from '../messages';

type Words = { title: MessageId; body: MessageId };

/** Codes a candidate can meet, with words of their own. Every other code is a fault of ours and reads as one. */
const wordsByCode: Partial<Record<Trouble['code'], Words>> = {
  network: { title: 'problem.network.title', body: 'problem.network.body' },
  signed_out: { title: 'problem.signed_out.title', body: 'problem.signed_out.body' },
  link_unknown: { title: 'problem.link_unknown.title', body: 'problem.link_unknown.body' },
  hand_off_unknown: { title: 'problem.hand_off_unknown.title', body: 'problem.hand_off_unknown.body' },
  not_found: { title: 'problem.link_unknown.title', body: 'problem.link_unknown.body' },
  link_expired: { title: 'problem.link_expired.title', body: 'problem.link_expired.body' },
  interview_over: { title: 'problem.interview_over.title', body: 'problem.interview_over.body' },
  interview_closed: { title: 'problem.interview_closed.title', body: 'problem.interview_closed.body' },
  position_not_open: { title: 'problem.position_not_open.title', body: 'problem.position_not_open.body' },
  consent_missing: { title: 'problem.consent_missing.title', body: 'problem.consent_missing.body' },
  // Of all a candidate does, only agreeing to a notice that was replaced meanwhile ends in this code.
  state_conflict: { title: 'problem.consent_missing.title', body: 'problem.consent_missing.body' },
  adjustment_not_offered: {
    title: 'problem.adjustment_not_offered.title',
    body: 'problem.adjustment_not_offered.body',
  },
  time_requests_used_up: {
    title: 'problem.time_requests_used_up.title',
    body: 'problem.time_requests_used_up.body',
  },
  take_elsewhere: { title: 'problem.take_elsewhere.title', body: 'problem.take_elsewhere.body' },
  lease_lost: { title: 'problem.take_elsewhere.title', body: 'problem.take_elsewhere.body' },
  takes_used_up: { title: 'problem.takes_used_up.title', body: 'problem.takes_used_up.body' },
  take_closed: { title: 'problem.take_closed.title', body: 'problem.take_closed.body' },
  answers_missing: { title: 'problem.answers_missing.title', body: 'problem.answers_missing.body' },
  too_many_requests: { title: 'problem.too_many_requests.title', body: 'problem.too_many_requests.body' },
  unavailable: { title: 'problem.unavailable.title', body: 'problem.unavailable.body' },
  storage_full: { title: 'problem.unavailable.title', body: 'problem.unavailable.body' },
};

const ours: Words = { title: 'problem.internal.title', body: 'problem.internal.body' };

export function problemWords(code: Trouble['code']): Words {
  return wordsByCode[code] ?? ours;
}

/** Whether trying the same again can help. */
export function mayHelpToRetry(code: Trouble['code']): boolean {
  return ['network', 'internal', 'unavailable', 'storage_full', 'too_many_requests'].includes(code);
}
