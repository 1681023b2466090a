import { waitFor } from '@fairtake/testing';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { CandidateSteps } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { invariantsHold } from './harness/invariants';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { publishPosition } from './harness/positions';
import { startSystem, type System } from './harness/system';
import { candidateWords as t, rawCandidateWords as rawWords, type Language } from './harness/words';

/** What a person whose devices work may need for the whole check. */
const CHECK_MS = 30_000;
const CHROME_HINT = /address bar/;

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let organisation: Organisation;
let positionId: string;

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('device-check'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  organisation = await makeOrganisation(system, { name: 'Alder Health', members: [] });
  positionId = await publishPosition(organisation.admin, {
    title: 'Backend engineer',
    question: 'Tell us about a system that stopped working.',
    reviewers: [organisation.admin],
  });
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

async function atCheck(person: BrowserPerson, language: Language = 'en'): Promise<string> {
  const link = await inviteByApi(organisation.admin, positionId, 'Wren Calloway');
  return new CandidateSteps(person, language).arrive(link);
}

/** Files of test clips on the server. */
async function probesHeld(): Promise<string[]> {
  const found = await fs.readdir(system.storageDirectory, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && entry.parentPath.includes(`${path.sep}probes${path.sep}`))
    .map((entry) => entry.name);
}

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: t(name) });

it('takes a person whose devices work through in half a minute, and keeps nothing of it', async () => {
  const person = await browser.person({ name: 'check', size: 'phone' });
  const { page } = person;
  await atCheck(person);
  const startedAt = Date.now();
  await person.press(t('check.record'));
  await page.getByText(t('check.couldHear')).waitFor({ timeout: CHECK_MS });
  await person.press(t('check.yes'));
  for (const [name, words] of [
    ['check.camera', 'check.working'],
    ['check.microphone', 'check.microphone.heard'],
    ['check.storage', 'check.working'],
    ['check.network', 'check.good'],
  ] as const)
    await row(page, name).getByText(t(words), { exact: true }).waitFor();
  await person.picture('done');
  expect(Date.now() - startedAt).toBeLessThan(CHECK_MS);
  expect((await probesHeld()).length).toBeGreaterThan(0);

  await person.press(t('check.continue'));
  await page.waitForURL('**/q/1');
  await waitFor(async () => (await probesHeld()).length === 0, { what: 'the test clip to be removed' });
  expect(person.problems()).toEqual([]);
});

interface Fault {
  name: string;
  message: string;
  kind?: 'audio' | 'video';
}

/** From here on the browser refuses the devices like this. */
async function refuse(page: Page, fault: Fault | null): Promise<void> {
  await page.evaluate((wanted) => {
    const devices = navigator.mediaDevices as MediaDevices & { real?: MediaDevices['getUserMedia'] };
    const real = (devices.real ??= devices.getUserMedia.bind(devices));
    devices.getUserMedia = async (constraints) => {
      const concerns = !wanted?.kind || Boolean(constraints?.[wanted.kind]);
      if (wanted && concerns) throw new DOMException(wanted.message, wanted.name);
      return real(constraints);
    };
    // This Chromium has allowed everything; one that was denied says so when asked.
    const state = wanted?.message === 'Permission denied' ? 'denied' : 'granted';
    navigator.permissions.query = async () => ({ state }) as PermissionStatus;
  }, fault);
}

describe('a device that cannot be used has a text of its own', () => {
  let person: BrowserPerson;
  let page: Page;
  beforeAll(async () => {
    person = await browser.person({ name: 'check-faults' });
    ({ page } = person);
    await atCheck(person);
    // Any refusal shows the button that the next ones are tried with.
    await refuse(page, { name: 'NotFoundError', message: '', kind: 'video' });
    await page.reload();
    await page.getByRole('button', { name: t('check.record'), exact: true }).waitFor();
  });

  /** Opens the devices again under the fault. */
  const meet = async (fault: Fault): Promise<void> => {
    await refuse(page, fault);
    await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
    const retry = page.getByRole('button', { name: t('problem.retry'), exact: true });
    if (await retry.count()) await retry.first().click();
    else
      await page
        .getByRole('combobox')
        .last()
        .selectOption({ index: 0 }, { force: true })
        .catch(() => undefined);
  };

  it.each([
    ['dismissed', { name: 'NotAllowedError', message: 'Permission dismissed' }, 'both'],
    ['denied', { name: 'NotAllowedError', message: 'Permission denied' }, 'both'],
    ['denied_by_system', { name: 'NotAllowedError', message: 'Permission denied by system' }, 'both'],
    [
      'in_use',
      { name: 'NotReadableError', message: 'Could not start video source', kind: 'video' },
      'camera',
    ],
    ['not_found', { name: 'NotFoundError', message: 'Requested device not found', kind: 'video' }, 'camera'],
  ] as const)('%s', async (failure, fault, device) => {
    await meet(fault);
    await page
      .getByText(textOf(`device.${failure}`, device))
      .first()
      .waitFor();
    if (failure === 'denied') await page.getByText(CHROME_HINT).first().waitFor();
    await person.picture(failure);
    const soundOnly = page.getByRole('button', { name: t('check.soundOnly'), exact: true });
    expect(await soundOnly.count()).toBe(device === 'camera' ? 1 : 0);
  });

  it('without a microphone nobody is sent on, but to another way to answer', async () => {
    await meet({ name: 'NotFoundError', message: 'Requested device not found', kind: 'audio' });
    await page.getByText(textOf('device.not_found', 'microphone')).waitFor();
    await person.picture('no-microphone');
    for (const words of ['check.continue', 'check.skip', 'check.soundOnly'])
      expect(await page.getByRole('button', { name: t(words), exact: true }).count()).toBe(0);
    await person.press(t('check.otherWays'));
    await page.waitForURL('**/other-ways');
  });
});

/** The words for one device out of a message that has them for each. */
function textOf(id: string, device: 'camera' | 'microphone' | 'both'): string {
  const key = device === 'both' ? 'other' : device;
  return rawWords(id).replace(/\{device, select, .*?\}\}/, (choices) => {
    const chosen = new RegExp(`${key} \\{([^}]*)\\}`).exec(choices)?.[1];
    if (chosen === undefined) throw new Error(`${id} has no words for ${key}.`);
    return chosen;
  });
}

it('practice is the real thing, and leaves nothing: no request, nothing stored', async () => {
  const person = await browser.person({ name: 'practice', size: 'phone', language: 'zh-CN', theme: 'dark' });
  const { page } = person;
  const w = (id: string, values = {}): string => t(id, values, 'zh-CN');
  await atCheck(person, 'zh-CN');
  await person.press(w('check.practise'));
  await page.waitForURL('**/practice');
  await page.getByRole('heading', { name: w('practice.question') }).waitFor();
  await page.getByText(w('practice.promise')).waitFor();
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'GET' && request.url().includes('/api/')) sent.push(request.url());
  });
  const before = await storedInBrowser(page);
  for (const button of ['question.ready', 'practice.again']) {
    await person.press(w(button));
    if (button === 'practice.again') await person.press(w('question.ready'));
    await page.getByRole('button', { name: w('question.stop'), exact: true }).waitFor();
    await page.getByText('0:03').waitFor();
    await person.press(w('question.stop'));
    await page.getByRole('button', { name: w('practice.again'), exact: true }).waitFor();
  }
  await person.picture('review');
  expect(await storedInBrowser(page)).toEqual(before);
  await person.press(w('question.use'));
  await page.waitForURL('**/q/1');
  // That this device is there, and that a question was opened, is told; of practice nothing is.
  expect(sent.filter((url) => !/(\/device|\/questions\/[^/]+\/open)$/.test(url))).toEqual([]);
  expect(person.problems()).toEqual([]);
});

/** How many entries every store of every database has. */
function storedInBrowser(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const counts: Record<string, number> = {};
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
      });
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name!));
      for (const store of database.objectStoreNames)
        counts[`${name}/${store}`] = await settled(database.transaction(store).objectStore(store).count());
      database.close();
    }
    return counts;
  });
}

it('leaves no broken promise behind', () => invariantsHold(system));
