import type { CandidateInterview, CaptureSettings } from '@fairtake/contracts';
import type { TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { candidateAdjustments } from '../adjustments/adjustments.mapper';
import { timeRequestView } from '../time-requests/time-requests.mapper';
import type { CandidateActor } from '../security/actors';
import { candidateInterview } from './candidate-interview.mapper';
import { noteContact } from './contacts';
import { questionsFor } from './open-interview';

/**
 * The interview as its candidate sees it now. Windows for every question go out with it, so the server notes that the
 * device was in touch before the deadline, or that it came back after it (I10).
 */
export async function viewInterview(
  tx: TenantContext,
  candidate: CandidateActor,
  now: Date,
  capture: CaptureSettings,
): Promise<CandidateInterview> {
  const { interviewId } = candidate;
  const interview = await tx.interviews.find(interviewId);
  if (!interview) throw new AppError('not_found');
  await noteContact(tx, interview, candidate, now);
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
