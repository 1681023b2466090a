import type { Locator, Page } from 'playwright-core';
import type { BrowserPerson } from './browser';
import type { Person } from './people';
import { staffWords as t, type Language } from './words';

export async function signIn(
  browser: BrowserPerson,
  url: string,
  person: Person,
  language: Language = 'en',
): Promise<void> {
  const { page } = browser;
  const words = (id: string): string => t(id, {}, language);
  await page.goto(url);
  await page.getByLabel(words('field.email')).fill(person.email);
  await page.getByLabel(words('field.password'), { exact: true }).fill(person.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: words('rail.name') }).waitFor();
}

export interface QuestionWords {
  text: string;
  answerSeconds: string;
  takes: string;
}

export interface CriterionWords {
  name: string;
  /** What one sees at 1 to 5, in this order. */
  anchors: readonly [string, string, string, string, string];
  /** Numbers of the questions it scores, from 1. */
  questions: number[];
}

/** Writes a position on the set-up page, as a recruiter types it. */
export class SetUpPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async create(title: string): Promise<void> {
    const page = this.#page;
    await page.getByRole('button', { name: t('positions.create') }).click();
    await page.getByRole('dialog').getByLabel(t('setup.title')).fill(title);
    await page.getByRole('button', { name: t('positions.createAction') }).click();
    await page.waitForURL('**/setup');
  }

  async addQuestion(number: number, question: QuestionWords): Promise<void> {
    await this.#page.getByRole('button', { name: t('setup.addQuestion') }).click();
    const card = this.#card(t('setup.questionNumber', { number }));
    await card.getByLabel(t('setup.questionText'), { exact: true }).fill(question.text);
    await card.getByLabel(t('setup.answer')).selectOption({ label: question.answerSeconds });
    await card.getByLabel(t('setup.takes')).selectOption(question.takes);
  }

  async addCriterion(number: number, criterion: CriterionWords): Promise<void> {
    await this.#page.getByRole('button', { name: t('setup.addCriterion') }).click();
    const card = this.#card(t('setup.criterionNumber', { number }));
    await card.getByLabel(t('setup.criterionName'), { exact: true }).fill(criterion.name);
    for (const [index, words] of criterion.anchors.entries()) {
      await card.getByLabel(t('setup.anchorOf', { level: index + 1 })).fill(words);
    }
    const scored = card.getByRole('group', { name: t('setup.scores') }).getByRole('checkbox');
    for (let question = 1; question <= (await scored.count()); question += 1) {
      await scored.nth(question - 1).setChecked(criterion.questions.includes(question));
    }
  }

  async chooseReviewers(names: string[]): Promise<void> {
    const reviewers = this.#page.getByRole('group', { name: t('setup.reviewers') });
    for (const name of names) await reviewers.getByLabel(new RegExp(`^${name}`)).check();
  }

  async publish(): Promise<void> {
    await this.#page.getByRole('button', { name: t('setup.publish'), exact: true }).click();
    await this.#page.getByText(t('setup.fixedOpen')).waitFor();
  }

  #card(heading: string): Locator {
    const title = this.#page.getByRole('heading', { name: heading, exact: true });
    return this.#page.getByRole('listitem').filter({ has: title });
  }
}

/** Invites on the board and copies the link that is shown once. */
export async function inviteByHand(browser: BrowserPerson, name: string): Promise<string> {
  const { page } = browser;
  await page.getByRole('button', { name: t('board.invite'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: t('invite.title') });
  await dialog.getByLabel(t('invite.name'), { exact: true }).fill(name);
  await dialog.getByRole('button', { name: t('invite.action'), exact: true }).click();
  const issued = page.getByRole('dialog', { name: t('invite.linkTitle', { name }) });
  await issued.getByRole('button', { name: t('action.copy') }).click();
  await issued.getByText(t('copy.copied')).waitFor();
  await browser.picture('link');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await issued.getByRole('button', { name: t('action.close') }).click();
  return link;
}

export const column = (page: Page, state: string): Locator =>
  page.getByRole('region', { name: t(`board.state.${state}`), exact: true });
