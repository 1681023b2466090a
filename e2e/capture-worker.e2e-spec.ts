import { waitFor } from '@fairtake/testing';
import { captureWorker, chunksOfPage, chunksOfWorker } from './harness/capture-worker';
import { invariantsHold } from './harness/invariants';
import { SurvivalStage } from './harness/survival-stage';

/** What Chromium may write when a request dies with the worker that made it. */
const CUT = [/net::ERR_/];

let stage: SurvivalStage;
beforeAll(async () => {
  stage = await SurvivalStage.open('capture-worker');
});
afterAll(() => stage?.close());

it('sends from a worker, and from the page when the browser ends the worker in mid-answer', async () => {
  // The browser's own recorder: what the enhanced one makes is seen on its way to the worker, which ends here.
  const candidate = await stage.candidate('wren', { onlyWebm: true });
  const { page } = candidate;
  await candidate.steps.startRecording();
  await candidate.holdsAtLeast(2);
  expect((await chunksOfWorker(page)).length).toBeGreaterThanOrEqual(2);
  expect(await chunksOfPage(page)).toEqual([]);

  // It dies without a word: no error reaches the page.
  await captureWorker(page)!.evaluate(() => void setTimeout(() => globalThis.close()));
  await waitFor(async () => (await chunksOfPage(page)).length > 0, {
    what: 'the page to send by itself',
    timeoutMs: 60_000,
  });
  await candidate.finish();
  await candidate.expectSameBytes();
  expect(candidate.person.problems(CUT)).toEqual([]);
});

it('leaves no broken promise behind', async () => {
  await invariantsHold(stage.system);
});
