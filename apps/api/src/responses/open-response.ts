import { randomUUID } from 'node:crypto';
import type { AnswerRow, InterviewRow, TenantContext } from '@fairtake/database';
import { interviewUploadsEndAt, isRecorded } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { requireOpenInterview, type CandidateQuestionRow } from '../candidate/open-interview';
import type { CandidateActor } from '../security/actors';

export interface OpenResponse {
  interview: InterviewRow;
  question: CandidateQuestionRow;
  answer: AnswerRow;
}

/**
 * The gate of everything a candidate writes, chooses or sends: the interview is under way and the question is of such
 * a kind. Opened before the deadline, an answer may still arrive for as long as a recording may. Locks the interview.
 *
 * @throws AppError consent_missing, interview_closed, interview_over, not_found
 */
export async function requireOpenResponse(
  tx: TenantContext,
  { interviewId }: CandidateActor,
  questionId: string,
  now: Date,
): Promise<OpenResponse> {
  const { interview, question } = await requireOpenInterview(tx, interviewId, questionId);
  if (isRecorded(question.kind)) throw new AppError('not_found');
  const before = (await tx.answers.listOfInterview(interviewId)).find(
    (answer) => answer.questionId === questionId,
  );
  requireInTime(question, before ?? null, now.getTime());
  // Reviewers meet this id beside a pseudonym: unlike our other ids it must not tell the time.
  const opened = await tx.answers.open({ id: randomUUID(), interviewId, questionId, at: now });
  // Erased: it stays empty.
  const answer = await tx.answers.find(opened.id);
  if (!answer) throw new AppError('not_found');
  return { interview, question, answer };
}

function requireInTime(question: CandidateQuestionRow, answer: AnswerRow | null, now: number): void {
  const { deadlineAt, answerSeconds } = question;
  if (deadlineAt === null || now < deadlineAt) return;
  const begun = answer !== null && answer.thinkStartedAt.getTime() < deadlineAt;
  if (!begun || now >= interviewUploadsEndAt(deadlineAt, answerSeconds)) throw new AppError('interview_over');
}
