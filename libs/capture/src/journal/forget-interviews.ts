import { systemClock, type Clock } from '../clock';
import { openIndexedDbStore } from './indexeddb-store';
import { Journal, type JournalTake } from './journal';

/**
 * Removes recordings and notes of whole interviews from this device, sent or not: after an interview is over nothing
 * personal stays on a shared computer. Close the interview's session first. Where there is no storage, or it cannot be
 * opened, nothing is done.
 *
 * @param isOver asked once per interview; `lastStartedAt` is the ISO start of its newest recording by this device's
 *   clock, null when there are only notes
 */
export async function forgetInterviews(
  isOver: (interviewId: string, lastStartedAt: string | null) => boolean,
  factory: IDBFactory | undefined = globalThis.indexedDB,
  clock: Clock = systemClock,
): Promise<void> {
  const store = factory ? await openIndexedDbStore(factory, clock).catch(() => null) : null;
  if (!store) return;
  try {
    const takes = (await store.list('takes', [])).map((entry) => entry.value as JournalTake);
    const notes = (await store.list('notes', [])).map((entry) => entry.key[0] as string);
    const journal = new Journal(store);
    for (const interviewId of new Set([...takes.map((take) => take.interviewId), ...notes])) {
      const own = takes.filter((take) => take.interviewId === interviewId);
      const lastStartedAt =
        own
          .map((take) => take.startedAt)
          .sort()
          .at(-1) ?? null;
      if (!isOver(interviewId, lastStartedAt)) continue;
      for (const { takeId } of own) await journal.forget(takeId);
      await store.write([{ removeAll: 'notes', prefix: [interviewId] }], 'relaxed');
    }
  } finally {
    store.close();
  }
}
