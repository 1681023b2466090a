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
  /** Devices do not work, or not yet: questions that need none come first. */
  othersFirst?: boolean;
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

/**
 * Where **Start**, **Continue** and a kept answer lead: the first open question, the device check if it needs one, or
 * the page to send from. From the first page (`after` is 0) the devices come first: trouble with them is best met early.
 */
export function nextStep(interview: CandidateInterview, facts: StepFacts, after = 0): Step {
  const { questions } = interview;
  if (!interview.consent.given) return { name: 'consent' };
  const isOpen = (index: number): boolean => !isAnswered(interview, index, facts);
  const open = [...questions.keys()].filter(isOpen);
  const isHeldUp = (index: number): boolean => !facts.checked && isRecorded(questions[index]!.kind);
  if (after === 0 && !facts.othersFirst && open.some(isHeldUp)) return { name: 'check' };
  // Going back over skipped questions is offered on the page to send from, never forced.
  const required = open.filter((index) => questions[index]!.required);
  const waiting = [...open.filter((index) => index >= after), ...required];
  const next = facts.othersFirst ? (waiting.find((index) => !isHeldUp(index)) ?? required[0]) : waiting[0];
  if (next === undefined) return { name: 'send' };
  return isHeldUp(next) ? { name: 'check' } : { name: 'question', number: next + 1 };
}

/** Where somebody without camera and microphone can go on; null when nothing can be done without them. */
export function stepWithoutDevices(interview: CandidateInterview, facts: StepFacts): Step | null {
  const step = nextStep(interview, { ...facts, othersFirst: true });
  return step.name === 'check' || step.name === 'consent' ? null : step;
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
