import type { Page } from 'playwright-core';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { invariantsHold } from './harness/invariants';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { startSystem, type System } from './harness/system';
import { candidateWords as t } from './harness/words';

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let link: string;

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('keyboard'), makeFakeCamera()]);
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

/** A person who touches nothing but keys. */
class Keys {
  readonly #page: Page;

  constructor(person: BrowserPerson) {
    this.#page = person.page;
  }

  /** Tabs to what has this name, looks whether its focus can be seen, and presses it. */
  async press(name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.#page.getByRole('button', { name, exact: true }).waitFor();
    await this.reach(name);
    // Buttons that took the place of others ignore presses for a moment.
    await this.#page.waitForFunction(() => document.activeElement?.getAttribute('aria-disabled') !== 'true');
    await this.#page.keyboard.press(key);
  }

  async reach(name: string): Promise<void> {
    for (let steps = 0; steps < 40; steps++) {
      await this.#page.keyboard.press('Tab');
      const focus = await this.#page.evaluate(focusNow);
      if (focus.name !== name) continue;
      expect(focus).toEqual({ name, ringed: true, covered: false });
      return;
    }
    throw new Error(`Forty tabs did not reach “${name}”`);
  }

  /** Every page after the first begins at its heading. */
  async atHeading(): Promise<void> {
    await this.#page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  }
}

/** Runs in the page: the name of what has the focus, and whether a person can see that it has it. */
function focusNow(): { name: string; ringed: boolean; covered: boolean } {
  const element = document.activeElement as HTMLElement;
  const box = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: element.getAttribute('aria-label') ?? element.innerText.trim(),
    ringed: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
    covered: top === null || !(element.contains(top) || top.contains(element)),
  };
}

it('a candidate goes through with nothing but keys', async () => {
  const person = await browser.person({ name: 'keyboard', size: 'phone' });
  const { page } = person;
  const keys = new Keys(person);
  await page.goto(link);
  await page.getByRole('button', { name: t('welcome.start'), exact: true }).waitFor();
  await page.keyboard.press('Tab');
  expect((await page.evaluate(focusNow)).name).toBe(t('frame.skip'));
  // A sheet holds the focus, Escape ends it, and the focus is back where it was.
  await keys.press(t('welcome.device'));
  await page.getByRole('img', { name: t('handOff.qr') }).waitFor();
  await page.keyboard.press('Escape');
  expect((await page.evaluate(focusNow)).name).toBe(t('welcome.device'));
  await keys.press(t('welcome.start'), 'Space');
  await keys.atHeading();
  await keys.press(t('consent.agree'));
  await keys.atHeading();
  await keys.press(t('check.skip'));
  await keys.atHeading();
  await keys.press(t('question.ready'));
  await page.getByRole('button', { name: t('question.stop'), exact: true }).waitFor();
  await recordedFor(() => person.recorded.recorders()[0], 3);
  await keys.press(t('question.stop'), 'Space');
  await keys.press(t('player.play'));
  await keys.press(t('question.use'));
  await keys.atHeading();
  await keys.press(t('send.send'));
  await page.waitForURL('**/done');
  await keys.atHeading();
  await keys.press(t('done.data'));
  await keys.atHeading();
  await person.picture('my-data');
  expect(person.problems()).toEqual([]);
});

it('leaves no broken promise behind', () => invariantsHold(system));
