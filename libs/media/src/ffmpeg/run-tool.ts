import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { classifyFailure } from './classify-failure';
import { InfrastructureError, MediaTimeout } from './errors';
import type { FfmpegTools } from './tools';

/** One run of ffmpeg or ffprobe. */
export interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  /** Working directory of the child. */
  readonly jobDirectory: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called for every line of standard output; throwing ends the run with that error. */
  readonly onLine?: ((line: string) => void) | undefined;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Enough for the messages that matter; a hostile file can make ffmpeg write one line per packet. */
const stderrTailBytes = 8 * 1024;
/** A line longer than this is not one of ours. */
const maxLineBytes = 64 * 1024;
/** Between asking and killing. Output of a cancelled run is thrown away, so there is nothing to wait for. */
const killGraceMs = 1_000;

/** Groups to take along when this process ends in an orderly way where the kernel cannot do it. */
const liveGroups = new Set<number>();
let exitHookInstalled = false;

/**
 * Starts a tool in its own process group with an empty environment and no input, and waits for its end. The whole
 * group is gone when this returns or throws.
 *
 * @returns the last 8 KiB of standard error, which is not empty when a file was damaged but readable.
 * @throws MediaRejected, MediaTimeout, MediaCrashed, InfrastructureError; the signal's reason when aborted; what
 * `onLine` throws.
 */
export async function runTool(tools: FfmpegTools, run: ToolRun): Promise<{ stderrTail: string }> {
  run.signal?.throwIfAborted();
  const child = start(tools, run);
  const stderr = new Tail();
  let failure: unknown;
  const stop = (reason: unknown) => {
    failure ??= reason;
    killGroup(child.pid, 'SIGTERM');
    killTimer ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), killGraceMs);
  };
  let killTimer: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => stop(new MediaTimeout(run.timeoutMs, stderr.text())), run.timeoutMs);
  const onAbort = () => stop(run.signal!.reason);
  run.signal?.addEventListener('abort', onAbort, { once: true });
  child.stderr.on('data', (bytes: Buffer) => stderr.add(bytes));
  readLines(child.stdout, run.onLine, stop);
  try {
    const { exitCode, exitSignal } = await ended(child);
    if (failure !== undefined) throw failure;
    if (exitCode === 0) return { stderrTail: stderr.text() };
    throw classifyFailure({ exitCode, exitSignal, stderrTail: stderr.text(), timeoutMs: run.timeoutMs });
  } finally {
    clearTimeout(timer);
    clearTimeout(killTimer);
    run.signal?.removeEventListener('abort', onAbort);
    if (child.pid !== undefined) liveGroups.delete(child.pid);
  }
}

function start(tools: FfmpegTools, run: ToolRun): Child {
  // Wall-clock limit times threads, and some: the kernel's limit is the net under our own.
  const cpuSeconds = Math.ceil(run.timeoutMs / 1_000) * (tools.threads + 1);
  const [command, args] = tools.wrap(run.command, run.args, cpuSeconds);
  const child = spawn(command, args, {
    cwd: run.jobDirectory,
    env: {},
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: false,
  });
  if (child.pid !== undefined) {
    liveGroups.add(child.pid);
    installExitHook();
  }
  return child;
}

function installExitHook(): void {
  if (exitHookInstalled) return;
  exitHookInstalled = true;
  process.on('exit', () => {
    for (const group of liveGroups) killGroup(group, 'SIGKILL');
  });
}

function ended(child: Child): Promise<{ exitCode: number | null; exitSignal: NodeJS.Signals | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new InfrastructureError('ffmpeg could not be started', '', { cause })),
    );
    // Whatever the tool started and left behind holds our pipes open, and `close` would never come.
    child.once('exit', () => killGroup(child.pid, 'SIGKILL'));
    child.once('close', (exitCode, exitSignal) => resolve({ exitCode, exitSignal }));
  });
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Already gone, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function readLines(
  stdout: Readable,
  onLine: ((line: string) => void) | undefined,
  stop: (reason: unknown) => void,
): void {
  let rest = '';
  let deliver = onLine;
  const give = (lines: string[]) => {
    try {
      for (const line of lines) deliver?.(line);
    } catch (error) {
      deliver = undefined;
      stop(error);
    }
  };
  stdout.setEncoding('utf8');
  stdout.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxLineBytes) rest = '';
    give(lines);
  });
  stdout.on('end', () => give(rest === '' ? [] : [rest]));
}

/** The last bytes of a stream, in bounded memory. */
class Tail {
  private bytes: Buffer = Buffer.alloc(0);

  add(more: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, more]).subarray(-stderrTailBytes);
  }

  text(): string {
    return this.bytes.toString('utf8').trim();
  }
}
