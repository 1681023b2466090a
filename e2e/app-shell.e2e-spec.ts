import { makeTemporaryDirectory, waitFor, type TemporaryDirectory } from '@fairtake/testing';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { CandidateSteps } from './harness/candidate-steps';
import { inviteByApi } from './harness/other-people';
import { makeOrganisation } from './harness/people';
import { ROOT } from './harness/places';
import { publishPosition } from './harness/positions';
import { startSystem, type System } from './harness/system';
import { candidateWords as t } from './harness/words';

const QUESTION = 'Tell us about a system that stopped working.';
/** Servers that are gone are what this journey is about. */
const GONE = /Failed to load resource|ERR_CONNECTION/;

let system: System;
let browser: TestBrowser;
let web: TemporaryDirectory;
let candidate: BrowserPerson;
let page: Page;

beforeAll(async () => {
  web = await makeTemporaryDirectory({ name: 'web' });
  await fs.cp(path.join(ROOT, 'apps', 'web', 'dist'), web.path, { recursive: true });
  system = await startSystem('app-shell', { webDirectory: web.path });
  browser = await TestBrowser.open();
  const { admin } = await makeOrganisation(system, { name: 'Alder Health', members: [] });
  const positionId = await publishPosition(admin, {
    title: 'Backend engineer',
    question: QUESTION,
    reviewers: [admin],
  });
  candidate = await browser.person({ name: 'app-shell', size: 'phone' });
  ({ page } = candidate);
  const steps = new CandidateSteps(candidate);
  await steps.arrive(await inviteByApi(admin, positionId, 'Wren Calloway'));
  await steps.skipCheck();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await web?.remove();
});

const caches = (): Promise<string[]> => page.evaluate(() => window.caches.keys());
const controlled = (): Promise<boolean> =>
  page.evaluate(() => navigator.serviceWorker.controller?.state === 'activated');
const entryOf = (): Promise<string> =>
  page.evaluate(() => document.querySelector<HTMLScriptElement>('script[type=module]')!.src);

it('a reload without the server shows the question again', async () => {
  await waitFor(controlled, { what: 'the service worker to be there' });
  await system.api.kill();
  await page.reload();
  await page.getByRole('heading', { name: QUESTION }).waitFor();
  await page.getByText(t('health.offline')).waitFor();
  await candidate.picture('offline');
  await system.api.start();
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.getByText(t('health.offline')).waitFor({ state: 'detached' });
});

it('a new build in the middle of an interview never mixes with the one that is open', async () => {
  const [old] = await caches();
  const entry = await entryOf();
  await deploy(web.path);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await waitFor(
    () => page.evaluate(async () => !!(await navigator.serviceWorker.getRegistration())!.waiting),
    {
      what: 'the new build to be there',
    },
  );
  // A part this page has not fetched yet, which the server no longer has: it comes from the page's own build.
  await candidate.press(t('welcome.adjustment'));
  await page.waitForURL((url) => !url.pathname.endsWith('/q/1'));
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await page.getByText(t('newVersion.title')).count()).toBe(0);
  expect(await entryOf()).toBe(entry);
  expect(await caches()).toContain(old);

  // Loaded again, alone, the page is of the new build, whose worker takes over; the old files go.
  await page.reload();
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await entryOf()).not.toBe(entry);
  await waitFor(async () => (await caches()).every((name) => name !== old), { what: 'the old files to go' });
  expect(candidate.problems([GONE])).toEqual([]);
});

it('a page without the worker says that a newer version is here', async () => {
  const person = await browser.person({ name: 'app-shell-without' });
  const link = page.url();
  await person.page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  await person.page.context().addCookies(await page.context().cookies());
  await person.page.route('**/assets/check-screen-*', (route) => route.fulfill({ status: 404, body: '' }));
  await person.page.goto(link.replace(/\/[^/]*$/, '/welcome'));
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  await person.press(t('welcome.continue'));
  await person.page.getByRole('heading', { name: t('newVersion.title') }).waitFor();
  await person.picture('new-version');
});

/** The next build: every file under a new name, the ones of the build before gone. */
async function deploy(directory: string): Promise<void> {
  const assets = path.join(directory, 'assets');
  const names = await fs.readdir(assets);
  const renamed = (name: string): string => name.replace(/(\.[^.]+)$/, '-next$1');
  const written = [
    ...names.map((name) => path.join(assets, name)),
    ...['candidate.html', 'sw.js'].map((name) => path.join(directory, name)),
  ];
  for (const file of written.filter((one) => /\.(js|css|html)$/.test(one))) {
    let text = await fs.readFile(file, 'utf8');
    for (const name of names) text = text.replaceAll(name, renamed(name));
    await fs.writeFile(file, text.replace(/"build":"/, '"build":"next'));
  }
  for (const name of names) await fs.rename(path.join(assets, name), path.join(assets, renamed(name)));
}
