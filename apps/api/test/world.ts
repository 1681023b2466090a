import type { Role } from '@fairtake/contracts';
import type { Database, TenantContext } from '@fairtake/database';
import { hash } from '@node-rs/argon2';
import type { Storage } from '@fairtake/storage';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { hashToken, newToken } from '../src/security/tokens';
import { positionDraft } from './position-draft';
import { insertRow } from './rows';
import { addResponses, type ResponsesInWorld } from './world-responses';
import {
  addRequests,
  addSentAnswer,
  startInterview,
  type RequestsInWorld,
  type TakesInWorld,
  type WorldObject,
} from './world-interviews';

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
  /** Open, with one question, one criterion and three candidates. */
  positionId: string;
  questionId: string;
  rubricId: string;
  criterionId: string;
  noticeId: string;
  /** Written to the end, not published. */
  draftPosition: { positionId: string; version: number };
  closedPositionId: string;
  /** Under way. */
  interview: InterviewInWorld;
  takes: TakesInWorld;
  responses: ResponsesInWorld;
  /** Open requests of the interview under way. */
  requests: RequestsInWorld;
  /** Invited only. */
  otherInterview: InterviewInWorld;
  /** Moves `interview` to another device. */
  handOffToken: string;
  /** Sent, with one answer that `assigned` has to review. */
  sentInterview: InterviewInWorld;
  roundId: string;
  answerId: string;
  takeId: string;
  objects: WorldObject[];
}

export interface World {
  ours: OrganisationInWorld;
  theirs: OrganisationInWorld;
}

/**
 * Two organisations that know nothing of each other. Every call makes new ones, so tests may destroy what they get.
 *
 * @param storage keeps the bytes that media routes serve; without it their rows speak of missing objects
 */
export async function buildWorld(database: Database, storage?: Pick<Storage, 'put'>): Promise<World> {
  const [ours, theirs] = await Promise.all([buildOrganisation(database), buildOrganisation(database)]);
  const all = [ours, theirs].flatMap(({ objects, takes, responses }) => [
    ...objects,
    ...takes.objects,
    ...responses.objects,
  ]);
  for (const { storageKey, bytes } of storage ? all : []) await storage!.put(storageKey, bytes);
  return { ours, theirs };
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
    const sentInterview = await addInterview(tx, position.positionId, people.admin.memberId, canary, 3);
    const takes = await startInterview(tx, { ...position, ...interview }, position, canary);
    const requests = await addRequests(tx, interview.interviewId);
    const place = { ...position, ...sentInterview };
    const answer = await addSentAnswer(tx, place, people.assigned.memberId, canary);
    const responses = await addResponses(
      tx,
      { ...position, ...interview, sentInterviewId: sentInterview.interviewId },
      { roundId: answer.roundId, reviewerId: people.assigned.memberId },
      canary,
    );
    const handOffToken = newToken();
    await tx.devices.replaceCode({
      ...{ id: uuidv7(), interviewId: interview.interviewId, invitationId: interview.invitationId },
      ...{ tokenHash: hashToken(handOffToken), at: new Date(), expiresAt: inAnHour() },
    });
    const more = await addMorePositions(tx, people.admin.memberId, canary);
    return {
      ...position,
      ...answer,
      ...more,
      handOffToken,
      responses,
      takes,
      requests,
      interview,
      otherInterview,
      sentInterview,
    };
  });
  return {
    ...{ organisationId, canary, people },
    accountLinkToken: await inviteMember(database, organisationId, canary),
    ...rows,
    interview: await openCandidateSession(database, organisationId, rows.interview),
    otherInterview: await openCandidateSession(database, organisationId, rows.otherInterview),
    sentInterview: await openCandidateSession(database, organisationId, rows.sentInterview),
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
    const member = await tx.members.create({ accountId, role: 'reviewer', invitedName: `Invited ${canary}` });
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
    // The world numbers its own candidates from 1.
    ...{ state: 'open', published_at: new Date(), next_pseudonym: 100 },
  });
  await insertRow(tx, 'question', {
    ...{ id: questionId, position_id: positionId, number: 1, kind: 'video', text },
    ...{ answer_seconds: 60, takes: 10 },
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

async function addMorePositions(tx: TenantContext, ownerMemberId: string, canary: string) {
  const title = { en: `More ${canary}` };
  const [draftId, closedId] = [uuidv7(), uuidv7()];
  for (const id of [draftId, closedId])
    await tx.positions.create({
      ...{ id, rubricId: uuidv7(), ownerMemberId },
      draft: positionDraft({ title, reviewerIds: [ownerMemberId] }),
    });
  await tx.positions.changeState(closedId, ['draft'], 'closed');
  const { version } = (await tx.positions.find(draftId))!;
  return { draftPosition: { positionId: draftId, version }, closedPositionId: closedId };
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
