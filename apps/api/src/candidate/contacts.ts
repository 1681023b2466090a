import type { InterviewRow, TenantContext } from '@fairtake/database';
import { mayOpenLate } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import type { CandidateActor } from '../security/actors';
import type { CandidateQuestionRow } from './open-interview';

/** Remembers contact of a device with an interview that has a deadline: it decides what may still begin after it. */
export async function noteContact(
  tx: TenantContext,
  interview: InterviewRow,
  { sessionId }: CandidateActor,
  now: Date,
): Promise<void> {
  if (interview.deadlineAt !== null && interview.state === 'started')
    await tx.deadlines.noteContact(sessionId, now, now >= interview.deadlineAt);
}

/**
 * After the deadline only for a device that was offline since before it: it recorded, or wrote, inside its window
 * (I10). Another one that merely watches does not speak for it.
 *
 * @throws AppError interview_over
 */
export async function requireLate(
  tx: TenantContext,
  candidate: CandidateActor,
  { interview, question, now }: { interview: InterviewRow; question: CandidateQuestionRow; now: Date },
): Promise<void> {
  await noteContact(tx, interview, candidate, now);
  const { windowsIssuedAt, lateSince } = await tx.deadlines.contactOf(candidate.sessionId);
  const contacts = {
    deadlineAt: question.deadlineAt,
    windowsIssuedAt: windowsIssuedAt?.getTime() ?? null,
    lateSince: lateSince?.getTime() ?? null,
  };
  if (!mayOpenLate(now.getTime(), contacts, question.answerSeconds)) throw new AppError('interview_over');
}
