import type { Page } from 'playwright-core';
import { axeFaults, overflowPx } from './harness/axe';
import { TestBrowser } from './harness/browser';
import { CandidateSteps } from './harness/candidate-steps';
import { makeRecording } from './harness/clip';
import { answersFinished } from './harness/invariants';
import { answerByApi, inviteByApi, readyBatches } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { candidateWords, staffWords, type Language } from './harness/words';

const LANGUAGES: Language[] = ['en', 'zh-CN'];
const NARROW = { width: 320, height: 640 };

let system: System;
let browser: TestBrowser;
let organisation: Organisation;
let positionId: string;
let sent: { interviewId: string; link: string }[];

beforeAll(async () => {
  const starting = startSystem('accessibility');
  const recording = await makeRecording();
  system = await starting;
  browser = await TestBrowser.open();
  organisation = await makeOrganisation(system, {
    name: 'Cedar Clinic',
    members: [{ name: 'Marlow Finch', role: 'recruiter' }],
  });
  const { admin } = organisation;
  positionId = await publishPosition(admin, {
    title: 'Ward nurse',
    question: 'A colleague makes a mistake with a dose. What do you do?',
    reviewers: [admin],
  });
  sent = [];
  for (const name of ['Wren Calloway', 'Moss Everly'])
    sent.push(await answerByApi(system, { recruiter: admin, positionId, name, recording }));
  await readyBatches(admin);
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

/** Opens addresses one after the other and looks at each in both themes and on the narrowest phone. */
class Inspection {
  readonly #page: Page;
  readonly #faults: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  get faults(): string[] {
    return this.#faults;
  }

  async open(path: string): Promise<void> {
    await this.#page.goto(`${system.url}${path}`);
    await this.look(path);
  }

  async look(name: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await waitUntilLoaded(page);
    const wide = page.viewportSize()!;
    const add = (where: string, faults: string[]): void =>
      void this.#faults.push(...faults.map((fault) => `${name} (${where}): ${fault}`));
    add('light', await axeFaults(page));
    // Only colours differ between the themes.
    await page.emulateMedia({ colorScheme: 'dark' });
    add('dark', await axeFaults(page, ['color-contrast']));
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(NARROW);
    add('narrow', await axeFaults(page, ['color-contrast', 'target-size', 'scrollable-region-focusable']));
    const overflow = await overflowPx(page);
    if (overflow > 0) add('narrow', [`${overflow} px wider than the window`]);
    await page.setViewportSize(wide);
  }
}

/** The pages say that they are loading in a status region. */
async function waitUntilLoaded(page: Page): Promise<void> {
  for (const language of LANGUAGES)
    for (const words of [
      staffWords('state.loading', {}, language),
      candidateWords('welcome.loading', {}, language),
    ])
      await page.getByText(words, { exact: true }).first().waitFor({ state: 'detached' });
}

describe.each(LANGUAGES)('in %s', (language) => {
  it('staff screens have no serious fault and fit a phone', async () => {
    const person = await browser.person({ name: `axe-staff-${language}`, language });
    const inspection = new Inspection(person.page);
    await inspection.open('/sign-in');
    await inspection.open('/welcome');
    await inspection.open('/no-such-page');
    await signIn(person, system.url, organisation.admin, language);
    await inspection.open('/review');
    const [batch] = await readyBatches(organisation.admin);
    await inspection.open(`/review/${batch!.roundId}/${batch!.questionId}`);
    await person.picture('workspace');
    await inspection.open('/positions');
    await inspection.open(`/positions/${positionId}/setup`);
    await inspection.open(`/positions/${positionId}/board`);
    await person.picture('board');
    await inspection.open(`/positions/${positionId}/board?view=table`);
    await inspection.open(`/positions/${positionId}/compare`);
    const ids = sent.map(({ interviewId }) => interviewId).join(',');
    await inspection.open(`/positions/${positionId}/compare?interviews=${ids}`);
    await person.picture('compare');
    await inspection.open('/admin/members');
    expect(inspection.faults).toEqual([]);
    expect(person.problems()).toEqual([]);
  });

  it('candidate screens have no serious fault and fit a phone', async () => {
    const person = await browser.person({ name: `axe-candidate-${language}`, language, size: 'phone' });
    const { page } = person;
    const inspection = new Inspection(page);
    await inspection.open('/i');
    const link = await inviteByApi(organisation.admin, positionId, `Juniper ${language}`);
    await page.goto(link);
    await inspection.look('welcome');
    await person.picture('welcome');
    await person.press(candidateWords('welcome.start', {}, language));
    await page.waitForURL('**/consent');
    await inspection.look('consent');
    await page.goBack();
    await person.press(candidateWords('welcome.device', {}, language));
    await page.getByRole('img', { name: candidateWords('handOff.qr', {}, language) }).waitFor();
    await inspection.look('hand-off');
    await person.picture('hand-off');
    await page.keyboard.press('Escape');
    const steps = new CandidateSteps(person, language);
    const interviewId = await steps.goOnToCheck();
    await inspection.look('check');
    await inspection.open(`/i/${interviewId}/other-ways`);
    await inspection.open(`/i/${interviewId}/check`);
    await steps.skipCheck();
    await inspection.look('question');
    await inspection.open(`/i/${interviewId}/practice`);
    await person.picture('practice');
    await inspection.open(`/i/${interviewId}/q/1`);
    await person.picture('question');
    await inspection.open(`/i/${interviewId}/send`);
    await inspection.open(`/i/${interviewId}/sending`);
    await page.goto(sent[0]!.link);
    await inspection.look('status');
    await person.picture('status');
    await inspection.open(`/i/${sent[0]!.interviewId}/done`);
    await person.picture('done');
    await inspection.open(`/i/${sent[0]!.interviewId}/my-data`);
    await page
      .getByRole('button', { name: candidateWords('own.play', {}, language) })
      .first()
      .click();
    await page.locator('video').waitFor();
    await inspection.look('my-data, playing');
    await person.picture('my-data');
    expect(inspection.faults).toEqual([]);
    // Asked to send what is not there yet, the server says so.
    expect(person.problems([/status of 409 .*\/submit$/])).toEqual([]);
  });
});

it('a cue card and the end of an application have no serious fault', async () => {
  const link = await inviteByApi(organisation.admin, positionId, 'Sage Winter');
  const phone = await browser.person({ name: 'axe-cue-phone', size: 'phone' });
  const interviewId = await new CandidateSteps(phone).arrive(link);
  await new CandidateSteps(phone).skipCheck();
  const computer = await browser.person({ name: 'axe-cue-computer' });
  const inspection = new Inspection(computer.page);
  await computer.page.goto(link);
  await computer.press(candidateWords('welcome.continue'));
  await computer.page.getByRole('button', { name: candidateWords('tab.takeOver') }).waitFor();
  await inspection.look('cue card');
  await computer.picture('cue-card');
  await inspection.open(`/i/${interviewId}/other-ways`);
  await computer.press(candidateWords('ways.withdraw'));
  await inspection.look('withdraw');
  await computer.picture('withdraw');
  await computer.press(candidateWords('withdraw.confirm'));
  await computer.page.waitForURL('**/withdrawn');
  await inspection.look('withdrawn');
  await computer.picture('withdrawn');
  expect(inspection.faults).toEqual([]);
  expect(computer.problems()).toEqual([]);
});

it('leaves nothing unfinished behind', () => answersFinished(system));
