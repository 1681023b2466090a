import { TestBrowser } from './harness/browser';
import { startSystem, type System } from './harness/system';
import { staffWords as t } from './harness/words';

let system: System;
let browser: TestBrowser;

beforeAll(async () => {
  system = await startSystem('set-up');
  browser = await TestBrowser.open();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

it('lets the operator of an empty installation in once, by the link the api prints', async () => {
  const link = /http\S+\/welcome#\S+/.exec(system.api.log())?.[0];
  expect(link).toBeDefined();
  const operator = await browser.person({ name: 'set-up' });
  const { page } = operator;
  await page.goto(link!);
  await page.getByLabel(t('field.organisation')).fill('Alder Health');
  await page.getByLabel(t('field.yourName')).fill('Ines Dahl');
  await page.getByLabel(t('field.email')).fill('ines@alder.example');
  await page.getByLabel(t('field.newPassword'), { exact: true }).fill('quiet-harbour-lantern-42');
  await operator.picture('form');
  await operator.press(t('welcome.set_up.action'));
  await page.getByRole('heading', { name: t('positions.title'), level: 1 }).waitFor();
  expect(page.url()).not.toContain('#');
  await operator.picture('in');

  const second = await browser.person({ name: 'again-set-up' });
  await second.page.goto(link!);
  await second.page.getByRole('alert').waitFor();
  await second.picture('refused');
  expect(operator.problems()).toEqual([]);
});
