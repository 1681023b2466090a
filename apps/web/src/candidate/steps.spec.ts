import type { CandidateInterview } from '@fairtake/contracts';
import {
  allowedStep,
  isIncomplete,
  nextStep,
  parsePath,
  pathOf,
  stepWithoutDevices,
  type StepFacts,
} from './steps';

const interviewId = '01938a55-0000-7000-8000-000000000001';

function interview(
  change: { state?: string; consent?: boolean; kept?: boolean[]; required?: boolean[] } = {},
) {
  const { kept = [false, false], required = [true, true], consent = true, state = 'started' } = change;
  return {
    state,
    consent: { given: consent },
    questions: consent ? kept.map((_, i) => ({ questionId: `q${i}`, required: required[i] })) : [],
    answers: kept.map((is, i) => ({ questionId: `q${i}`, kept: is })),
  } as unknown as CandidateInterview;
}

const facts = (checked = true, ...keptHere: string[]): StepFacts => ({
  checked,
  keptHere: new Set(keptHere),
});

describe('addresses', () => {
  it('reads back what it writes', () => {
    for (const step of [
      { name: 'welcome' },
      { name: 'other-ways' },
      { name: 'question', number: 12 },
    ] as const) {
      expect(parsePath(pathOf(interviewId, step))).toEqual({ interviewId, step });
    }
  });

  it('knows an interview from its bare address and nothing from /i', () => {
    expect(parsePath(`/i/${interviewId}`)).toEqual({ interviewId, step: { name: 'welcome' } });
    expect(parsePath('/i')).toBeNull();
    expect(parsePath('/i/x/q/1')).toBeNull();
  });
});

describe('allowedStep', () => {
  it('asks for consent before anything is recorded', () => {
    expect(allowedStep({ name: 'question', number: 1 }, interview({ consent: false }), facts())).toEqual({
      name: 'consent',
    });
  });

  it('asks for the device check before a question', () => {
    expect(allowedStep({ name: 'question', number: 1 }, interview(), facts(false))).toEqual({
      name: 'check',
    });
  });

  it('shows nothing but the receipt and the status once sent', () => {
    const sent = interview({ state: 'submitted' });
    expect(allowedStep({ name: 'question', number: 1 }, sent, facts())).toEqual({ name: 'status' });
    expect(allowedStep({ name: 'done' }, sent, facts())).toEqual({ name: 'done' });
  });

  it('leads from a question that is not there to one that is', () => {
    expect(allowedStep({ name: 'question', number: 9 }, interview({ kept: [true, false] }), facts())).toEqual(
      {
        name: 'question',
        number: 2,
      },
    );
  });

  it('shows a person their data at any time', () => {
    const wanted = { name: 'my-data' } as const;
    for (const state of ['invited', 'started', 'submitted', 'withdrawn'])
      expect(allowedStep(wanted, interview({ state }), facts())).toEqual(wanted);
  });

  it('leads nowhere else after withdrawing', () => {
    for (const name of ['welcome', 'consent', 'check', 'send', 'done', 'status'] as const)
      expect(allowedStep({ name }, interview({ state: 'withdrawn' }), facts())).toEqual({
        name: 'withdrawn',
      });
    expect(allowedStep({ name: 'withdrawn' }, interview(), facts())).toEqual({ name: 'welcome' });
  });

  it('does not show a receipt before sending', () => {
    expect(allowedStep({ name: 'done' }, interview(), facts())).toEqual({ name: 'welcome' });
  });
});

describe('nextStep', () => {
  it('goes to the first question without a kept answer', () => {
    expect(nextStep(interview({ kept: [true, false] }), facts())).toEqual({ name: 'question', number: 2 });
  });

  it('counts an answer that is still on its way', () => {
    expect(nextStep(interview(), facts(true, 'q0', 'q1'))).toEqual({ name: 'send' });
  });

  it('comes back to a required question that was passed over', () => {
    expect(nextStep(interview(), facts(), 2)).toEqual({ name: 'question', number: 1 });
  });

  it('lets an optional question stay open', () => {
    const optional = interview({ kept: [true, false], required: [true, false] });
    expect(nextStep(optional, facts(), 2)).toEqual({ name: 'send' });
  });
});

describe('without camera and microphone', () => {
  const mixed = (kept = [false, false, false, false], required = [true, true, true, true]) => {
    const made = interview({ kept, required });
    const kinds = ['video', 'text', 'audio', 'choice'] as const;
    const questions = made.questions.map((question, index) => ({ ...question, kind: kinds[index] }));
    return { ...made, questions } as CandidateInterview;
  };
  const others = { ...facts(false), othersFirst: true };

  it('checks the devices first, unless the others were asked for', () => {
    expect(nextStep(mixed(), facts(false))).toEqual({ name: 'check' });
    expect(nextStep(mixed(), others)).toEqual({ name: 'question', number: 2 });
  });

  it('goes from one question that needs no device to the next one, over those that do', () => {
    const answered = mixed([false, true, false, false]);
    expect(nextStep(answered, others, 2)).toEqual({ name: 'question', number: 4 });
    // Nobody is sent to the check before a question that is typed or chosen.
    const two = mixed([true, false, true, false]);
    expect(nextStep(two, facts(false), 2)).toEqual({ name: 'question', number: 4 });
    expect(nextStep(mixed([true, false, false, false]), facts(false), 2)).toEqual({ name: 'check' });
  });

  it('comes back to the check for what has to be recorded, and to sending when nothing has', () => {
    const typed = [false, true, false, true];
    expect(nextStep(mixed(typed), others, 4)).toEqual({ name: 'check' });
    expect(nextStep(mixed(typed, [false, true, false, true]), others, 4)).toEqual({ name: 'send' });
  });

  it('offers a way on only where there is one', () => {
    const typed = [false, true, false, true];
    expect(stepWithoutDevices(mixed(), facts(false))).toEqual({ name: 'question', number: 2 });
    expect(stepWithoutDevices(mixed(typed), facts(false))).toBeNull();
    expect(stepWithoutDevices(mixed(typed, [false, true, false, true]), facts(false))).toEqual({
      name: 'send',
    });
    expect(stepWithoutDevices(interview({ consent: false }), facts(false))).toBeNull();
  });

  it('asks for no check where every spoken question is answered in writing', () => {
    const written = interview({ kept: [false, false] });
    const questions = written.questions.map((question) => ({ ...question, kind: 'text' as const }));
    const all = { ...written, questions } as CandidateInterview;
    expect(nextStep(all, facts(false))).toEqual({ name: 'question', number: 1 });
    expect(allowedStep({ name: 'check' }, all, facts(false))).toEqual({ name: 'question', number: 1 });
  });
});

describe('isIncomplete', () => {
  it('asks only for required answers', () => {
    expect(isIncomplete(interview({ kept: [true, false] }), facts())).toBe(true);
    expect(isIncomplete(interview({ kept: [true, false], required: [true, false] }), facts())).toBe(false);
    expect(isIncomplete(interview(), facts(true, 'q0', 'q1'))).toBe(false);
  });
});
