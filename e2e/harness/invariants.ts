import { waitFor } from '@fairtake/testing';
import { queryDatabase } from './server-bytes';
import type { System } from './system';

/** Waits until the worker has nothing left to do. */
export const answersFinished = (system: System): Promise<boolean> =>
  waitFor(async () => (await unfinishedAnswers(system)) === 0, {
    what: 'every kept answer to be finished',
    timeoutMs: 120_000,
    intervalMs: 200,
  });

/** Asks the checker once nothing is under way any more: it must find nothing. */
export async function invariantsHold(system: System): Promise<void> {
  await answersFinished(system);
  const result = await system.runScript('apps/worker/dist/invariants-cli.js');
  expect(result).toMatchObject({ code: 0, stderr: '' });
}

async function unfinishedAnswers(system: System): Promise<number> {
  const [row] = await queryDatabase<{ count: string }>(
    system,
    `SELECT count(*) FROM answer
       JOIN interview ON interview.id = answer.interview_id
      WHERE interview.state = 'submitted' AND answer.kept_take_id IS NOT NULL
        AND answer.media_state NOT IN ('finished', 'failed')`,
  );
  return Number(row?.count);
}
