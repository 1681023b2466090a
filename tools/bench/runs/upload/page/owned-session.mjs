import { openCapture } from '@fairtake/capture';
import SendingWorker from './ours-worker.mjs?worker&inline';

/**
 * Our engine with its worker, once this page owns the interview: after a reload the lock of the page before may still
 * be held for a moment, and on a busy machine even a free one takes its time.
 */
export async function openOwnedSession(options) {
  const session = await openCapture({ ...options, makeWorker: () => new SendingWorker() });
  await new Promise((resolve) => {
    const look = () => {
      if (session.getSnapshot().ownership === 'owner') resolve();
    };
    session.subscribe(look);
    look();
  });
  // Owner first, then the takes of the page before are picked up.
  await session.takeOver();
  return session;
}
