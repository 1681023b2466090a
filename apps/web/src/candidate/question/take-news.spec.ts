import type { CandidateAnswer } from '@fairtake/contracts';
import { takeNews } from './take-news';

type ServerTake = CandidateAnswer['takes'][number];
const startedAt = '2026-11-22T12:00:00.000Z';
const fault = { reason: 'device_lost', at: startedAt, heldSeconds: 4, heldBytes: 80_000 } as const;

const takes = (...changes: Partial<ServerTake>[]) => {
  const base = { state: 'open', startedAt, vanished: false, fault: null, missingSeconds: null } as const;
  const list = changes.map((change, n) => ({ ...base, takeId: `t${n}`, ...change }));
  return { keptTakeId: null, takes: list } as unknown as CandidateAnswer;
};
const nowhere = () => false;

it('offers to keep what arrived of a recording whose page is gone, and whose bytes are not here', () => {
  const answer = takes({ vanished: true });
  expect(takeNews(answer, nowhere)).toEqual({ kind: 'vanished', takeId: 't0', startedAt });
  // The bytes are here: going on with them, or keeping them, loses nothing.
  expect(takeNews(answer, (takeId) => takeId === 't0')).toBeNull();
});

it('offers nothing while the device that recorded may still be sending', () => {
  expect(takeNews(takes({}), nowhere)).toEqual({ kind: 'unfinished' });
});

it('tells of a fault, also after the page was loaded again', () => {
  expect(takeNews(takes({ state: 'returned', fault }), nowhere)).toEqual({ kind: 'returned', fault });
});

it('tells of the newest recording only', () => {
  expect(takeNews(takes({ state: 'returned', fault }, { state: 'finalised' }), nowhere)).toBeNull();
  expect(takeNews(takes({ vanished: true }, { state: 'returned', fault }), nowhere)?.kind).toBe('returned');
  expect(takeNews({ ...takes({ state: 'kept' }), keptTakeId: 't0' }, nowhere)).toBeNull();
  expect(takeNews(undefined, nowhere)).toBeNull();
});
