import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, readFileSync, renameSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts a program in its own process group, so that Ctrl-C in the terminal reaches only us and we stop the
 * parts in order. Output goes to `logFile` (rotated once past 10 MB); `onLine` also sees each line and may
 * return what is logged in its place.
 */
export function startProcess(program, parameters, { logFile, onLine = () => undefined, ...options }) {
  if ((statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) {
    renameSync(logFile, `${logFile}.1`);
  }
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const child = spawn(program, parameters, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => log.write(`${onLine(line) ?? line}\n`));
  }
  child.once('close', () => log.end());
  return child;
}

export const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/** Asks a child to stop and waits; after `graceMs` its whole group is killed. */
export async function stopProcess(child, { signal = 'SIGTERM', graceMs = 10_000 } = {}) {
  if (!child.pid || hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
}

/**
 * A word for when the process began, or null when there is none: together with the id it recognises a
 * process again, since ids are reused.
 */
export function processStartMark(pid) {
  try {
    // The name in field 2 may hold blanks: count from its closing bracket. Field 3 is the state (Z: ended,
    // not yet collected by its parent), field 22 the start time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop().split(' ');
    return fields[0] === 'Z' ? null : fields[19];
  } catch {
    if (process.platform === 'linux') return null;
    const { stdout, status } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return status === 0 ? stdout.trim() || null : null;
  }
}

/** Stops a process that an earlier run of ours left behind, known by id and start mark. */
export async function stopLeftover({ pid, startMark, signal = 'SIGTERM' }, graceMs = 10_000) {
  const alive = () => startMark !== null && processStartMark(pid) === startMark;
  if (!alive()) return false;
  process.kill(pid, signal);
  const deadline = Date.now() + graceMs;
  while (alive() && Date.now() < deadline) await wait(50);
  if (alive()) signalGroup(pid, 'SIGKILL');
  while (alive() && Date.now() < deadline + 2_000) await wait(50);
  return true;
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Repeats `attempt` until it returns something truthy; null after `timeoutMs`. */
export async function until(attempt, { timeoutMs, everyMs = 100 }) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await attempt();
    if (result) return result;
    if (Date.now() > deadline) return null;
    await wait(everyMs);
  }
}
