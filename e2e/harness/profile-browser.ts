import { makeTemporaryDirectory, waitFor, type TemporaryDirectory } from '@fairtake/testing';
import fs from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { BrowserPerson, browserArguments, contextOptions, type PersonOptions } from './browser';
import type { FakeCamera } from './fake-camera';
import { RecordedBytes } from './recorded-bytes';

/** A person's own browser, with a profile on the disk: it can be killed, put to sleep, and opened again. */
export class ProfileBrowser {
  readonly #directory: TemporaryDirectory;
  readonly #profilePath: string;
  readonly #camera: FakeCamera;
  readonly #options: PersonOptions;
  #context: BrowserContext | null = null;
  #person: BrowserPerson | null = null;
  #lives = 0;

  private constructor(directory: TemporaryDirectory, camera: FakeCamera, options: PersonOptions) {
    this.#directory = directory;
    this.#profilePath = path.join(directory.path, 'profile');
    fs.mkdirSync(this.#profilePath);
    this.#camera = camera;
    this.#options = options;
  }

  static async make(camera: FakeCamera, options: PersonOptions): Promise<ProfileBrowser> {
    return new ProfileBrowser(await makeTemporaryDirectory({ name: 'profile' }), camera, options);
  }

  /** Starts the browser with what the profile holds. Recordings of earlier lives are not among its recorded bytes. */
  async open(): Promise<BrowserPerson> {
    const context = await chromium.launchPersistentContext(this.#profilePath, {
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: browserArguments(this.#camera),
      // A browser that is killed leaves its lock there, which goes with the rest.
      env: { ...process.env, TMPDIR: this.#directory.path },
      ...contextOptions(this.#options),
    });
    this.#context = context;
    const recorded = await RecordedBytes.watch(context, { onlyWebm: false });
    this.#lives += 1;
    this.#person = await BrowserPerson.arrive(`${this.#options.name}-${this.#lives}`, context, recorded);
    return this.#person;
  }

  /** kill -9 of every process: nothing is flushed that was not promised to be. */
  async kill(): Promise<void> {
    const processes = this.#processes();
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    await waitFor(() => processes.every((pid) => !isRunning(pid)), { what: 'the browser to be gone' });
    this.#context = null;
    this.#person = null;
  }

  /** The lid is closed: no process runs until {@link wake}. */
  sleep(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGSTOP');
  }

  wake(): void {
    for (const pid of this.#processes()) process.kill(pid, 'SIGCONT');
  }

  /** The profile is lost: storage cleaned, another computer, a private window that was closed. */
  wipe(): void {
    fs.rmSync(this.#profilePath, { recursive: true, force: true });
    fs.mkdirSync(this.#profilePath);
  }

  async close(): Promise<void> {
    // Of a journey that failed, it shows where.
    await this.#person?.picture('last');
    await this.#context?.close();
    await this.#directory.remove();
  }

  /** The browser is whatever was started with this profile, and what that started. */
  #processes(): number[] {
    const parents = new Map(runningProcesses().map(({ pid, parent }) => [pid, parent]));
    const own = new Set(
      [...parents.keys()].filter((pid) => commandOf(pid).includes(`--user-data-dir=${this.#profilePath}`)),
    );
    for (let grew = true; grew;) {
      grew = false;
      for (const [pid, parent] of parents) {
        if (own.has(pid) || !own.has(parent)) continue;
        own.add(pid);
        grew = true;
      }
    }
    return [...own];
  }
}

function runningProcesses(): { pid: number; parent: number }[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readQuietly(`/proc/${name}/stat`);
      // The name in brackets may hold anything; state and parent follow it.
      const parent = /\) (\S) (\d+)/.exec(stat);
      return parent && parent[1] !== 'Z' ? [{ pid: Number(name), parent: Number(parent[2]) }] : [];
    });
}

const commandOf = (pid: number): string => readQuietly(`/proc/${pid}/cmdline`);
const isRunning = (pid: number): boolean => runningProcesses().some((each) => each.pid === pid);

/** Empty for a process that ended meanwhile. */
function readQuietly(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
