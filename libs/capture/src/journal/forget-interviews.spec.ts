import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { VirtualClock } from '../testing/virtual-clock';
import { forgetInterviews } from './forget-interviews';
import { openIndexedDbStore } from './indexeddb-store';
import { Journal, type JournalTake } from './journal';

// The store names it as a browser global.
globalThis.IDBKeyRange = IDBKeyRange;

it('removes recordings and notes of interviews that are over, and leaves the others', async () => {
  const factory = new IDBFactory();
  const clock = new VirtualClock(async () => undefined);
  const store = await openIndexedDbStore(factory, clock);
  const journal = new Journal(store);
  for (const [takeId, interviewId] of [
    ['a', 'over'],
    ['b', 'over'],
    ['c', 'running'],
  ] as const) {
    const startedAt = `2026-11-2${takeId === 'b' ? 2 : 1}T10:00:00.000Z`;
    await journal.replaceTake({ takeId, interviewId, startedAt } as JournalTake);
    await journal.appendFragment(takeId, { segment: 0, sequence: 0, sizeBytes: 1 }, Uint8Array.of(1), 500);
    await store.write([{ put: 'notes', key: [interviewId, 'question'], value: 'private' }], 'relaxed');
  }
  await store.write([{ put: 'notes', key: ['notes-only', 'question'], value: 'private' }], 'relaxed');
  const asked: string[] = [];
  const isOver = (interviewId: string, lastStartedAt: string | null): boolean => {
    asked.push(`${interviewId} ${lastStartedAt}`);
    return interviewId !== 'running';
  };
  await forgetInterviews(isOver, factory, clock);
  expect(asked.sort()).toEqual([
    'notes-only null',
    'over 2026-11-22T10:00:00.000Z',
    'running 2026-11-21T10:00:00.000Z',
  ]);
  const left = async (name: 'takes' | 'fragments' | 'bytes' | 'notes') =>
    (await store.list(name, [])).map((entry) => entry.key[0]);
  expect(await left('takes')).toEqual(['c']);
  expect(await left('fragments')).toEqual(['c']);
  expect(await left('bytes')).toEqual(['c']);
  expect(await left('notes')).toEqual(['running']);
  store.close();
});

it('does nothing where there is no storage', async () => {
  await expect(forgetInterviews(() => true, undefined)).resolves.toBeUndefined();
});
