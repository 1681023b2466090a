import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';

const MAX_LOG_LENGTH = 8_192;

/** A server that a test started, with the end of what it printed. */
export interface ServerProcess {
  readonly pid: number;
  /** The last few kilobytes of output. */
  log(): string;
  /** True until the process has ended. */
  isRunning(): boolean;
  /** Sends the signal and resolves when the process has ended; at once if it already has. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program whose life is tied to nothing but `end`; it does not keep the test process alive.
 *
 * @throws Error naming the program when it cannot be started
 */
export async function startServerProcess(
  program: string,
  args: string[],
  options: SpawnOptions = {},
): Promise<ServerProcess> {
  const child: ChildProcess = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => (log = (log + text.toString()).slice(-MAX_LOG_LENGTH)));
    (stream as unknown as { unref(): void }).unref();
  }
  await once(child, 'spawn').catch((cause: unknown) => {
    throw new Error(`${program} cannot be started. Is it installed?`, { cause });
  });
  child.unref();
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid as number,
    log: () => log,
    isRunning,
    end: async (signal) => {
      if (!isRunning()) return;
      child.ref();
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    },
  };
}
