import type { InterviewRow, TenantContext } from '@fairtake/database';
import { addWorkingDays, chooseReviewers } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { v7 as uuidv7 } from 'uuid';

/**
 * Why an interview is sent: the candidate asked for it, the last answer of an automatic position was kept, or its time
 * is over.
 */
export type SendOccasion = 'asked' | 'last_answer' | 'time_over';

/**
 * Sends an interview: state, promised reply, reviewers and audit row commit together. Asked for, it is refused while a
 * required answer is missing; the other occasions send nothing then, or what there is when the time is over.
 *
 * @throws AppError answers_missing, interview_closed
 */
export async function submitInterview(
  tx: TenantContext,
  interview: InterviewRow,
  now: Date,
  occasion: SendOccasion,
): Promise<void> {
  const questions = await tx.interviews.questions(interview.positionId);
  const answers = await tx.answers.listOfInterview(interview.id);
  const kept = answers.filter((answer) => answer.keptAt !== null);
  const isKept = (question: { id: string }): boolean =>
    kept.some((answer) => answer.questionId === question.id);
  const incomplete = questions.some((question) => question.required && !isKept(question));
  // Automatic sending waits for the optional questions too: nobody is cut off from answering them.
  if (occasion === 'last_answer' && kept.length < questions.length) return;
  if (occasion === 'time_over' && kept.length === 0) return;
  if (occasion === 'asked' && (incomplete || kept.length === 0)) throw new AppError('answers_missing');
  const promised = addWorkingDays(now.getTime(), interview.replyWorkingDays, interview.timeZone);
  const isPartial = kept.some((answer) => answer.missingSeconds !== null);
  const sent = { at: now, replyPromisedAt: new Date(promised), incomplete: incomplete || isPartial };
  if (!(await tx.interviews.submit(interview.id, sent))) throw new AppError('interview_closed');
  await tx.adjustments.closeOpen(interview.id, now);
  await tx.timeRequests.closeOpen(interview.id, now);
  const answerIds = kept.map((answer) => answer.id);
  await enterRound(tx, interview, answerIds, now);
  await tx.audit.record({
    actor: occasion === 'time_over' ? { kind: 'system' } : { kind: 'candidate', id: interview.id },
    action: 'interview.submitted',
    subjectKind: 'interview',
    subjectId: interview.id,
    detail: { occasion, incomplete },
  });
}

/** Hands each answer to as many reviewers as the position asks for, the least busy first. */
async function enterRound(
  tx: TenantContext,
  interview: InterviewRow,
  answerIds: string[],
  now: Date,
): Promise<void> {
  const round = await tx.rounds.lockOpen(interview.positionId);
  if (!round) return;
  const reviewers = await tx.rounds.reviewersByLoad(interview.positionId, round.id);
  const dueAt = new Date(now.getTime() + round.dueHours * 3_600_000);
  for (const answerId of answerIds)
    for (const memberId of chooseReviewers(reviewers, interview.reviewersPerAnswer, answerId)) {
      await tx.rounds.assign({ id: uuidv7(), roundId: round.id, answerId, memberId, dueAt });
      reviewers.find((reviewer) => reviewer.memberId === memberId)!.openAssignments += 1;
    }
}
