import { randomBytes, randomUUID } from 'node:crypto';
import type { InvitationLink, PositionDraft, PositionView } from '@fairtake/contracts';
import { axeFaults } from './harness/axe';
import { TestBrowser, type BrowserPerson } from './harness/browser';
import { receivedAnswers, recordedFor } from './harness/candidate-steps';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import { invariantsHold } from './harness/invariants';
import { readyBatches } from './harness/other-people';
import { makeOrganisation, type Organisation } from './harness/people';
import { sha256 } from './harness/recorded-bytes';
import { queryDatabase } from './harness/server-bytes';
import { signIn } from './harness/staff-steps';
import { startSystem, type System } from './harness/system';
import { candidateWords as c, staffWords as t } from './harness/words';

const both = (en: string, zh: string) => ({ en, 'zh-CN': zh });
const questionIds: string[] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const [textId, choiceId, fileId, screenId] = questionIds as [string, string, string, string];
const option = (en: string, zh: string) => ({ optionId: randomUUID(), text: both(en, zh) });
const options = [
  option('The first hour', '第一个小时'),
  option('The first day', '第一天'),
  option('The first week', '第一周'),
];
const WORDS = 'I would read the log first.\n<b>Not bold</b> 然后写下时间线。';

/** Two pieces and a rest, so that it travels as large files do. */
const PDF = randomBytes(2 * 1024 * 1024 + 500);
PDF.write('%PDF-1.7\n');
PDF.write('%%EOF\n', PDF.length - 6);

let system: System;
let camera: FakeCamera;
let browser: TestBrowser;
let organisation: Organisation;
let candidate: BrowserPerson;
let positionId = '';
let link = '';

beforeAll(async () => {
  [system, camera] = await Promise.all([startSystem('question-kinds'), makeFakeCamera()]);
  browser = await TestBrowser.open({ camera });
  organisation = await makeOrganisation(system, {
    name: 'Alder Health',
    members: [
      { name: 'Marlow Finch', role: 'recruiter' },
      { name: 'Tove Brandt', role: 'reviewer' },
    ],
  });
  await publish();
});

afterAll(async () => {
  await browser?.close();
  await system?.stop();
  await camera?.remove();
});

async function publish(): Promise<void> {
  const [recruiter, reviewer] = organisation.members as [
    (typeof organisation.members)[0],
    typeof organisation.admin,
  ];
  const basics = { thinkSeconds: null, takes: 1, required: true };
  const draft: PositionDraft = {
    title: both('Support engineer', '支持工程师'),
    languages: ['en', 'zh-CN'],
    deadlineAt: null,
    timeZone: 'Asia/Singapore',
    blind: true,
    autoSubmit: false,
    adjustmentPolicy: 'self_service',
    adjustmentKinds: ['think_time', 'text_answers'],
    reviewersPerAnswer: 1,
    replyWorkingDays: 3,
    retentionDays: 180,
    questions: [
      {
        ...{ ...basics, questionId: textId, kind: 'text', answerSeconds: 300 },
        text: both(
          'A customer reports lost orders. What do you do first?',
          '有客户反映订单丢失，您先做什么？',
        ),
        settings: { kind: 'text', maxCharacters: 500 },
      },
      {
        ...{ ...basics, questionId: choiceId, kind: 'choice', answerSeconds: 60 },
        text: both('When do you tell the customer what you know?', '您会在什么时候告诉客户您所了解的情况？'),
        settings: { kind: 'choice', minChosen: 1, maxChosen: 1, options },
      },
      {
        ...{ ...basics, questionId: fileId, kind: 'file', answerSeconds: 300 },
        text: both('Send a page you wrote for others.', '请发送一页您写给别人看的文档。'),
        settings: { kind: 'file', types: ['pdf', 'png', 'text'], maxMegabytes: 5 },
      },
      {
        ...{ ...basics, questionId: screenId, kind: 'screen', answerSeconds: 60, takes: 2 },
        text: both('Show us how you look something up.', '请演示您如何查找资料。'),
      },
    ],
    criteria: [
      {
        criterionId: randomUUID(),
        name: both('Goes step by step', '循序渐进'),
        lookFor: null,
        weight: 1,
        anchors: [1, 3, 5].map((level) => ({ level, text: both(`Level ${level}`, `${level} 级`) })),
        questionIds: [textId, choiceId, fileId, screenId],
      },
    ],
    reviewerIds: [reviewer.memberId],
  };
  ({ positionId } = await recruiter.client.post<PositionView>('/positions', draft));
  await recruiter.client.post(`/positions/${positionId}/publish`);
  const invited = await recruiter.client.post<InvitationLink>(`/positions/${positionId}/invitations`, {
    ...{ name: 'Wren Calloway', locale: 'en' },
  });
  link = invited.link;
}

const expectNoViolations = async (person: BrowserPerson): Promise<void> =>
  expect(await axeFaults(person.page)).toEqual([]);

it('lets a candidate write, choose, send a file and share a screen', async () => {
  candidate = await browser.person({ name: 'kinds-1-candidate' });
  const { page, recorded } = candidate;
  await page.goto(link);
  await candidate.press(c('welcome.start'));
  await candidate.press(c('consent.agree'));
  await candidate.press(c('check.skip'));

  await page.waitForURL('**/q/1');
  const box = page.getByLabel(c('response.text.label'));
  await box.fill(WORDS);
  // Typed offline and reloaded: what was written is there, and arrives when the network is back.
  await page.getByText(/^Saved \d/).waitFor();
  await candidate.context.setOffline(true);
  await box.press('End');
  await box.pressSequentially(' Then I call.');
  await page.getByText(c('response.device')).waitFor();
  await candidate.picture('text-offline');
  await candidate.context.setOffline(false);
  await page.getByText(/^Saved \d/).waitFor();
  await page.reload();
  await expect(box.inputValue()).resolves.toContain('Then I call.');
  await candidate.picture('text');
  await expectNoViolations(candidate);
  await candidate.press(c('question.use'));

  await page.waitForURL('**/q/2');
  await page.getByLabel('The first hour').focus();
  await page.keyboard.press('ArrowDown');
  await page.getByText(/^Saved \d/).waitFor();
  await candidate.picture('choice');
  await expectNoViolations(candidate);
  await candidate.press(c('question.use'));

  await page.waitForURL('**/q/3');
  const input = page.locator('input[type=file]');
  await input.setInputFiles({
    name: 'page.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from([0x4d, 0x5a, 0, 1]),
  });
  await page.getByRole('alert').waitFor();
  await candidate.picture('file-refused');
  await input.setInputFiles({ name: 'Wren – runbook.pdf', mimeType: 'text/html', buffer: PDF });
  await page.getByText(/^Saved \d/).waitFor();
  await candidate.picture('file');
  await expectNoViolations(candidate);
  await candidate.press(c('question.use'));

  await page.waitForURL('**/q/4');
  await page.getByText(c('screen.before'), { exact: true }).waitFor();
  await candidate.picture('screen-before');
  await expectNoViolations(candidate);
  await candidate.press(c('question.ready'));
  await page.getByRole('button', { name: c('question.stop'), exact: true }).waitFor();
  await recordedFor(() => recorded.recorders().at(-1), 4);
  await candidate.picture('screen-recording');
  await candidate.press(c('question.stop'));
  await candidate.picture('screen-review');
  await candidate.press(c('question.use'));

  await page.waitForURL('**/send');
  await receivedAnswers(page).nth(3).waitFor();
  await candidate.picture('send');
  await candidate.press(c('send.send'));
  await page.waitForURL('**/done');
  expect(candidate.problems([/ERR_INTERNET_DISCONNECTED/, /status of 415/])).toEqual([]);
  const [file] = await queryDatabase<{ sha256: string; type: string }>(
    system,
    `SELECT sha256, type FROM file WHERE state = 'kept'`,
  );
  expect(file).toEqual({ sha256: sha256(PDF), type: 'pdf' });
});

it('lets a reviewer score all of it blind', async () => {
  const person = organisation.members[1]!;
  const batches = await readyBatches(person);
  expect(batches).toHaveLength(4);
  const reviewer = await browser.person({ name: 'kinds-2-reviewer' });
  const { page } = reviewer;
  await signIn(reviewer, system.url, person);
  for (const { roundId, questionId } of batches) {
    await page.goto(`${system.url}/review/${roundId}/${questionId}`);
    const level = page.getByRole('radio').nth(3);
    await level.waitFor();
    if (questionId === textId) await page.getByText('<b>Not bold</b>').waitFor();
    if (questionId === choiceId) await page.getByText(t('given.chosen'), { exact: true }).waitFor();
    if (questionId === fileId) {
      expect(await page.content()).not.toContain('Wren');
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: t('given.download') }).click();
      expect((await saved).suggestedFilename()).toMatch(/^answer-[0-9a-f]{8}\.pdf$/);
    }
    await reviewer.picture(`score-${['text', 'choice', 'file', 'screen'][questionIds.indexOf(questionId)]}`);
    await expectNoViolations(reviewer);
    await page.keyboard.press('4');
    await page.keyboard.press('Enter');
    await page.getByText(t('review.done', { done: 1, total: 1 })).waitFor();
  }
  expect(reviewer.problems()).toEqual([]);
  await invariantsHold(system);
});
