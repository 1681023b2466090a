import type { CandidateInterview, QuestionKind } from '@fairtake/contracts';

/** The pages of one interview. Each has an address; which ones are open follows from the interview's state. */
export type Step =
  | {
      name:
        | 'welcome'
        | 'consent'
        | 'other-ways'
        | 'adjustments'
        | 'check'
        | 'practice'
        | 'send'
        | 'sending'
        | 'done'
        | 'status'
        | 'my-data'
        | 'withdrawn';
    }
  | { name: 'question'; number: number };

const plainNames = [
  'welcome',
  'consent',
  'other-ways',
  'adjustments',
  'check',
  'practice',
  'send',
  'sending',
  'done',
  'status',
  'my-data',
  'withdrawn',
] as const;

export function pathOf(interviewId: string, step: Step): string {
  const page = step.name === 'question' ? `q/${step.number}` : step.name;
  return `/i/${interviewId}/${page}`;
}

/** The interview and page an address names; null for `/i` alone and anything unknown. */
export function parsePath(path: string): { interviewId: string; step: Step } | null {
  const match = /^\/i\/([0-9a-fA-F-]{36})(?:\/(.*?))?\/?$/.exec(path);
  if (!match?.[1]) return null;
  const interviewId = match[1];
  const page = match[2] ?? '';
  const question = /^q\/([1-9]\d?)$/.exec(page);
  if (question) return { interviewId, step: { name: 'question', number: Number(question[1]) } };
  const name = plainNames.find((plain) => plain === page);
  return { interviewId, step: { name: name ?? 'welcome' } };
}

/** What decides, beside the interview itself, where a person may be. */
export type StepFacts = {
  /** The device check was finished or passed over in this tab. */
  checked: boolean;
  /** Questions whose kept answer is still on its way to the server. */
  keptHere: ReadonlySet<string>;
};

/** The page to show when `wanted` was asked for: the same, or the earliest one that must come first. */
export function allowedStep(wanted: Step, interview: CandidateInterview, facts: StepFacts): Step {
  // What is held of a person is theirs to see at any time.
  if (wanted.name === 'my-data') return wanted;
  if (interview.state === 'withdrawn') return { name: 'withdrawn' };
  if (interview.state === 'submitted') {
    return wanted.name === 'done' ? wanted : { name: 'status' };
  }
  if (wanted.name === 'done' || wanted.name === 'status' || wanted.name === 'withdrawn')
    return { name: 'welcome' };
  if (['welcome', 'other-ways', 'adjustments'].includes(wanted.name)) return wanted;
  if (!interview.consent.given) return { name: 'consent' };
  if (wanted.name === 'consent') return nextStep(interview, facts);
  if ((wanted.name === 'check' || wanted.name === 'practice') && !needsDevices(interview))
    return nextStep(interview, facts);
  // Practice needs open devices, and leaves nothing behind that a return could find.
  if (wanted.name === 'practice') return facts.checked ? wanted : { name: 'check' };
  if (wanted.name !== 'question') return wanted;
  const question = interview.questions[wanted.number - 1];
  if (!question) return nextStep(interview, facts);
  return facts.checked || !isRecorded(question.kind) ? wanted : { name: 'check' };
}

/** Where **Start**, **Continue** and a kept answer lead: the first open question, or the page to send from. */
export function nextStep(interview: CandidateInterview, facts: StepFacts, after = 0): Step {
  if (!interview.consent.given) return { name: 'consent' };
  if (!facts.checked && needsDevices(interview)) return { name: 'check' };
  const open = (index: number): boolean => !isAnswered(interview, index, facts);
  const count = interview.questions.length;
  for (let index = after; index < count; index++) {
    if (open(index)) return { name: 'question', number: index + 1 };
  }
  // Going back over skipped questions is offered on the page to send from, never forced.
  const required = interview.questions.findIndex((question, index) => question.required && open(index));
  if (required >= 0) return { name: 'question', number: required + 1 };
  return { name: 'send' };
}

/** Whether the answer is recorded; otherwise it is written, chosen or sent, and needs no camera or microphone. */
export const isRecorded = (kind: QuestionKind): boolean => !['text', 'choice', 'file'].includes(kind);

export const needsDevices = (interview: CandidateInterview): boolean =>
  interview.questions.some((question) => isRecorded(question.kind));

function isAnswered(interview: CandidateInterview, index: number, facts: StepFacts): boolean {
  const question = interview.questions[index];
  if (!question) return true;
  if (facts.keptHere.has(question.questionId)) return true;
  return interview.answers.some((answer) => answer.questionId === question.questionId && answer.kept);
}

/** Whether a required question has no chosen answer yet. */
export function isIncomplete(interview: CandidateInterview, facts: StepFacts): boolean {
  return interview.questions.some(
    (question, index) => question.required && !isAnswered(interview, index, facts),
  );
}
