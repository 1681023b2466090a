import { waitFor } from '@fairtake/testing';
import type { Locator, Page } from 'playwright-core';
import type { BrowserPerson } from './browser';
import { CandidateSteps, receivedAnswers, recordedFor } from './candidate-steps';
import { leastKeptBytes, sha256, type RecorderOutput } from './recorded-bytes';
import { durableChunks, serverTakes, type ServerTake } from './server-bytes';
import type { System } from './system';
import { candidateWords as t } from './words';

/** The longest pause between two tries is 30 s; how soon it goes on as a rule is for a benchmark to say. */
const RESUMES_WITHIN_MS = 40_000;

/** A machine that sleeps, or a page that is frozen, does so for a while, and only time makes it so. */
export const timePasses = (seconds: number): Promise<boolean> => {
  const startedAtMs = performance.now();
  return waitFor(() => performance.now() - startedAtMs >= seconds * 1_000, {
    what: `${seconds} s`,
    timeoutMs: seconds * 1_000 + 5_000,
  });
};

/** A candidate to whom things happen, with what a test wants to know afterwards. */
export class Survivor {
  readonly steps: CandidateSteps;

  private constructor(
    readonly system: System,
    readonly person: BrowserPerson,
    readonly interviewId: string,
  ) {
    this.steps = new CandidateSteps(person);
  }

  /** Opens the invitation and stands before the first question. */
  static async arrive(system: System, person: BrowserPerson, link: string): Promise<Survivor> {
    const steps = new CandidateSteps(person);
    const interviewId = await steps.arrive(link);
    await steps.skipCheck();
    return new Survivor(system, person, interviewId);
  }

  /**
   * The same person comes back, in this browser or another: the link again, and on to the first question. A browser
   * that was killed may have lost its cookie, and is then asked like another device whether to go on here.
   */
  async comeBack(person: BrowserPerson, link: string): Promise<Survivor> {
    const { page } = person;
    await page.goto(link);
    await person.press(t('welcome.continue'));
    const button = (id: string): Locator => page.getByRole('button', { name: t(id), exact: true });
    await button('check.skip').or(button('tab.takeOver')).waitFor();
    if (await button('tab.takeOver').isVisible()) await person.press(t('tab.takeOver'));
    await person.press(t('check.skip'));
    await page.waitForURL('**/q/1');
    return new Survivor(this.system, person, this.interviewId);
  }

  get page(): Page {
    return this.person.page;
  }

  /** More chunks than now are on the server. @returns after how many milliseconds */
  async sends(what: string): Promise<number> {
    const before = await durableChunks(this.system, this.interviewId);
    const startedAtMs = performance.now();
    await waitFor(async () => (await durableChunks(this.system, this.interviewId)) > before, {
      what: `a chunk after ${what}`,
      timeoutMs: RESUMES_WITHIN_MS,
    });
    return performance.now() - startedAtMs;
  }

  async holdsAtLeast(chunks: number): Promise<void> {
    await waitFor(async () => (await durableChunks(this.system, this.interviewId)) >= chunks, {
      what: `${chunks} chunks on the server`,
    });
  }

  /** What the server has of this interview's recordings now: no fault may take any of it away again. */
  async acknowledgedBytes(): Promise<number> {
    const segments = (await serverTakes(this.system, this.interviewId)).flatMap((take) => take.segments);
    return segments.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  /** These words stand on the page. */
  async reads(words: string): Promise<void> {
    await this.page.getByText(words).first().waitFor();
  }

  /** Long enough to count, then **Stop**. */
  async stop(): Promise<void> {
    await recordedFor(() => this.person.recorded.recorders().at(-1), 3);
    await this.steps.stop();
  }

  /** Stop → Use this answer → received → Send. */
  async finish(): Promise<void> {
    await this.stop();
    await this.useAndSend();
  }

  async useAndSend(): Promise<void> {
    await this.steps.use('send');
    await waitFor(async () => (await receivedAnswers(this.page).count()) === 1, {
      what: 'the answer to be received',
      timeoutMs: RESUMES_WITHIN_MS,
    });
    await this.person.press(t('send.send'));
    await this.page.waitForURL('**/done');
  }

  /**
   * The take that became the answer has, segment by segment, the bytes of the browser's recorders in their order.
   *
   * @param recorders whose output it must be; one that a fault cut may have given more than was kept
   * @param cut how many of the first recorders were cut before they could hand over everything
   * @param left `acknowledged`: bytes the server had of them when they were cut, see {@link acknowledgedBytes};
   *   `wiped`: the device has lost the rest
   */
  async expectSameBytes(
    recorders = this.person.recorded.recorders(),
    cut = 0,
    { acknowledged = 0, wiped = false } = {},
  ): Promise<ServerTake> {
    const take = (await serverTakes(this.system, this.interviewId)).find(({ state }) => state === 'kept');
    if (!take) throw new Error('No take was kept');
    const produced = recorders.filter(({ bytes }) => bytes.length > 0);
    expect(take.segments.length).toBe(produced.length);
    for (const [number, segment] of take.segments.entries()) {
      const output = produced[number] as RecorderOutput;
      const whole = output.bytes;
      expect(segment.rowSha256).toBe(segment.objectsSha256);
      // What was cut may be shorter here or there: the journal and this process each miss what came last.
      const length = number < cut ? Math.min(segment.bytes.length, whole.length) : whole.length;
      expect(sha256(segment.bytes.subarray(0, length))).toBe(sha256(whole.subarray(0, length)));
      if (number >= cut) expect(segment.objectsSha256).toBe(sha256(whole));
      else {
        const least = wiped ? acknowledged : Math.max(acknowledged, leastKeptBytes(output));
        expect(segment.bytes.length).toBeGreaterThanOrEqual(least);
      }
      expect(segment.bytes.length).toBeGreaterThan(10_000);
    }
    return take;
  }
}
