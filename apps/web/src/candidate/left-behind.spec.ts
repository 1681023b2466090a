import type { CandidateInterview } from '@fairtake/contracts';
import { leaveNothing, noteEnd, sweepOld } from './left-behind';

const hour = (hours: number): Date => new Date(Date.parse('2026-11-22T12:00:00Z') + hours * 3_600_000);
const interview = (interviewId: string, deadlineAt: string | null, deadlinePaused = false) =>
  ({ interviewId, deadlineAt, deadlinePaused }) as CandidateInterview;
let kept: Map<string, string>;
/** Of these two interviews, those whose recordings were to be removed. */
let forgotten: string[];
const forget = async (isWanted: (id: string, last: null) => boolean): Promise<void> => {
  forgotten.push(...['a', 'b'].filter((id) => isWanted(id, null)));
};

beforeEach(() => {
  kept = new Map();
  forgotten = [];
  globalThis.localStorage = {
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as unknown as Storage;
  for (const id of ['a', 'b'])
    for (const key of [`interview.${id}`, `response.${id}.q`, `file.${id}.q`, `kept.${id}`])
      kept.set(`fairtake.${key}`, '{}');
  kept.set('fairtake.locale', 'en');
});
afterEach(() => Reflect.deleteProperty(globalThis, 'localStorage'));

const idsLeft = (): string[] => [...new Set([...kept.keys()].map((key) => key.split('.')[2] ?? key))];

it('leaves nothing of an interview that is over, and all of another', async () => {
  noteEnd(interview('a', hour(0).toISOString()));
  await leaveNothing('a', forget);
  expect(idsLeft()).toEqual(['b', 'fairtake.locale']);
  expect(kept.size).toBe(5);
  expect(forgotten).toEqual(['a']);
});

it('removes what a page of anybody finds two hours after the deadline', async () => {
  noteEnd(interview('a', hour(0).toISOString()));
  noteEnd(interview('b', hour(24).toISOString()));
  await sweepOld(hour(1.9), forget);
  expect(idsLeft()).toEqual(['a', 'b', 'fairtake.locale']);
  expect(forgotten).toEqual([]);
  await sweepOld(hour(2.1), forget);
  expect(idsLeft()).toEqual(['b', 'fairtake.locale']);
  expect(forgotten).toEqual(['a']);
});

it('waits while the deadline stands still, and where there is none', async () => {
  noteEnd(interview('a', hour(0).toISOString()));
  noteEnd(interview('a', hour(0).toISOString(), true));
  noteEnd(interview('b', null));
  await sweepOld(hour(48), forget);
  expect(idsLeft()).toEqual(['a', 'b', 'fairtake.locale']);
});
