import type { Role } from '@fairtake/contracts';
import type { Database, TenantContext } from '@fairtake/database';
import { hash } from '@node-rs/argon2';
import { randomBytes, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { hashToken, newToken } from '../src/security/tokens';
import { insertRow } from './rows';

/** One password for every person of every world; hashing it once keeps worlds cheap. */
export const worldPassword = 'a horse and its battery';
const passwordHash = hash(worldPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

export interface Person {
  accountId: string;
  memberId: string;
  email: string;
  name: string;
  /** `name=value` of a live session. */
  cookie: string;
}

export interface InterviewInWorld {
  interviewId: string;
  candidateName: string;
  invitationToken: string;
  /** The candidate's session of this interview. */
  cookie: string;
}

/** One organisation with everything a route can be asked about. Texts people wrote carry its canary. */
export interface OrganisationInWorld {
  organisationId: string;
  /** Part of every name and text of this organisation, and of nothing else. */
  canary: string;
  people: Record<'admin' | 'recruiter' | 'assigned' | 'unassigned' | 'disabled', Person>;
  /** Lets a new member in who has not joined yet. */
  accountLinkToken: string;
  positionId: string;
  questionId: string;
  rubricId: string;
  criterionId: string;
  noticeId: string;
  roundId: string;
  answerId: string;
  takeId: string;
  interview: InterviewInWorld;
  otherInterview: InterviewInWorld;
}

export interface World {
  ours: OrganisationInWorld;
  theirs: OrganisationInWorld;
}

/** Two organisations that know nothing of each other. Every call makes new ones, so tests may destroy what they get. */
export async function buildWorld(database: Database): Promise<World> {
  return { ours: await buildOrganisation(database), theirs: await buildOrganisation(database) };
}

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

export async function buildOrganisation(database: Database): Promise<OrganisationInWorld> {
  const canary = `canary${randomBytes(9).toString('hex')}`;
  const { organisationId, admin } = await createOrganisation(database, canary);
  const join = (label: string, role: Role): Promise<Person> =>
    addMember(database, organisationId, { label, role, canary });
  const people = {
    admin,
    recruiter: await join('recruiter', 'recruiter'),
    assigned: await join('assigned', 'reviewer'),
    unassigned: await join('unassigned', 'reviewer'),
    disabled: await join('disabled', 'admin'),
  };
  const rows = await database.inOrganisation(organisationId, async (tx) => {
    // Only the row changes: its session stays behind, and the guard alone has to refuse it.
    await tx.members.disable(people.disabled.memberId);
    const position = await addPosition(tx, people.admin.memberId, canary);
    const interview = await addInterview(tx, position.positionId, people.admin.memberId, canary, 1);
    const otherInterview = await addInterview(tx, position.positionId, people.admin.memberId, canary, 2);
    const answer = await addAnswer(tx, position, interview.interviewId, people.assigned.memberId);
    return { ...position, ...answer, interview, otherInterview };
  });
  return {
    ...{ organisationId, canary, people },
    accountLinkToken: await inviteMember(database, organisationId, canary),
    ...rows,
    interview: await openCandidateSession(database, organisationId, rows.interview),
    otherInterview: await openCandidateSession(database, organisationId, rows.otherInterview),
  };
}

async function createOrganisation(database: Database, canary: string) {
  const email = `admin.${canary}@example.org`;
  const name = `Admin ${canary}`;
  const created = await database.ops.installation.createOrganisationWithAdmin({
    organisation: { name: `Organisation ${canary}`, contactEmail: `jobs.${canary}@example.org` },
    admin: { name, email, passwordHash: await passwordHash },
  });
  const { organisationId, accountId, memberId } = created!;
  const cookie = await openSession(database, { organisationId, accountId, memberId });
  return { organisationId, admin: { accountId, memberId, email, name, cookie } };
}

/** A member who has joined and is signed in. */
export async function addMember(
  database: Database,
  organisationId: string,
  { label, role, canary }: { label: string; role: Role; canary: string },
): Promise<Person> {
  const email = `${label}.${canary}@example.org`;
  const name = `${label} ${canary}`;
  const account = await database.ops.accounts.create({ email, name, passwordHash: await passwordHash });
  const { accountId } = account!;
  const member = await database.inOrganisation(organisationId, (tx) =>
    tx.members.create({ accountId, role, joinedAt: new Date() }),
  );
  const { memberId } = member!;
  const cookie = await openSession(database, { organisationId, accountId, memberId });
  return { accountId, memberId, email, name, cookie };
}

/** A member who has not joined yet. @returns the token of their link */
async function inviteMember(database: Database, organisationId: string, canary: string): Promise<string> {
  const { accountId } = await database.ops.accounts.findOrCreate({
    email: `invited.${canary}@example.org`,
    name: `Invited ${canary}`,
  });
  const token = newToken();
  await database.inOrganisation(organisationId, async (tx) => {
    const member = await tx.members.create({ accountId, role: 'reviewer' });
    await tx.accountLinks.create({
      ...{ memberId: member!.memberId, purpose: 'invitation' },
      ...{ tokenHash: hashToken(token), expiresAt: inAnHour() },
    });
  });
  return token;
}

/** Signs a member in without the sign-in route. @returns the session's cookie */
export async function openSession(
  database: Database,
  member: { organisationId: string; accountId: string; memberId: string },
): Promise<string> {
  const token = newToken();
  await database.ops.sessions.create({ ...member, tokenHash: hashToken(token), expiresAt: inAnHour() });
  return `fairtake=${token}`;
}

interface PositionRows {
  positionId: string;
  questionId: string;
  rubricId: string;
  criterionId: string;
  noticeId: string;
}

async function addPosition(tx: TenantContext, ownerId: string, canary: string): Promise<PositionRows> {
  const [positionId, questionId, rubricId, criterionId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const text = { en: `Text ${canary}` };
  await insertRow(tx, 'position', {
    ...{ id: positionId, title: text, languages: ['en'], owner_member_id: ownerId },
    ...{ state: 'open', published_at: new Date() },
  });
  await insertRow(tx, 'question', {
    ...{ id: questionId, position_id: positionId, number: 1, kind: 'video', text },
    ...{ answer_seconds: 60, takes: 2 },
  });
  await insertRow(tx, 'rubric', { id: rubricId, position_id: positionId, version: 1 });
  await insertRow(tx, 'criterion', {
    id: criterionId,
    rubric_id: rubricId,
    number: 1,
    name: text,
    weight: 1,
  });
  await insertRow(tx, 'anchor', { criterion_id: criterionId, level: 1, text });
  await insertRow(tx, 'question_criterion', { question_id: questionId, criterion_id: criterionId });
  // Every organisation begins with a consent notice.
  const [notice] = await tx.em.query<{ id: string }[]>('SELECT id FROM notice');
  return { positionId, questionId, rubricId, criterionId, noticeId: notice!.id };
}

interface InterviewRows {
  interviewId: string;
  invitationId: string;
  candidateName: string;
  invitationToken: string;
}

async function addInterview(
  tx: TenantContext,
  positionId: string,
  invitedBy: string,
  canary: string,
  number: number,
): Promise<InterviewRows> {
  const [interviewId, invitationId, candidateId] = [uuidv7(), uuidv7(), uuidv7()];
  const candidateName = `Candidate ${number} ${canary}`;
  const invitationToken = newToken();
  await insertRow(tx, 'candidate', {
    ...{ id: candidateId, name: candidateName, locale: 'en' },
    email: `candidate${number}.${canary}@example.org`,
  });
  await insertRow(tx, 'interview', {
    ...{ id: interviewId, position_id: positionId, candidate_id: candidateId, locale: 'en' },
    ...{ pseudonym: number, reference: `R${canary.slice(6, 14)}${number}`, invited_by: invitedBy },
  });
  await insertRow(tx, 'invitation', {
    ...{ id: invitationId, interview_id: interviewId },
    token_hash: hashToken(invitationToken),
  });
  return { interviewId, invitationId, candidateName, invitationToken };
}

async function openCandidateSession(
  database: Database,
  organisationId: string,
  { invitationId, ...interview }: InterviewRows,
): Promise<InterviewInWorld> {
  const token = newToken();
  await database.ops.candidateSessions.create({
    ...{ organisationId, interviewId: interview.interviewId, invitationId },
    ...{ tokenHash: hashToken(token), expiresAt: inAnHour() },
  });
  return { ...interview, cookie: `fairtake-i-${interview.interviewId}=${token}` };
}

interface AnswerRows {
  roundId: string;
  answerId: string;
  takeId: string;
}

/** A kept, submitted, playable answer that one reviewer was given. */
async function addAnswer(
  tx: TenantContext,
  position: PositionRows,
  interviewId: string,
  reviewerId: string,
): Promise<AnswerRows> {
  const [answerId, takeId, roundId] = [uuidv7(), uuidv7(), uuidv7()];
  await insertRow(tx, 'answer', {
    id: answerId,
    interview_id: interviewId,
    question_id: position.questionId,
  });
  await insertRow(tx, 'take', {
    ...{ id: takeId, answer_id: answerId, interview_id: interviewId, number: 1, recorder: 'baseline' },
    ...{ mime_type: 'video/webm', lease: randomUUID(), lease_session_id: randomUUID() },
    ...{ recording_ends_at: inAnHour() },
  });
  await insertRow(tx, 'round', { id: roundId, position_id: position.positionId, number: 1 });
  await insertRow(tx, 'assignment', {
    ...{ id: uuidv7(), round_id: roundId, answer_id: answerId, member_id: reviewerId },
    due_at: inAnHour(),
  });
  return { answerId, takeId, roundId };
}
