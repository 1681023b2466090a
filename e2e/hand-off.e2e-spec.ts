import { waitFor } from '@fairtake/testing';
import type { Page } from 'playwright-core';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { CandidateSteps, recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { invariantsHold } from './harness/invariants';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { sha256 } from './harness/recorded-bytes';
import { durableChunks, serverTakes } from './harness/server-bytes';
import { startSystem, type System } from './harness/system';
import { candidateWords as t } from './harness/words';

const QUESTION = 'Tell us about a system that stopped working.';
const DEVICE = 'Chrome on Linux';

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let computer: BrowserPerson;
let phone: BrowserPerson;
let link: string;
let interviewId: string;

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('hand-off'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  const { admin } = await makeOrganisation(system, { name: 'Alder Health', members: [] });
  const positionId = await publishPosition(admin, {
    title: 'Backend engineer',
    question: QUESTION,
    reviewers: [admin],
  });
  link = await inviteByApi(admin, positionId, 'Wren Calloway');
  computer = await browser.person({ name: 'hand-off-computer' });
  phone = await browser.person({ name: 'hand-off-phone', size: 'phone' });
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

const says = (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor();
const button = (page: Page, id: string): Promise<void> =>
  page.getByRole('button', { name: t(id), exact: true }).waitFor();
const chunks = (atLeast: number): Promise<boolean> =>
  waitFor(async () => (await durableChunks(system, interviewId)) >= atLeast, {
    what: 'chunks on the server',
  });

it('another device that opens the link is told who records, and takes over when the person says so', async () => {
  const steps = new CandidateSteps(computer);
  interviewId = await steps.arrive(link);
  await steps.skipCheck();
  await steps.startRecording();
  await chunks(2);

  await phone.page.goto(link);
  await says(phone.page, t('held.title', { device: DEVICE }));
  await phone.press(t('welcome.continue'));
  await says(phone.page, t('cue.recording', { device: DEVICE }));
  await phone.page.getByRole('heading', { level: 1, name: QUESTION }).waitFor();
  await phone.picture('told');
  // Being told changes nothing where it records.
  await button(computer.page, 'question.stop');

  await phone.press(t('tab.takeOver'));
  await says(computer.page, t('cue.stopped.received', { number: 1 }));
  await computer.picture('stopped');
  await phone.press(t('check.skip'));
  await says(phone.page, t('found.received'));
  await phone.page.getByRole('button', { name: new RegExp(`^${t('own.play')}`) }).click();
  await phone.page.locator('video[src*="/media/own/"]').waitFor();
  await waitFor(
    () =>
      phone.page.evaluate(
        () => (document.querySelector<HTMLVideoElement>('video[src*="/media/own/"]')?.readyState ?? 0) >= 2,
      ),
    { what: 'the recording of the computer to play on the phone' },
  );
  await phone.picture('plays');
});

it('the computer takes the interview back, and hands it to the phone by a code', async () => {
  await computer.press(t('cue.takeBack'));
  await says(phone.page, t('cue.takeBack'));
  await computer.page.getByRole('button', { name: t('question.again', { takesLeft: 1 }) }).click();
  await computer.press(t('welcome.phone'));
  await computer.page.getByRole('img', { name: t('handOff.qr') }).waitFor();
  await computer.picture('code');
  await computer.press(t('phone.copy'));
  await says(computer.page, t('phone.copied'));
  const code = await computer.page.evaluate(() => navigator.clipboard.readText());
  expect(code).toMatch(/\/i#h\.[\w-]{43}$/);

  await phone.page.goto('about:blank');
  await phone.page.goto(code);
  // The secret is in the address no longer than it takes to read it.
  await phone.page.waitForURL(`**/i/${interviewId}/**`);
  expect(phone.page.url()).not.toContain('#');
  await says(computer.page, t('cue.ready', { device: DEVICE }));
  await computer.picture('cue-ready');
  await phone.press(t('check.skip'));
  await phone.page.getByRole('button', { name: t('question.again', { takesLeft: 1 }) }).click();
  await says(computer.page, t('cue.reading', { device: DEVICE }));
  const recorder = await new CandidateSteps(phone).startRecording();
  // More than a short take, however early its first chunks leave.
  await recordedFor(() => recorder, 5);
  await says(computer.page, t('cue.recording', { device: DEVICE }));
  await computer.picture('cue-recording');
  const before = await durableChunks(system, interviewId);
  await chunks(before + 2);
});

it('the phone sends, and the computer shows that it was received', async () => {
  const steps = new CandidateSteps(phone);
  await steps.stop();
  await steps.use('send');
  await phone.picture('send');
  await phone.press(t('send.send'));
  await phone.page.waitForURL('**/done');
  await computer.page.waitForURL('**/status');
  await computer.picture('status');
  await computer.press(t('status.watch'));
  await computer.page.getByRole('heading', { name: t('data.recordings') }).waitFor();
  await computer.picture('my-data');

  const takes = await serverTakes(system, interviewId);
  expect(takes.map((take) => take.state)).toEqual(['finalised', 'kept']);
  const recorders = [computer.recorded.recorders()[0]!, phone.recorded.recorders()[0]!];
  for (const [index, take] of takes.entries()) {
    const [segment] = take.segments;
    expect(segment!.bytes.length).toBeGreaterThan(50_000);
    expect(segment!.rowSha256).toBe(segment!.objectsSha256);
    const produced = recorders[index]!.bytes.subarray(0, segment!.bytes.length);
    expect(segment!.rowSha256).toBe(sha256(produced));
  }
  expect(computer.problems()).toEqual([]);
  expect(phone.problems()).toEqual([]);
});

it('leaves no broken promise behind', () => invariantsHold(system));
