import type { InterviewRow, QuestionRow, TenantContext } from '@fairtake/database';
import { adjustLimits } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';

/** A question with this person's limits and the end of their time, in milliseconds since the epoch. */
export interface CandidateQuestionRow extends QuestionRow {
  showCountdown: boolean;
  deadlineAt: number | null;
}

/**
 * The gate of everything a candidate records: the interview is under way, the notice in force is agreed to and the
 * question belongs to it. Locks the interview until the transaction ends.
 */
export async function requireOpenInterview(
  tx: TenantContext,
  interviewId: string,
  questionId: string,
): Promise<{ interview: InterviewRow; question: CandidateQuestionRow }> {
  await tx.interviews.lock(interviewId);
  const interview = await tx.interviews.find(interviewId);
  if (!interview) throw new AppError('not_found');
  const notice = await tx.interviews.noticeInForce();
  if (!(await tx.interviews.hasConsented(interviewId, notice.id))) throw new AppError('consent_missing');
  if (interview.state !== 'started') throw new AppError('interview_closed');
  const questions = await questionsFor(tx, interview);
  const question = questions.find((each) => each.id === questionId);
  if (!question) throw new AppError('not_found');
  return { interview, question };
}

/** The questions of an interview with granted adjustments applied. */
export async function questionsFor(
  tx: TenantContext,
  interview: InterviewRow,
): Promise<CandidateQuestionRow[]> {
  const questions = await tx.interviews.questions(interview.positionId);
  const granted = await tx.interviews.grantedAdjustment(interview.id);
  const deadlineAt = interview.deadlineAt?.getTime() ?? null;
  return questions.map((question) => ({ ...question, ...adjustLimits(question, granted), deadlineAt }));
}
