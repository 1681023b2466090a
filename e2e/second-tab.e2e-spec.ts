import { waitFor } from '@fairtake/testing';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { chunksOfPage, chunksOfWorker } from './harness/capture-worker';
import { CandidateSteps, receivedAnswers, recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { invariantsHold } from './harness/invariants';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { sha256 } from './harness/recorded-bytes';
import { durableChunks, serverTakes } from './harness/server-bytes';
import { startSystem, type System } from './harness/system';
import { candidateWords as t } from './harness/words';

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let candidate: BrowserPerson;
let link: string;

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('second-tab'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  const { admin } = await makeOrganisation(system, { name: 'Alder Health', members: [] });
  const positionId = await publishPosition(admin, {
    title: 'Backend engineer',
    question: 'Tell us about a system that stopped working.',
    reviewers: [admin],
  });
  link = await inviteByApi(admin, positionId, 'Wren Calloway');
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

it('tells a second tab, and lets it take over a recording without losing what there is', async () => {
  candidate = await browser.person({ name: 'second-tab' });
  const first = new CandidateSteps(candidate);
  const interviewId = await first.arrive(link);
  await first.skipCheck();
  const started = await first.startRecording();
  // More than a short take, however early its first chunks leave.
  await recordedFor(() => started, 5);
  await waitFor(async () => (await durableChunks(system, interviewId)) >= 2, {
    what: 'chunks on the server',
  });
  // Journal and uploads live in a worker of their own.
  expect((await chunksOfWorker(candidate.page)).length).toBeGreaterThanOrEqual(2);
  expect(await chunksOfPage(candidate.page)).toEqual([]);

  const tab = await candidate.openTab();
  await tab.goto(candidate.page.url());
  await tab.getByRole('heading', { name: t('tab.elsewhere') }).waitFor();
  await candidate.picture('told', tab);
  // Being told changes nothing in the tab that records.
  await candidate.page.getByRole('button', { name: t('question.stop'), exact: true }).waitFor();

  await candidate.press(t('tab.takeOver'), tab);
  await candidate.page.getByRole('heading', { name: t('tab.lost') }).waitFor();
  await candidate.picture('lost');
  // This tab has not checked its devices: they may be others than the first tab's.
  await candidate.press(t('check.skip'), tab);
  await tab.getByText(t('found.goOn')).waitFor();
  await candidate.picture('found', tab);
  await candidate.press(t('found.keep'), tab);
  await candidate.press(t('question.use'), tab);
  await waitFor(async () => (await receivedAnswers(tab).count()) === 1, {
    what: 'the answer to be received',
  });
  await candidate.press(t('send.send'), tab);
  await tab.waitForURL('**/done');
  // The first tab is alone again, learns that everything was sent, and shows that.
  await candidate.page.getByRole('heading', { name: t('status.title') }).waitFor();
  await candidate.picture('first-tab');

  const [take] = await serverTakes(system, interviewId);
  const [segment] = take!.segments;
  const [recorder] = candidate.recorded.recorders();
  expect(segment!.bytes.length).toBeGreaterThan(50_000);
  expect(segment!.rowSha256).toBe(segment!.objectsSha256);
  expect(segment!.rowSha256).toBe(sha256(recorder!.bytes.subarray(0, segment!.bytes.length)));
  expect(candidate.problems([/status of 409 .*\/open$/])).toEqual([]);
});

it('leaves no broken promise behind', () => invariantsHold(system));
