import type { CandidateInterview } from '@fairtake/contracts';
import { forgetInterview, keepInterview, keptInterview } from './kept-interview';

const interview = (over: object = {}) =>
  ({
    ...{
      interviewId: 'i',
      state: 'started',
      consent: { given: true },
      serverNow: '2026-11-22T12:00:00.000Z',
    },
    ...over,
  }) as CandidateInterview;
const at = (time: string): Date => new Date(`2026-11-22T${time}Z`);

beforeEach(() => {
  const kept = new Map<string, string>();
  globalThis.localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
});
afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'));

it('gives the copy back with the time that has passed', () => {
  keepInterview(interview(), at('09:00:00'));
  expect(keptInterview('i', at('09:05:00'))).toMatchObject({ serverNow: '2026-11-22T12:05:00.000Z' });
  // A clock that was set back does not make the server's run backwards.
  expect(keptInterview('i', at('08:00:00'))).toMatchObject({ serverNow: '2026-11-22T12:00:00.000Z' });
  expect(keptInterview('other')).toBeNull();
});

it.each([
  ['sent', { state: 'submitted' }],
  ['withdrawn', { state: 'withdrawn' }],
  ['not agreed to', { consent: { given: false } }],
])('forgets an interview that is %s', (_name, over) => {
  keepInterview(interview());
  keepInterview(interview(over));
  expect(keptInterview('i')).toBeNull();
});

it('lives without storage, and with a copy that cannot be read', () => {
  localStorage.setItem('fairtake.interview.i', '{');
  expect(keptInterview('i')).toBeNull();
  localStorage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  expect(() => keepInterview(interview())).not.toThrow();
  localStorage.removeItem = () => {
    throw new DOMException('no', 'SecurityError');
  };
  expect(() => forgetInterview('i')).not.toThrow();
});
