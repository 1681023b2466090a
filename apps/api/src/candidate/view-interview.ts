import type { CandidateInterview, CaptureSettings } from '@fairtake/contracts';
import type { InterviewRow, TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { candidateAdjustments } from '../adjustments/adjustments.mapper';
import { timeRequestView } from '../time-requests/time-requests.mapper';
import { candidateInterview } from './candidate-interview.mapper';
import { questionsFor } from './open-interview';

/**
 * The interview as its candidate sees it now. Windows for every question go out with it, so the server notes that the
 * page was in touch before the deadline, or that it came back after it (I10).
 */
export async function viewInterview(
  tx: TenantContext,
  interviewId: string,
  now: Date,
  capture: CaptureSettings,
): Promise<CandidateInterview> {
  const interview = await tx.interviews.find(interviewId);
  if (!interview) throw new AppError('not_found');
  await noteContact(tx, interview, now);
  const notice = await tx.interviews.noticeInForce();
  const [timeRequest] = await tx.timeRequests.list(interviewId);
  return candidateInterview({
    interview,
    notice,
    consentGiven: await tx.interviews.hasConsented(interviewId, notice.id),
    questions: await questionsFor(tx, interview),
    answers: await tx.answers.listOfInterview(interviewId),
    takes: await tx.takes.listOfInterview(interviewId),
    faults: await tx.takeFaults.listOfInterview(interviewId),
    adjustments: candidateAdjustments(
      interview,
      await tx.adjustments.granted(interviewId),
      await tx.adjustments.requests(interviewId),
    ),
    timeRequest: timeRequest ? timeRequestView(timeRequest) : null,
    capture,
    now,
  });
}

/** Remembers contact with an interview that has a deadline: only that decides whether a take may be opened late. */
export async function noteContact(tx: TenantContext, interview: InterviewRow, now: Date): Promise<void> {
  if (interview.deadlineAt !== null && interview.state === 'started')
    await tx.deadlines.noteContact(interview.id, now, now >= interview.deadlineAt);
}
