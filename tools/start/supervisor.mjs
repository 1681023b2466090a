import { green, say, warn } from '../bootstrap/terminal.mjs';
import { hasEnded, stopProcess } from '../services/processes.mjs';

const RESTARTS = 5;
const FIRST_WAIT_MS = 1_000;
/** A part that ran this long has recovered: its earlier crashes no longer count. */
const STABLE_MS = 60_000;

/**
 * Keeps the parts alive and ends them in the reverse order of their start.
 *
 * @param {{ record: { add, remove }, onGivenUp: (name: string) => void, firstWaitMs?: number }} options
 *   `onGivenUp` is told when a part crashed more than five times in a row; `firstWaitMs` is the pause before
 *   the first restart, doubled with each further one.
 */
export function createSupervisor({ record, onGivenUp, firstWaitMs = FIRST_WAIT_MS }) {
  let parts = [];
  let stopping = false;

  /**
   * Starts a part: `launch` resolves to a child, `end` stops one. Rejects when the first launch fails.
   * A part that runs `once` may end by itself and is not started again.
   */
  async function add({ name, launch, end = stopProcess, signal, once = false }) {
    if (stopping) return;
    const part = { name, launch, end, signal, once, crashes: 0 };
    parts.push(part);
    part.launching = run(part);
    part.launching.catch(() => (parts = parts.filter((other) => other !== part)));
    await part.launching;
  }

  async function run(part) {
    const child = await part.launch();
    part.child = child;
    part.startedAt = Date.now();
    record.add(part.name, child, part.signal);
    if (stopping) return;
    say(part.name, `${green('running')} (process ${child.pid})`);
    if (hasEnded(child)) ended(part);
    else child.once('exit', () => ended(part));
  }

  function ended(part) {
    record.remove(part.name);
    if (stopping) return;
    const { exitCode, signalCode } = part.child;
    if (part.once) {
      parts = parts.filter((other) => other !== part);
      if (exitCode !== 0) warn(part.name, `ended early (${signalCode ?? `code ${exitCode}`}); see its log`);
      return;
    }
    if (Date.now() - part.startedAt > STABLE_MS) part.crashes = 0;
    restart(part, `ended unexpectedly (${signalCode ?? `code ${exitCode}`})`);
  }

  function restart(part, reason) {
    part.crashes += 1;
    if (part.crashes > RESTARTS) {
      warn(part.name, `${reason}, ${part.crashes} times in a row: giving up`);
      return onGivenUp(part.name);
    }
    const waitMs = firstWaitMs * 2 ** (part.crashes - 1);
    warn(part.name, `${reason}; starting it again in ${waitMs / 1000} s`);
    part.timer = setTimeout(() => {
      part.launching = run(part).catch((error) => {
        if (!stopping) restart(part, error.message);
      });
    }, waitMs);
  }

  /** Ends everything, last started first; each part has gone before the next is asked. */
  async function stop() {
    stopping = true;
    for (const part of parts.splice(0).reverse()) {
      clearTimeout(part.timer);
      await part.launching?.catch(() => undefined);
      if (!part.child || hasEnded(part.child)) continue;
      await part.end(part.child);
      record.remove(part.name);
      say(part.name, 'stopped');
    }
  }

  return { add, stop, has: (name) => parts.some((part) => part.name === name) };
}
