import { closeSync, openSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { warn } from '../bootstrap/terminal.mjs';
import { processStartMark, stopLeftover } from '../services/processes.mjs';
import { readJson, writeJson } from './data-directory.mjs';

/**
 * Claims the data directory for this process. A living earlier start is named and refused; what a killed one
 * left running is stopped, in the order workers, Redis, PostgreSQL.
 *
 * @returns a record of our own parts: `add`, `remove`, `release`.
 */
export async function claimDataDirectory(places, { url }) {
  const { runFile, directory } = places;
  const earlier = readJson(runFile);
  if (earlier) {
    if (isRunning(earlier)) {
      throw new StopReason(
        `Fairtake is already running with ${directory}: process ${earlier.pid}, ${earlier.url}.\n` +
          `Stop that one first (Ctrl-C in its terminal, or: kill ${earlier.pid}), or choose another --data-dir.`,
      );
    }
    await clearAfter(earlier);
    rmSync(runFile);
  }
  const record = { pid: process.pid, startMark: processStartMark(process.pid), url, parts: [] };
  createExclusively(runFile, record, directory);
  const save = () => writeJson(runFile, record);
  return {
    add(name, child, signal = 'SIGTERM') {
      record.parts = record.parts.filter((part) => part.name !== name);
      record.parts.push({ name, pid: child.pid, startMark: processStartMark(child.pid), signal });
      save();
    },
    remove(name) {
      record.parts = record.parts.filter((part) => part.name !== name);
      save();
    },
    release: () => unlinkSync(runFile),
  };
}

const isRunning = ({ pid, startMark }) => startMark !== null && processStartMark(pid) === startMark;

async function clearAfter({ pid, parts }) {
  warn('start', `the earlier start (process ${pid}) did not end properly; clearing up after it`);
  for (const part of [...parts].reverse()) {
    if (await stopLeftover(part))
      warn('start', `stopped ${part.name} (process ${part.pid}) it had left behind`);
  }
}

/** Two starts at the same moment: only one creates the file. */
function createExclusively(file, record, directory) {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeSync(descriptor, JSON.stringify(record));
    closeSync(descriptor);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    throw new StopReason(
      `Another start has just taken ${directory}. Use that one, or choose another --data-dir.`,
    );
  }
}
