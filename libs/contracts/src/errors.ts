import * as z from 'zod';
import { MissingChunks } from './uploads';

/**
 * Every error code a client can meet: HTTP status and a title for people who read logs. The screens have their own
 * words per code. Codes are stable; add, never rename. Documented in docs/api/errors.md.
 */
export const errorCatalogue = {
  body_invalid: { status: 400, title: 'The request has missing, wrong or unknown fields' },
  body_not_json: { status: 400, title: 'The body is not JSON' },
  params_invalid: { status: 400, title: 'A part of the address or query is not valid' },
  chunk_length_wrong: { status: 400, title: 'The body is empty or differs from its Content-Length' },
  digest_header_missing: { status: 400, title: 'Content-Digest with one sha-256 value is required' },
  lease_header_missing: { status: 400, title: 'Fairtake-Lease is required' },
  signed_out: { status: 401, title: 'Nobody is signed in, or the session has ended' },
  sign_in_refused: { status: 401, title: 'E-mail and password do not match an active member' },
  cross_site: { status: 403, title: 'The request does not come from this site' },
  role_required: { status: 403, title: 'Your role does not allow this' },
  consent_missing: { status: 403, title: 'Consent has not been given for the notice in force' },
  not_found: { status: 404, title: 'There is no such thing, or it is not yours' },
  link_unknown: { status: 404, title: 'This link is not valid' },
  hand_off_unknown: { status: 404, title: 'This code is not valid, or not any more' },
  method_unknown: { status: 404, title: 'There is no such endpoint' },
  take_elsewhere: { status: 409, title: 'This answer is being recorded in another tab or on another device' },
  lease_lost: { status: 409, title: 'Another tab or device has taken this recording over' },
  chunk_differs: { status: 409, title: 'Another chunk with other bytes already has this place' },
  chunks_missing: { status: 409, title: 'Some chunks of the manifest have not arrived' },
  manifest_differs: { status: 409, title: 'The chunks held differ from the manifest' },
  take_closed: { status: 409, title: 'This take no longer accepts chunks' },
  takes_used_up: { status: 409, title: 'No takes are left for this question' },
  response_missing: { status: 409, title: 'Nothing that could be the answer has been saved yet' },
  file_closed: { status: 409, title: 'This file no longer accepts pieces' },
  file_differs: { status: 409, title: 'A file of another size was announced under this id' },
  file_not_received: { status: 409, title: 'This file has not been received whole' },
  take_not_finalised: { status: 409, title: 'This take has not been received whole' },
  adjustment_not_offered: { status: 409, title: 'This position does not offer that adjustment' },
  time_requests_used_up: { status: 409, title: 'No more requests for time can be sent' },
  nothing_to_salvage: { status: 409, title: 'Nothing of this take can be played' },
  answers_missing: { status: 409, title: 'Not every required question has a kept answer' },
  interview_closed: { status: 409, title: 'This interview has been sent or is no longer open' },
  state_conflict: { status: 409, title: 'Someone else has changed this in the meantime' },
  position_not_publishable: {
    status: 409,
    title: 'Something is missing before this position can be published',
  },
  position_not_draft: { status: 409, title: 'This part is fixed once a position is published' },
  position_not_open: { status: 409, title: 'This position does not take candidates now' },
  already_invited: { status: 409, title: 'This person already has an invitation to this position' },
  already_member: { status: 409, title: 'This person is already a member' },
  operator_needed: {
    status: 409,
    title: 'Only the operator of this installation can have this password set',
  },
  last_admin: { status: 409, title: 'An organisation keeps at least one admin' },
  review_incomplete: {
    status: 409,
    title: 'Every criterion needs a score or a reason why it cannot be rated',
  },
  review_submitted: { status: 409, title: 'This review has been submitted' },
  rubric_version_other: { status: 409, title: 'These scores belong to another version of the rubric' },
  round_closed: { status: 409, title: 'This round has been closed' },
  set_up_done: { status: 409, title: 'This installation already has its first organisation' },
  link_expired: { status: 410, title: 'This link has expired' },
  interview_over: { status: 410, title: 'The time for this interview is over' },
  edit_conflict: { status: 412, title: 'This was changed since you opened it' },
  body_too_large: { status: 413, title: 'The body is larger than allowed' },
  file_too_large: { status: 413, title: 'The file is larger than this question allows' },
  files_too_many: { status: 413, title: 'This interview has reached its limit of files' },
  take_too_large: { status: 413, title: 'The take has reached its limit of chunks or bytes' },
  probe_too_large: { status: 413, title: 'The test clip has reached its limit of chunks or bytes' },
  media_type_unsupported: { status: 415, title: 'This content type is not accepted here' },
  range_not_satisfiable: { status: 416, title: 'The range lies outside the object' },
  file_type_refused: { status: 415, title: 'The bytes are not a file of a type this question allows' },
  digest_differs: { status: 422, title: 'The bytes do not match their digest' },
  edit_condition_missing: { status: 428, title: 'If-Match is required' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'A part of the service is not available now' },
  storage_full: { status: 507, title: 'The storage of this installation is full' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCatalogue;
export const errorCodes = Object.keys(errorCatalogue) as [ErrorCode, ...ErrorCode[]];

/** RFC 9457 problem document. `errors` points at fields by JSON pointer. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  detail: z.string().optional(),
  instance: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.strictObject({ pointer: z.string(), detail: z.string() })).optional(),
  /** Only with `chunks_missing`. */
  missing: MissingChunks.optional(),
  retryAfterSeconds: z.int().optional(),
  /** Only with `link_expired`: the genuine holder may see when it ended, and what became of asking for more time. */
  expiredAt: z.string().optional(),
  timeRequest: z.enum(['asked', 'declined']).optional(),
});
export type Problem = z.infer<typeof Problem>;
