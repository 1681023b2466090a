import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import { InfrastructureError } from './errors';

/** What to look for and how much it may use. */
export interface FfmpegOptions {
  /** Name or absolute path. */
  readonly ffmpegPath?: string;
  readonly ffprobePath?: string;
  /** Directories to search for names, separated like PATH. */
  readonly searchPath?: string;
  /** 0 (as the parent) to 19. Media work is behind everything a person waits for. */
  readonly niceness?: number;
  /** Threads per decoder, filter and encoder. */
  readonly threads?: number;
  /** Address space of one process. Measured need: under 700 MB for 720p with two threads. */
  readonly memoryLimitBytes?: number;
  /** Largest file one process may write. */
  readonly outputLimitBytes?: number;
}

/** Which system means of containment work here; each was tried, not assumed. */
export interface Containment {
  /** The child dies when this process dies, even by SIGKILL (Linux). */
  readonly diesWithParent: boolean;
  /** CPU, memory and file size are limited by the kernel (Linux). */
  readonly limitsResources: boolean;
  /** The child has no network (Linux, root or user namespaces). */
  readonly hasNoNetwork: boolean;
}

/** Found binaries and how to wrap them; made once at start by `locateFfmpeg`, passed to every media function. */
export interface FfmpegTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly threads: number;
  readonly containment: Containment;
  /** Command and arguments with the wrappers of this machine in front. */
  readonly wrap: (
    command: string,
    args: readonly string[],
    cpuSeconds: number,
  ) => readonly [string, string[]];
}

const defaultSearchPath = [
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/usr/bin',
  '/bin',
  '/usr/sbin',
  '/sbin',
].join(delimiter);
const run = promisify(execFile);

/**
 * Finds ffmpeg and ffprobe and tries which means of containment this machine allows. Side effects: starts a few
 * short processes.
 *
 * @throws InfrastructureError when a binary is not found; the message says where it was looked for.
 */
export async function locateFfmpeg(options: FfmpegOptions = {}): Promise<FfmpegTools> {
  const searchPath = options.searchPath ?? defaultSearchPath;
  const ffmpegPath = await resolveBinary(options.ffmpegPath ?? 'ffmpeg', searchPath);
  const ffprobePath = await resolveBinary(options.ffprobePath ?? 'ffprobe', searchPath);
  const noNetwork =
    (await working(['unshare', '--net', '--'], defaultSearchPath)) ??
    (await working(['unshare', '--user', '--map-current-user', '--net', '--'], defaultSearchPath));
  const parentDeath = await working(['setpriv', '--pdeathsig', 'KILL', '--'], defaultSearchPath);
  const limits = await working(['prlimit', '--core=0', '--'], defaultSearchPath);
  const nice = await working(['nice', '-n', String(options.niceness ?? 10), '--'], defaultSearchPath);
  const memoryBytes = options.memoryLimitBytes ?? 2 * 1024 ** 3;
  const outputBytes = options.outputLimitBytes ?? 2 * 1024 ** 3;
  const limited = (cpuSeconds: number) =>
    limits
      ? [limits[0]!, '--core=0', `--cpu=${cpuSeconds}`, `--as=${memoryBytes}`, `--fsize=${outputBytes}`, '--']
      : [];
  return {
    ffmpegPath,
    ffprobePath,
    threads: options.threads ?? 1,
    containment: {
      diesWithParent: parentDeath !== undefined,
      limitsResources: limits !== undefined,
      hasNoNetwork: noNetwork !== undefined,
    },
    wrap: (command, args, cpuSeconds) => {
      // The death signal comes after the namespace: entering one changes credentials, which clears it (prctl(2)).
      const line = [...(noNetwork ?? []), ...(nice ?? []), ...(parentDeath ?? []), ...limited(cpuSeconds)];
      const [first, ...rest] = [...line, command, ...args];
      return [first!, rest];
    },
  };
}

/** The wrapper with its binary resolved, or `undefined` when running a harmless command through it fails. */
async function working(wrapper: readonly string[], searchPath: string): Promise<string[] | undefined> {
  try {
    const [name, ...args] = wrapper;
    const path = await resolveBinary(name!, searchPath);
    const harmless = await resolveBinary('true', searchPath);
    await run(path, [...args, harmless], { env: {}, timeout: 5_000 });
    return [path, ...args];
  } catch {
    return undefined;
  }
}

async function resolveBinary(nameOrPath: string, searchPath: string): Promise<string> {
  const candidates = isAbsolute(nameOrPath)
    ? [nameOrPath]
    : searchPath
        .split(delimiter)
        .filter(isAbsolute)
        .map((directory) => join(directory, nameOrPath));
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Looked for in the next place.
    }
  }
  throw new InfrastructureError(`${nameOrPath} was not found (looked at ${candidates.join(', ')})`);
}
