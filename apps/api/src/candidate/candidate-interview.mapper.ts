import type {
  CandidateAdjustments,
  CandidateInterview,
  CaptureSettings,
  TimeRequestView,
} from '@fairtake/contracts';
import type { AnswerRow, InterviewRow, NoticeRow } from '@fairtake/database';
import { interviewMinutes, interviewUploadsEndAt, settingsOf } from '@fairtake/domain';
import { limits } from '@fairtake/contracts';
import { candidateAnswer, type RecordedTakes } from './candidate-answer.mapper';
import { shownDeadlineOf } from './shown-deadline';
import type { CandidateQuestionRow } from './open-interview';

export interface CandidateInterviewParts extends RecordedTakes {
  interview: InterviewRow;
  notice: NoticeRow;
  consentGiven: boolean;
  questions: readonly CandidateQuestionRow[];
  answers: readonly AnswerRow[];
  adjustments: CandidateAdjustments;
  timeRequest: TimeRequestView | null;
  capture: CaptureSettings;
}

/** Everything the candidate's page shows. The questions stay hidden until consent is given. */
export function candidateInterview(parts: CandidateInterviewParts): CandidateInterview {
  const { interview, notice, consentGiven, questions } = parts;
  const deadlineAt = shownDeadlineOf(interview, parts.now);
  return {
    interviewId: interview.id,
    state: interview.state,
    locale: interview.locale,
    candidateName: interview.candidateName,
    organisation: interview.organisation,
    contactEmail: interview.contactEmail,
    title: interview.title,
    languages: interview.languages,
    deadlineAt: deadlineAt?.toISOString() ?? null,
    deadlinePaused: interview.pausedFrom !== null,
    timeZone: interview.timeZone,
    reviewers: interview.reviewersPerAnswer,
    replyWorkingDays: interview.replyWorkingDays,
    autoSubmit: interview.autoSubmit,
    consent: {
      given: consentGiven,
      noticeId: notice.id,
      version: notice.version,
      text: notice.text,
      retentionDays: interview.retentionDays,
    },
    questions: consentGiven
      ? questions.map((question) => ({
          questionId: question.id,
          kind: question.kind,
          settings: settingsOf(question),
          text: question.text,
          thinkSeconds: question.thinkSeconds,
          answerSeconds: question.answerSeconds,
          graceSeconds: limits.graceSeconds,
          takes: question.takes,
          required: question.required,
          showCountdown: question.showCountdown,
          window: windowOf(question, deadlineAt?.getTime() ?? null, parts.now),
        }))
      : [],
    questionCount: questions.length,
    kinds: [...new Set(questions.map((question) => question.kind))],
    minutes: interviewMinutes(questions),
    answers: parts.answers.map((answer) => candidateAnswer(answer, parts)),
    adjustments: parts.adjustments,
    timeRequest: parts.timeRequest,
    capture: parts.capture,
    reference: interview.reference,
    submittedAt: interview.submittedAt?.toISOString() ?? null,
    replyPromisedAt: interview.replyPromisedAt?.toISOString() ?? null,
    serverNow: parts.now.toISOString(),
  };
}

/**
 * Issued ahead of the question, so that it can be answered while offline. It promises no more than the deadline that is
 * shown; while that stands still the server may accept more.
 */
function windowOf(
  { answerSeconds }: CandidateQuestionRow,
  deadlineAt: number | null,
  now: Date,
): CandidateInterview['questions'][number]['window'] {
  return {
    issuedAt: now.toISOString(),
    startBeforeAt: instant(deadlineAt),
    uploadsEndAt: instant(deadlineAt === null ? null : interviewUploadsEndAt(deadlineAt, answerSeconds)),
  };
}

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
