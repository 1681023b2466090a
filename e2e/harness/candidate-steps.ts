import { waitFor } from '@fairtake/testing';
import type { Locator, Page } from 'playwright-core';
import type { BrowserPerson } from './browser';
import type { RecorderOutput } from './recorded-bytes';
import { candidateWords, type Language } from './words';

/** A candidate's way through the interview, button by button. */
export class CandidateSteps {
  readonly #person: BrowserPerson;
  readonly #page: Page;

  readonly #language: Language;

  constructor(person: BrowserPerson, language: Language = 'en') {
    this.#person = person;
    this.#page = person.page;
    this.#language = language;
  }

  /** Opens the link and agrees. Resolves with the interview's id. */
  async arrive(link: string): Promise<string> {
    await this.#page.goto(link);
    return this.goOnToCheck();
  }

  /** From the first page, with the notice agreed to on the way. */
  async goOnToCheck(): Promise<string> {
    await this.#press('welcome.start');
    await this.#page.waitForURL('**/consent');
    await this.#press('consent.agree');
    await this.#page.waitForURL('**/check');
    await this.#button('check.record').waitFor();
    const interviewId = /\/i\/([^/]+)\//.exec(this.#page.url())?.[1];
    if (!interviewId) throw new Error(`No interview in ${this.#page.url()}`);
    return interviewId;
  }

  /** Records the test, hears it, goes on. */
  async checkDevices(): Promise<void> {
    await this.#press('check.record');
    await this.#page.getByText(this.#words('check.couldHear')).waitFor();
    await this.#press('check.yes');
    await this.#press('check.continue');
    await this.#atFirstQuestion();
  }

  async skipCheck(): Promise<void> {
    await this.#press('check.skip');
    await this.#atFirstQuestion();
  }

  /** I'm ready → 3-2-1 → recording. Resolves with the recorder that runs. */
  async startRecording(button = 'question.ready'): Promise<RecorderOutput> {
    const before = this.#person.recorded.recorders().length;
    await this.#press(button);
    await this.#page.getByText(this.#words('question.getReady')).waitFor();
    await this.#button('question.stop').waitFor();
    return waitFor(() => this.#person.recorded.recorders()[before], { what: 'a recorder to start' });
  }

  /** A retake: back to think time first, with this many tries left. */
  async startRecordingAgain(takesLeft: number): Promise<RecorderOutput> {
    await this.#press('question.again', { takesLeft });
    return this.startRecording();
  }

  /** Stops and waits until the recording can be looked at. */
  async stop(): Promise<void> {
    await this.#press('question.stop');
    await this.#button('question.use').waitFor();
  }

  async use(nextPage: string): Promise<void> {
    await this.#press('question.use');
    await this.#page.waitForURL(`**/${nextPage}`);
  }

  async #atFirstQuestion(): Promise<void> {
    await this.#page.waitForURL('**/q/1');
    await this.#button('question.ready').waitFor();
  }

  #button(id: string): Locator {
    return this.#page.getByRole('button', { name: this.#words(id), exact: true });
  }

  #press(id: string, values?: Record<string, number>): Promise<void> {
    return this.#person.press(this.#words(id, values));
  }

  #words(id: string, values: Record<string, number> = {}): string {
    return candidateWords(id, values, this.#language);
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
  page.getByRole('listitem').filter({ hasText: candidateWords('answers.received') });
