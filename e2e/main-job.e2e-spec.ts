import { waitFor } from '@fairtake/testing';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { CandidateSteps, receivedAnswers, recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { answersFinished, invariantsHold } from './harness/invariants';
import { makeOrganisation, type Organisation } from './harness/people';
import { expectPlaying, watchAndListen } from './harness/playing';
import { leastKeptBytes, sha256 } from './harness/recorded-bytes';
import { answerByApi, reviewByApi } from './harness/other-people';
import { durableChunks, queryDatabase, serverTakes } from './harness/server-bytes';
import { column, inviteByHand, SetUpPage, signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { candidateWords, staffWords } from './harness/words';
import { expectWhole } from './recorders/decoded';

const TITLE = 'Backend engineer';
const QUESTIONS = [
  'What would you do in your first month here?',
  'Tell us about a system that stopped working. What did you do?',
] as const;
const ANCHORS = [
  'No plan to be heard',
  'A list without order',
  'An order and one reason',
  'An order by risk',
  'Order by risk, and what is left out',
] as const;
const CANARY = 'Only the second reviewer thinks this.';

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let organisation: Organisation;
let recruiter: BrowserPerson;
let candidate: BrowserPerson;
let reviewer: BrowserPerson;
let link = '';
let positionId = '';
let interviewId = '';

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('main-job'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  organisation = await makeOrganisation(system, {
    name: 'Alder Health',
    members: [
      { name: 'Marlow Finch', role: 'recruiter' },
      { name: 'Tove Brandt', role: 'reviewer' },
      { name: 'Jun Park', role: 'reviewer' },
    ],
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

it('lets a recruiter set a position up, publish it, invite and copy the link', async () => {
  recruiter = await browser.person({ name: 'main-1-recruiter' });
  const { page } = recruiter;
  await signIn(recruiter, system.url, organisation.members[0]!);
  const setUp = new SetUpPage(page);
  await setUp.create(TITLE);
  await setUp.addQuestion(1, { text: QUESTIONS[0], answerSeconds: '30 seconds', takes: '2' });
  await setUp.addQuestion(2, { text: QUESTIONS[1], answerSeconds: '1 minute', takes: '2' });
  await setUp.addCriterion(1, { name: 'Plans own work', anchors: ANCHORS, questions: [1] });
  await setUp.addCriterion(2, { name: 'Actions taken', anchors: ANCHORS, questions: [2] });
  await setUp.chooseReviewers(['Tove Brandt', 'Jun Park']);
  await recruiter.picture('set-up');
  await setUp.publish();
  positionId = /positions\/([^/]+)\//.exec(page.url())?.[1] ?? '';
  await page.getByRole('link', { name: staffWords('position.board') }).click();
  link = await inviteByHand(recruiter, 'Wren Calloway');
  expect(link).toMatch(/\/i#[A-Za-z0-9_-]{43}$/);
  await column(page, 'invited').getByText('Wren Calloway').waitFor();
  await recruiter.picture('board-invited');
  expect(recruiter.problems()).toEqual([]);
});

it('lets the candidate record two answers on a phone, with a reload in the middle of a recording', async () => {
  candidate = await browser.person({ name: 'main-2-candidate', size: 'phone' });
  const { page, recorded } = candidate;
  const steps = new CandidateSteps(candidate);
  interviewId = await steps.arrive(link);
  await candidate.picture('check');
  await steps.checkDevices();
  await candidate.picture('think');

  await steps.startRecording();
  await recordedFor(() => recorded.recorders()[0], 6);
  await waitFor(async () => (await durableChunks(system, interviewId)) >= 2, {
    what: 'chunks on the server',
  });
  await candidate.picture('recording');
  await page.reload();
  await page.getByText(candidateWords('found.goOn')).waitFor();
  await candidate.picture('found');
  const second = await steps.startRecording('found.goOn');
  await recordedFor(() => second, 3);
  await steps.stop();
  await candidate.picture('review');
  await steps.use('q/2');

  const given = await steps.startRecording();
  await recordedFor(() => given, 3);
  await steps.stop();
  const again = await steps.startRecordingAgain(1);
  await recordedFor(() => again, 5);
  await steps.stop();
  await steps.use('send');
  await waitFor(async () => (await receivedAnswers(page).count()) === 2, {
    what: 'both answers to be received',
  });
  await candidate.picture('send');
  await candidate.press(candidateWords('send.send'));
  await page.waitForURL('**/done');
  await page.getByText(/^[0-9A-Z]{3}-[0-9A-Z]{4}$/).waitFor();
  await candidate.picture('done');
  expect(candidate.problems()).toEqual([]);
});

it('used the better recorder wherever it had proved itself, and said so', async () => {
  const used = candidate.recorded.recorders().map(({ recorder }) => recorder);
  // After the reload it proves itself anew while the person goes on: the plain one records when there is no time.
  const either = expect.stringMatching(/^(enhanced|baseline)$/);
  expect(used).toEqual(['enhanced', either, 'enhanced', 'enhanced']);
  const takes = await serverTakes(system, interviewId);
  expect(takes.map(({ recorder }) => recorder)).toEqual([used[0], used[2], used[3]]);
  console.info(`Recorders of this run: ${used.join(', ')}.`);
});

it('has on the server exactly the bytes the recorders produced', async () => {
  const [cut, goneOn, given, again] = candidate.recorded.recorders();
  const takes = await serverTakes(system, interviewId);
  const kept = takes.filter(({ state }) => state === 'kept');
  expect(kept.map(({ questionNumber, segments }) => [questionNumber, segments.length])).toEqual([
    [1, 2],
    [2, 1],
  ]);
  const [first, second] = kept;
  for (const { segments } of kept)
    for (const { rowSha256, objectsSha256 } of segments) expect(rowSha256).toBe(objectsSha256);
  // What the reload cut off was never whole: the rest is byte for byte what the recorder gave before it.
  const before = first!.segments[0]!.bytes;
  expect(before.length).toBeGreaterThan(100_000);
  expect(before.length).toBeGreaterThanOrEqual(leastKeptBytes(cut!));
  expect(sha256(cut!.bytes.subarray(0, before.length))).toBe(sha256(before));
  expect(first!.segments[1]!.objectsSha256).toBe(sha256(goneOn!.bytes));
  expect(second!.segments[0]!.objectsSha256).toBe(sha256(again!.bytes));
  expect(sha256(given!.bytes)).not.toBe(sha256(again!.bytes));
});

it('has sound and picture of them in step, and as long as it was recorded', async () => {
  const [, goneOn, , again] = candidate.recorded.recorders();
  const kept = (await serverTakes(system, interviewId)).filter(({ state }) => state === 'kept');
  const recordings = [
    [goneOn!, kept[0]!.segments[1]!],
    [again!, kept[1]!.segments[0]!],
  ] as const;
  for (const [output, { bytes }] of recordings)
    if (output.recorder === 'enhanced') await expectWhole(output, bytes);
});

it('shows the recruiter how far the candidate is, and lets reviewers play, score and comment', async () => {
  // A second candidate and a second reviewer, through the API: they are not what this journey looks at.
  const [, , , again] = candidate.recorded.recorders();
  await answerByApi(system, {
    recruiter: organisation.members[0]!,
    positionId,
    name: 'Moss Everly',
    recording: again!,
  });
  await reviewByApi(organisation.members[2]!, {
    levels: [2, 4],
    comment: (answerId) => `${CANARY} ${answerId}`,
  });

  reviewer = await browser.person({ name: 'main-3-reviewer' });
  const { page } = reviewer;
  const heard: string[] = [];
  page.on('response', (response) => {
    if (!/json/.test(response.headers()['content-type'] ?? '')) return;
    // The body of a page that was left is gone; nobody read it either.
    void response.text().then(
      (body) => heard.push(body),
      () => undefined,
    );
  });
  await signIn(reviewer, system.url, organisation.members[1]!);
  await page.getByRole('link', { name: staffWords('review.continue') }).click();
  for (const question of [1, 2]) {
    for (const clip of [1, 2]) {
      await page
        .getByText(QUESTIONS[question - 1]!)
        .first()
        .waitFor();
      await page.getByLabel(staffWords('review.clipOf', { number: clip, total: 2 })).waitFor();
      const video = page.locator('video');
      await page.keyboard.press('Space');
      const playing = await watchAndListen(video);
      await reviewer.picture(`playing-${question}-${clip}`);
      expectPlaying(playing);
      expect(await video.evaluate((element) => (element as HTMLVideoElement).currentSrc)).toMatch(/^blob:/);
      const answerId = new URL(page.url()).searchParams.get('clip');
      expect(answerId).not.toBeNull();
      expect(heard.some((body) => body.includes(`${CANARY} ${answerId}`))).toBe(false);
      await expect(page.getByText(CANARY).count()).resolves.toBe(0);
      await page.keyboard.press('c');
      await page.keyboard.type(`Clear on question ${question}.`);
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press(String(clip + 2));
      await reviewer.picture(`scoring-${question}-${clip}`);
      await page.keyboard.press('Enter');
    }
    await page.getByText(staffWords('review.doneWords')).waitFor();
    await reviewer.picture(`finished-${question}`);
    // Once it is submitted, the others' view is there.
    await page.getByRole('button', { name: staffWords('review.lookBack') }).click();
    await page.getByText(CANARY).first().waitFor();
    await reviewer.picture(`others-${question}`);
    await page.getByRole('link', { name: staffWords('review.toQueue') }).click();
    if (question === 1) {
      await page.getByText(staffWords('review.questionOf', { number: 2, count: 2 })).waitFor();
      await page.getByRole('link', { name: staffWords('review.continue') }).click();
    }
  }
  expect(reviewer.problems()).toEqual([]);
});

it('lets the recruiter shortlist and compare two candidates side by side', async () => {
  const { page } = recruiter;
  await page.reload();
  const reviewed = column(page, 'reviewed');
  await reviewed.getByText('Wren Calloway').waitFor();
  await reviewed.getByText('Moss Everly').waitFor();
  await page.getByRole('button', { name: staffWords('board.actionsFor', { name: 'Wren Calloway' }) }).click();
  await page.getByRole('menuitem', { name: staffWords('board.moveToShortlist') }).click();
  await column(page, 'shortlist').getByText('Wren Calloway').waitFor();
  for (const name of ['Wren Calloway', 'Moss Everly'])
    await page.getByLabel(staffWords('board.select', { name })).check();
  await recruiter.picture('board-reviewed');
  await page.getByRole('button', { name: staffWords('board.compare') }).click();
  const panes = page.getByRole('article');
  await waitFor(async () => (await panes.count()) === 2, { what: 'two panes' });
  await page.keyboard.press('Space');
  expectPlaying(await watchAndListen(panes.nth(0).locator('video')));
  const other = panes.nth(1).locator('video');
  await waitFor(() => other.evaluate((video) => (video as HTMLVideoElement).currentTime > 0.5), {
    what: 'the other pane to play along',
  });
  await recruiter.picture('compare');
  const scores = page.getByRole('table');
  await scores.getByRole('row', { name: /Wren Calloway/ }).waitFor();
  expect(await scores.getByRole('row', { name: /Moss Everly/ }).innerText()).toMatch(/\d/);
  expect(recruiter.problems()).toEqual([]);
});

it('has kept every promise of the invariants', async () => {
  await answersFinished(system);
  const answers = await queryDatabase(system, 'SELECT media_state, media_flagged FROM answer');
  expect(answers).toEqual(Array(4).fill({ media_state: 'finished', media_flagged: false }));
  await invariantsHold(system);
});
