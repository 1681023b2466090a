import fs from 'node:fs';
import path from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import type { FakeCamera } from './fake-camera';
import { SCREENS } from './places';
import { RecordedBytes } from './recorded-bytes';
import type { Language } from './words';

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
/** Chromium writes every refused request to the console; being asked who one is before signing in is no fault. */
const SIGNED_OUT = /status of 401 .*\/api\/v1\/session$/;
/** Windows and phones of real people are not in a data centre: dates must come out in this zone. */
const TIME_ZONE = 'Asia/Singapore';

export interface PersonOptions {
  /** Names the pictures. */
  name: string;
  size?: keyof typeof SIZES;
  language?: Language;
  theme?: 'light' | 'dark';
  /** This person's browser says it cannot record MP4. */
  onlyWebm?: boolean;
}

/** How a test's Chromium is started: fake devices that play the given pictures and speech. */
export function browserArguments(camera?: FakeCamera): string[] {
  return [
    // Chromium refuses its own walls for root, who runs tests in containers.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--disable-background-networking',
    ...(camera
      ? [
          `--use-file-for-fake-video-capture=${camera.videoPath}`,
          `--use-file-for-fake-audio-capture=${camera.audioPath}`,
        ]
      : []),
  ];
}

export function contextOptions({
  size = 'desktop',
  language = 'en',
  theme = 'light',
}: PersonOptions): BrowserContextOptions {
  return {
    viewport: SIZES[size],
    locale: language,
    colorScheme: theme,
    timezoneId: TIME_ZONE,
    permissions: ['camera', 'microphone', 'clipboard-read', 'clipboard-write'],
  };
}

/** One browser for a test file; each person has a context of their own in it. */
export class TestBrowser {
  readonly #browser: Browser;
  readonly #people: BrowserPerson[] = [];

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async open(options: { camera?: FakeCamera } = {}): Promise<TestBrowser> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: browserArguments(options.camera),
    });
    return new TestBrowser(browser);
  }

  async person(options: PersonOptions): Promise<BrowserPerson> {
    const { name, onlyWebm = false } = options;
    const context = await this.#browser.newContext(contextOptions(options));
    const recorded = await RecordedBytes.watch(context, { onlyWebm });
    const person = await BrowserPerson.arrive(name, context, recorded);
    this.#people.push(person);
    return person;
  }

  /** Takes a last picture of every screen: of a journey that failed, it shows where. */
  async close(): Promise<void> {
    for (const person of this.#people) await person.picture('last');
    await this.#browser.close();
  }
}

/** A person in front of a screen, and everything their browser complained about. */
export class BrowserPerson {
  readonly #name: string;
  readonly #problems: string[] = [];
  #pictures = 0;

  private constructor(
    name: string,
    readonly context: BrowserContext,
    readonly page: Page,
    readonly recorded: RecordedBytes,
  ) {
    this.#name = name;
  }

  static async arrive(
    name: string,
    context: BrowserContext,
    recorded: RecordedBytes,
  ): Promise<BrowserPerson> {
    const person = new BrowserPerson(name, context, await context.newPage(), recorded);
    person.#listen(person.page);
    fs.mkdirSync(SCREENS, { recursive: true });
    const old = fs
      .readdirSync(SCREENS)
      .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.png'));
    for (const file of old) fs.rmSync(path.join(SCREENS, file));
    return person;
  }

  /** A second tab of the same browser profile. */
  async openTab(): Promise<Page> {
    const page = await this.context.newPage();
    this.#listen(page);
    return page;
  }

  press(name: string, page = this.page): Promise<void> {
    return page.getByRole('button', { name, exact: true }).click();
  }

  /** Keeps a picture of the page in e2e/screens, numbered in the order of the journey. */
  async picture(what: string, page = this.page): Promise<void> {
    this.#pictures += 1;
    const number = String(this.#pictures).padStart(2, '0');
    await page.screenshot({ path: path.join(SCREENS, `${this.#name}-${number}-${what}.png`) });
  }

  /**
   * Console errors (what the Content-Security-Policy refused is among them) and uncaught exceptions so far.
   *
   * @param expected those this journey provokes
   */
  problems(expected: RegExp[] = []): string[] {
    const patterns = [SIGNED_OUT, ...expected];
    return this.#problems.filter((problem) => !patterns.some((pattern) => pattern.test(problem)));
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#problems.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.#problems.push(error.stack ?? error.message));
    // "Leave this page?" – these journeys always mean it.
    page.on('dialog', (dialog) => void dialog.accept());
  }
}
