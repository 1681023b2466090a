import type { CandidateInterview } from '@fairtake/contracts';
import type { AnswerRow, InterviewRow, NoticeRow, TakeRow } from '@fairtake/database';
import { interviewMinutes, settingsOf } from '@fairtake/domain';
import { limits } from '@fairtake/contracts';
import { candidateAnswer } from './candidate-answer.mapper';
import type { CandidateQuestionRow } from './open-interview';

export interface CandidateInterviewParts {
  interview: InterviewRow;
  notice: NoticeRow;
  consentGiven: boolean;
  questions: readonly CandidateQuestionRow[];
  answers: readonly AnswerRow[];
  takes: readonly TakeRow[];
  now: Date;
}

/** Everything the candidate's page shows. The questions stay hidden until consent is given. */
export function candidateInterview(parts: CandidateInterviewParts): CandidateInterview {
  const { interview, notice, consentGiven, questions } = parts;
  return {
    interviewId: interview.id,
    state: interview.state,
    locale: interview.locale,
    candidateName: interview.candidateName,
    organisation: interview.organisation,
    contactEmail: interview.contactEmail,
    title: interview.title,
    languages: interview.languages,
    deadlineAt: interview.deadlineAt?.toISOString() ?? null,
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
        }))
      : [],
    questionCount: questions.length,
    kinds: [...new Set(questions.map((question) => question.kind))],
    minutes: interviewMinutes(questions),
    answers: parts.answers.map((answer) => candidateAnswer(answer, parts.takes)),
    reference: interview.reference,
    submittedAt: interview.submittedAt?.toISOString() ?? null,
    replyPromisedAt: interview.replyPromisedAt?.toISOString() ?? null,
    serverNow: parts.now.toISOString(),
  };
}
