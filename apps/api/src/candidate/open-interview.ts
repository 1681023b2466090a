import type { InterviewRow, QuestionRow, TenantContext } from '@fairtake/database';
import { adjustQuestion, interviewUploadsEndAt } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';

/** A question as this person meets it, and the end of their time, in milliseconds since the epoch. */
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

/** The questions of an interview with granted adjustments applied: every limit of a candidate comes from here. */
export async function questionsFor(
  tx: TenantContext,
  interview: InterviewRow,
): Promise<CandidateQuestionRow[]> {
  const questions = await tx.interviews.questions(interview.positionId);
  const granted = await tx.adjustments.granted(interview.id);
  const deadlineAt = interview.deadlineAt?.getTime() ?? null;
  return questions.map((question) => ({ ...adjustQuestion(question, granted), deadlineAt }));
}

/** The last moment anything of an interview may still arrive; null without a deadline. */
export async function uploadsEndAt(tx: TenantContext, interview: InterviewRow): Promise<number | null> {
  if (interview.deadlineAt === null) return null;
  const questions = await questionsFor(tx, interview);
  const longest = Math.max(0, ...questions.map((question) => question.answerSeconds));
  return interviewUploadsEndAt(interview.deadlineAt.getTime(), longest);
}
