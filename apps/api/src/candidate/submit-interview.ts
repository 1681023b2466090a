import type { InterviewRow, TenantContext } from '@fairtake/database';
import { addWorkingDays, chooseReviewers } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { v7 as uuidv7 } from 'uuid';

/**
 * Sends an interview: state, promised reply, reviewers and audit row commit together.
 *
 * @param options.onlyWhenComplete do nothing instead of refusing while a required question has no kept answer
 */
export async function submitInterview(
  tx: TenantContext,
  interview: InterviewRow,
  now: Date,
  options: { onlyWhenComplete?: boolean } = {},
): Promise<void> {
  const questions = await tx.interviews.questions(interview.positionId);
  const kept = (await tx.answers.listOfInterview(interview.id)).filter(
    (answer) => answer.keptTakeId !== null,
  );
  const missing = questions.filter(
    (question) => question.required && !kept.some((answer) => answer.questionId === question.id),
  );
  // Automatic sending waits for the optional questions too: nobody is cut off from answering them.
  if (options.onlyWhenComplete && kept.length < questions.length) return;
  if (missing.length > 0 || kept.length === 0) throw new AppError('answers_missing');
  const promised = addWorkingDays(now.getTime(), interview.replyWorkingDays, interview.timeZone);
  if (!(await tx.interviews.submit(interview.id, { at: now, replyPromisedAt: new Date(promised) })))
    throw new AppError('interview_closed');
  await enterRound(
    tx,
    interview,
    kept.map((answer) => answer.id),
    now,
  );
  await tx.audit.record({
    actor: { kind: 'candidate', id: interview.id },
    action: 'interview.submitted',
    subjectKind: 'interview',
    subjectId: interview.id,
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
