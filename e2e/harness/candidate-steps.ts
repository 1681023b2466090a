import { waitFor } from '@fairtake/testing';
import type { Locator, Page } from 'playwright-core';
import type { BrowserPerson } from './browser';
import type { RecorderOutput } from './recorded-bytes';
import { candidateWords as t } from './words';

/** A candidate's way through the interview, button by button. */
export class CandidateSteps {
  readonly #person: BrowserPerson;
  readonly #page: Page;

  constructor(person: BrowserPerson) {
    this.#person = person;
    this.#page = person.page;
  }

  /** Opens the link and agrees. Resolves with the interview's id. */
  async arrive(link: string): Promise<string> {
    await this.#page.goto(link);
    await this.#person.press(t('welcome.start'));
    await this.#page.waitForURL('**/consent');
    await this.#person.press(t('consent.agree'));
    await this.#page.waitForURL('**/check');
    const interviewId = /\/i\/([^/]+)\//.exec(this.#page.url())?.[1];
    if (!interviewId) throw new Error(`No interview in ${this.#page.url()}`);
    return interviewId;
  }

  /** Records the test, hears it, goes on. */
  async checkDevices(): Promise<void> {
    await this.#person.press(t('check.record'));
    await this.#page.getByText(t('check.couldHear')).waitFor();
    await this.#person.press(t('check.yes'));
    await this.#person.press(t('check.continue'));
    await this.#page.waitForURL('**/q/1');
  }

  async skipCheck(): Promise<void> {
    await this.#person.press(t('check.skip'));
    await this.#page.waitForURL('**/q/1');
  }

  /** I'm ready → 3-2-1 → recording. Resolves with the recorder that runs. */
  async startRecording(button = t('question.ready')): Promise<RecorderOutput> {
    const before = this.#person.recorded.recorders().length;
    await this.#person.press(button);
    await this.#page.getByText(t('question.getReady')).waitFor();
    await this.#page.getByRole('button', { name: t('question.stop'), exact: true }).waitFor();
    return waitFor(() => this.#person.recorded.recorders()[before], { what: 'a recorder to start' });
  }

  /** A retake: back to think time first, with this many tries left. */
  async startRecordingAgain(takesLeft: number): Promise<RecorderOutput> {
    await this.#person.press(t('question.again', { takesLeft }));
    return this.startRecording();
  }

  /** Stops and waits until the recording can be looked at. */
  async stop(): Promise<void> {
    await this.#person.press(t('question.stop'));
    await this.#page.getByRole('button', { name: t('question.use'), exact: true }).waitFor();
  }

  async use(nextPage: string): Promise<void> {
    await this.#person.press(t('question.use'));
    await this.#page.waitForURL(`**/${nextPage}`);
  }
}

/** A recording has to be a few seconds long, and only time makes it so. */
export const recordedFor = (recorder: () => RecorderOutput | undefined, seconds: number): Promise<boolean> =>
  waitFor(() => (recorder()?.elapsedMs() ?? 0) >= seconds * 1000, {
    what: `${seconds} s of recording`,
    timeoutMs: (seconds + 10) * 1000,
  });

/** The answers that the page calls received. */
export const receivedAnswers = (page: Page): Locator =>
  page.getByRole('listitem').filter({ hasText: t('answers.received') });
