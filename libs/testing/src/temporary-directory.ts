import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A private folder of one test run. */
export interface TemporaryDirectory {
  path: string;
  /** Removes the folder and everything in it; a second call does nothing. */
  remove(): Promise<void>;
}

// Reads until our end of the pipe is closed, which the kernel does however this process ends. The process to stop is
// named by the first line of the PID file inside the folder, so only what was started from there is ever stopped.
const CLEANER_SCRIPT = `cat >/dev/null
pid=$(head -n 1 "$2" 2>/dev/null) && [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null
i=0; while [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && [ $i -lt 50 ]; do sleep 0.1; i=$((i+1)); done
rm -rf -- "$1"`;

/**
 * Makes a folder in the system's temporary folder that is gone after the run, even when the test process is killed: a
 * tiny shell waits for our end, stops the server whose PID file is in the folder, and removes the folder.
 *
 * @param options.name part of the folder's name
 * @param options.pidFile path relative to the folder
 */
export async function makeTemporaryDirectory(options: {
  name: string;
  pidFile?: string;
}): Promise<TemporaryDirectory> {
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), `fairtake-${options.name}-`));
  const pidFile = path.join(directory, options.pidFile ?? 'no.pid');
  const cleaner = spawn('sh', ['-c', CLEANER_SCRIPT, 'fairtake-cleaner', directory, pidFile], {
    // Its own process group: a Ctrl-C for the tests must not end it before it has cleaned up.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  cleaner.unref();
  (cleaner.stdin as unknown as { unref(): void }).unref();
  return {
    path: directory,
    remove: async () => {
      cleaner.kill('SIGKILL');
      await fs.rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
