import type { CandidateInterview, PositionView } from '@fairtake/contracts';
import { axeFaults, overflowPx } from './harness/axe';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { queryDatabase } from './harness/server-bytes';
import { signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { candidateWords, staffWords, type Language } from './harness/words';

/** Adjustments and more time: asked for by a candidate, answered by a recruiter, and seen by both. */
let system: System;
let browser: TestBrowser;
let organisation: Organisation;
let positionId: string;

const hourMs = 3_600_000;

beforeAll(async () => {
  system = await startSystem('adjustments');
  browser = await TestBrowser.open();
  organisation = await makeOrganisation(system, { name: 'Cedar Clinic', members: [] });
  const { admin } = organisation;
  positionId = await publishPosition(admin, {
    title: 'Ward nurse',
    question: 'A colleague makes a mistake with a dose. What do you do?',
    reviewers: [admin],
  });
  await changePosition({
    adjustmentPolicy: 'ask',
    deadlineAt: new Date(Date.now() + 30 * hourMs).toISOString(),
  });
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

async function changePosition(part: Partial<PositionView>): Promise<void> {
  const { client } = organisation.admin;
  const view = await client.get<PositionView>(`/positions/${positionId}`);
  const {
    positionId: _id,
    state: _state,
    rubricVersion: _rubric,
    publishedAt: _at,
    version,
    ...draft
  } = view;
  const headers = { 'If-Match': `"${version}"` };
  await client.request('PUT', `/positions/${positionId}`, { body: { ...draft, ...part }, headers });
}

/** Serious faults in both themes and on the narrowest phone, and a picture. */
async function look(person: BrowserPerson, name: string): Promise<string[]> {
  const { page } = person;
  const faults = await axeFaults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  faults.push(...(await axeFaults(page, ['color-contrast'])));
  await person.picture(`${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  await person.picture(name);
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await overflowPx(page);
  if (overflow > 0) faults.push(`${overflow} px wider than the window`);
  await page.setViewportSize(wide);
  return faults.map((fault) => `${name}: ${fault}`);
}

/** The badge on the person's card. */
const openRequest = (recruiter: BrowserPerson, interviewId: string): Promise<void> =>
  recruiter.page
    .locator(`[data-interview="${interviewId}"]`)
    .getByRole('button', { name: /^1 (request|项申请)$/ })
    .click();

describe.each<Language>(['en', 'zh-CN'])('in %s', (language) => {
  const said = (id: Parameters<typeof candidateWords>[0]): string => candidateWords(id, {}, language);

  it('a candidate asks, the deadline stands still, a recruiter grants a part', async () => {
    const link = await inviteByApi(organisation.admin, positionId, `Juniper ${language}`);
    const person = await browser.person({ name: `adjust-candidate-${language}`, language, size: 'phone' });
    const { page } = person;
    await page.goto(link);
    await person.press(said('welcome.adjustment'));
    await page.waitForURL('**/adjustments');
    const interviewId = /\/i\/([^/]+)\//.exec(page.url())![1]!;
    const faults = await look(person, 'adjustments');
    const answerTime = page.getByRole('group', { name: said('adjust.answer') });
    await answerTime.getByRole('radio', { name: said('adjust.double') }).check();
    await page.getByRole('checkbox', { name: said('adjust.audio') }).check();
    await page.getByRole('checkbox', { name: said('adjust.larger') }).check();
    await person.press(said('adjust.send'));
    await page.getByText(said('adjust.asked.paused')).waitFor();
    expect(await page.locator('html').getAttribute('data-text')).toBe('large');
    faults.push(...(await look(person, 'asked')));

    const recruiter = await browser.person({ name: `adjust-recruiter-${language}`, language });
    await signIn(recruiter, system.url, organisation.admin, language);
    await recruiter.page.goto(`${system.url}/positions/${positionId}/board`);
    await openRequest(recruiter, interviewId);
    await recruiter.page.getByRole('checkbox').first().waitFor();
    faults.push(...(await look(recruiter, 'person')));
    await recruiter.page
      .getByRole('dialog')
      .getByRole('checkbox', { name: staffWords('person.audio', {}, language) })
      .uncheck();
    await recruiter.press(staffWords('person.grantPart', {}, language));
    await recruiter.page.getByText(staffWords('person.saved', {}, language)).waitFor();
    faults.push(...(await look(recruiter, 'granted')));

    await page.reload();
    await page.getByText(said('adjust.granted.part')).waitFor();
    faults.push(...(await look(person, 'granted')));
    const shown = await page.evaluate(
      async (path) => (await (await fetch(path)).json()) as CandidateInterview,
      `/api/v1/candidate/interviews/${interviewId}`,
    );
    expect(shown.adjustments.granted).toMatchObject({ answerFactor: 2, audioOnly: false, largerText: true });
    expect(shown.deadlinePaused).toBe(false);
    expect(faults).toEqual([]);
    expect([...person.problems(), ...recruiter.problems()]).toEqual([]);
  });

  it('more time is asked for near the deadline and from an expired link, and given', async () => {
    const link = await inviteByApi(organisation.admin, positionId, `Wren ${language}`);
    const person = await browser.person({ name: `time-candidate-${language}`, language, size: 'phone' });
    const { page } = person;
    await page.goto(link);
    await page.getByRole('button', { name: said('time.ask') }).waitFor();
    const faults = await look(person, 'near');
    const interviewId = /\/i\/([^/]+)\//.exec(page.url())![1]!;
    // Time cannot be waited for: the deadline moves instead.
    await queryDatabase(
      system,
      `UPDATE interview SET deadline_at = now() - interval '1 minute' WHERE id = '${interviewId}'`,
    );
    await queryDatabase(
      system,
      `UPDATE invitation SET expires_at = now() - interval '1 minute' WHERE interview_id = '${interviewId}'`,
    );
    await person.context.clearCookies();
    await page.goto('about:blank');
    await page.goto(link);
    await person.press(said('time.ask'));
    await page.getByText(said('time.asked.body')).waitFor();
    faults.push(...(await look(person, 'expired')));

    const recruiter = await browser.person({ name: `time-recruiter-${language}`, language });
    await signIn(recruiter, system.url, organisation.admin, language);
    await recruiter.page.goto(`${system.url}/positions/${positionId}/board?view=table`);
    await openRequest(recruiter, interviewId);
    await recruiter.page
      .getByRole('button', { name: staffWords('person.grantTime', {}, language) })
      .waitFor();
    faults.push(...(await look(recruiter, 'time')));
    await recruiter.press(staffWords('person.grantTime', {}, language));
    await recruiter.page.getByText(staffWords('person.saved', {}, language)).waitFor();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByText(said('time.granted')).waitFor();
    faults.push(...(await look(person, 'more')));
    expect(faults).toEqual([]);
    expect(person.problems([/status of 410 .*\/session$/])).toEqual([]);
    expect(recruiter.problems()).toEqual([]);
  });
});
