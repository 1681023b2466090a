import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { bold, box, dim, say, warn } from '../bootstrap/terminal.mjs';
import { startProcess, until } from '../services/processes.mjs';
import { readJson } from './data-directory.mjs';

const SIGN_INS_TIMEOUT_MS = 120_000;

/**
 * Runs the demo behind the answering page and prints its sign-ins as soon as they are written. The demo
 * writes `demo.json` first and lets its clips arrive after; a second run finds what is there and goes on.
 */
export async function showSignIns({ places, supervisor, env, signal }) {
  const script = join(ROOT, 'tools', 'demo.mjs');
  const logFile = join(places.logs, 'demo.log');
  await supervisor.add({
    name: 'demo',
    once: true,
    launch: () => startProcess(process.execPath, [script], { cwd: ROOT, env, logFile }),
  });
  const ready = () => signal.aborted || !supervisor.has('demo') || existsSync(places.demoFile);
  await until(ready, { timeoutMs: SIGN_INS_TIMEOUT_MS });
  const demo = readJson(places.demoFile);
  if (signal.aborted) return;
  if (!demo) return warn('demo', `no sign-ins were written. See ${logFile}`);
  console.log(`\n${box(lines(demo, places.demoFile))}\n`);
  if (supervisor.has('demo'))
    say('demo', 'its clips keep arriving behind; the pages fill up over the next minute');
}

function lines({ url, staff, invitations }, file) {
  const width = Math.max(...staff.map(({ email }) => email.length));
  return [
    bold(`Fairtake  ${url}`),
    '',
    ...staff.map(
      ({ organisation, role, email, password }) =>
        `${email.padEnd(width)}  ${password}  ${dim(`${role}, ${organisation}`)}`,
    ),
    '',
    'Invitations nobody has opened yet:',
    ...invitations.map(({ position, link }) => `${link}  ${dim(position)}`),
    '',
    dim(`also in ${file}`),
  ];
}
