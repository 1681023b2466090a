import { makeTemporaryDirectory, waitFor, type TemporaryDirectory } from '@fairtake/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { ROOT, SCREENS } from './places';

const STOP_TIMEOUT_MS = 15_000;
/** How soon it is back is a promise that the journeys measure themselves; this only ends a start that hangs. */
const READY_TIMEOUT_MS = 90_000;

interface AppProcessOptions {
  /** Names the log in e2e/screens. */
  name: string;
  script: string;
  env: NodeJS.ProcessEnv;
  /** Looked at until it is true after each start. */
  ready: () => Promise<boolean>;
}

/** The api or the worker as the real process it is: to be killed and started again in the middle of things. */
export class AppProcess {
  readonly #options: AppProcessOptions;
  readonly #pidDirectory: TemporaryDirectory;
  readonly logFile: string;
  #child: ChildProcess | null = null;

  private constructor(options: AppProcessOptions, pidDirectory: TemporaryDirectory) {
    this.#options = options;
    this.#pidDirectory = pidDirectory;
    this.logFile = path.join(SCREENS, `${options.name}.log`);
    fs.mkdirSync(SCREENS, { recursive: true });
    fs.rmSync(this.logFile, { force: true });
  }

  static async launch(options: AppProcessOptions): Promise<AppProcess> {
    // Ends the process even when this one is killed: see makeTemporaryDirectory.
    const app = new AppProcess(options, await makeTemporaryDirectory({ name: 'app', pidFile: 'pid' }));
    try {
      await app.start();
      return app;
    } catch (error) {
      // A process that came to nothing would keep the whole run from ending.
      await app.stop();
      throw error;
    }
  }

  async start(): Promise<void> {
    const { name, script, env, ready } = this.#options;
    if (this.isRunning()) throw new Error(`The ${name} is running already.`);
    const log = fs.openSync(this.logFile, 'a');
    const child = spawn(process.execPath, [script], { cwd: ROOT, env, stdio: ['ignore', log, log] });
    fs.closeSync(log);
    await once(child, 'spawn');
    fs.writeFileSync(path.join(this.#pidDirectory.path, 'pid'), `${child.pid}\n`);
    this.#child = child;
    await waitFor(async () => !this.isRunning() || (await ready()), {
      what: `the ${name} to be ready`,
      timeoutMs: READY_TIMEOUT_MS,
    });
    if (!this.isRunning()) throw new Error(`The ${name} ended at once:\n${this.log()}`);
  }

  isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** kill -9: nothing is flushed, nothing is said to anybody. */
  async kill(): Promise<void> {
    if (!this.isRunning()) throw new Error(`The ${this.#options.name} is not running.`);
    await this.#end('SIGKILL');
  }

  /** Asks it to stop, as an operator does; kills it when it does not. */
  async stop(): Promise<void> {
    if (this.isRunning()) {
      const timer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await this.#end('SIGTERM');
      clearTimeout(timer);
    }
    await this.#pidDirectory.remove();
  }

  log(): string {
    return fs.readFileSync(this.logFile, 'utf8');
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child as ChildProcess;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    // The number may soon belong to another process.
    fs.rmSync(path.join(this.#pidDirectory.path, 'pid'), { force: true });
  }
}
