import { randomBytes } from 'node:crypto';
import type { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

type Row = Record<string, unknown>;

export interface FilledOrganisation {
  organisationId: string;
  accountId: string;
  memberId: string;
  positionId: string;
  interviewId: string;
  answerId: string;
}

/** One row in every table for a new organisation: a wall in front of an empty room proves nothing. Needs a superuser. */
export async function fillEveryTable(client: Client): Promise<FilledOrganisation> {
  const organisationId = uuidv7();
  const id = (): string => uuidv7();
  const text = { en: 'Text' };
  const token = (): Buffer => randomBytes(32);
  const later = new Date(Date.now() + 3_600_000);
  const insert = async (table: string, row: Row): Promise<void> => {
    const columns = Object.keys(row);
    const values = Object.values(row).map((value) =>
      value?.constructor === Object ? JSON.stringify(value) : value,
    );
    await client.query(
      `INSERT INTO "${table}" (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})`,
      values,
    );
  };
  const tenant = (table: string, row: Row): Promise<void> =>
    insert(table, { organisation_id: organisationId, ...row });

  const [account_id, member_id, position_id, question_id] = [id(), id(), id(), id()];
  await insert('organisation', { id: organisationId, name: 'Org' });
  await insert('account', {
    id: account_id,
    email: `${account_id}@example.org`,
    name: 'A',
    password_hash: 'hash',
  });
  await tenant('member', { id: member_id, account_id, role: 'admin', joined_at: new Date() });
  await tenant('session', { id: id(), token_hash: token(), account_id, member_id, expires_at: later });
  await tenant('account_link', {
    id: id(),
    purpose: 'invitation',
    token_hash: token(),
    member_id,
    expires_at: later,
  });

  await tenant('position', { id: position_id, title: text, languages: ['en'], owner_member_id: member_id });
  await tenant('position_reviewer', { position_id, member_id });
  await tenant('question', {
    ...{ id: question_id, position_id, number: 1, kind: 'video' },
    ...{ text, answer_seconds: 60, takes: 1 },
  });
  const [rubric_id, criterion_id] = [id(), id()];
  await tenant('rubric', { id: rubric_id, position_id, version: 1 });
  await tenant('criterion', { id: criterion_id, rubric_id, number: 1, name: text, weight: 1 });
  await tenant('anchor', { criterion_id, level: 1, text });
  await tenant('question_criterion', { question_id, criterion_id });

  const [candidate_id, interview_id, invitation_id, notice_id] = [id(), id(), id(), id()];
  await tenant('candidate', { id: candidate_id, name: 'C', locale: 'en' });
  await tenant('interview', {
    ...{ id: interview_id, position_id, candidate_id, locale: 'en' },
    ...{ pseudonym: 1, reference: 'R1', invited_by: member_id },
  });
  await tenant('invitation', { id: invitation_id, interview_id, token_hash: token() });
  const candidateSession = { id: id(), interview_id, invitation_id, token_hash: token(), expires_at: later };
  await tenant('candidate_session', candidateSession);
  await tenant('hand_off_code', {
    ...{ id: id(), interview_id, invitation_id, token_hash: token(), expires_at: later },
  });
  await tenant('device_lease', { interview_id, session_id: candidateSession.id, seen_at: later });
  await tenant('notice', { id: notice_id, version: 1, text, text_sha256: 'a' });
  await tenant('consent', {
    id: id(),
    interview_id,
    notice_id,
    text_sha256: 'a',
    locale: 'en',
    retention_days: 180,
    channel: 'web',
  });
  await tenant('adjustment', { id: id(), interview_id });
  await tenant('adjustment_request', {
    ...{ id: id(), interview_id, wanted: text, asked_at: later, paused_from: later },
  });
  await tenant('time_request', { id: id(), interview_id });

  const [answer_id, take_id] = [id(), id()];
  const file = { storage_key: 'k', size_bytes: 1, sha256: 'a' };
  await tenant('answer', { id: answer_id, interview_id, question_id });
  await tenant('take', {
    ...{ id: take_id, answer_id, interview_id, number: 1, recorder: 'baseline', mime_type: 'video/webm' },
    ...{ lease: id(), lease_session_id: id(), recording_ends_at: later },
  });
  await tenant('take_fault', {
    ...{ take_id, interview_id, reason: 'device_lost', source: 'server', corroborated: true },
    ...{ happened_at: later, held_bytes: 1, held_seconds: 1 },
  });
  await tenant('segment', { take_id, number: 0, lease: id() });
  await tenant('chunk', { take_id, segment: 0, index: 0, ...file });
  await tenant('rendition', {
    ...{ id: id(), answer_id, generation: 1, kind: 'progressive', mime_type: 'video/webm', codecs: 'vp8' },
    ...{ duration_seconds: 1, ...file },
  });
  await tenant('asset', { id: id(), answer_id, generation: 1, kind: 'poster', ...file });
  await tenant('playback', { id: id(), answer_id, member_id, generation: 1 });

  const probe_id = id();
  await tenant('probe', { id: probe_id, interview_id });
  await tenant('probe_chunk', { probe_id, index: 0, ...file });

  const file_id = id();
  await tenant('response', { answer_id, revision: 1, content: { kind: 'text', text: 'T' } });
  await tenant('file', { id: file_id, answer_id, interview_id, name: 'f.pdf', size_bytes: 1 });
  await tenant('file_piece', { file_id, index: 0, ...file });

  const [round_id, review_id] = [id(), id()];
  await tenant('round', { id: round_id, position_id, number: 1 });
  await tenant('assignment', { id: id(), round_id, answer_id, member_id, due_at: later });
  await tenant('review', { id: review_id, round_id, answer_id, member_id, rubric_id });
  await tenant('score', { review_id, criterion_id, level: 3 });
  await tenant('comment', { id: id(), review_id, text: 'T' });
  await tenant('recommendation', { id: id(), interview_id, member_id, outcome: 'hold' });
  await tenant('decision', {
    ...{ id: id(), interview_id, version: 1, outcome: 'hold', reason: 'r', decided_by: member_id },
  });

  await tenant('outbox', { id: id(), name: 'finish-answer', payload: {}, dedupe_key: 'k' });
  const subject = { subject_kind: 'position', subject_id: position_id };
  await tenant('audit_event', { id: id(), actor_kind: 'system', action: 'position.created', ...subject });
  await tenant('erasure', { id: id(), ...subject, reason: 'retention' });
  return {
    ...{ organisationId, accountId: account_id, memberId: member_id },
    ...{ positionId: position_id, interviewId: interview_id, answerId: answer_id },
  };
}
