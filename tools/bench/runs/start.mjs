import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bootstrap/paths.mjs';
import { StopReason } from '../../bootstrap/stop-reason.mjs';
import { freePort } from '../../services/ports.mjs';
import { hasEnded, stopProcess, until } from '../../services/processes.mjs';

const TARGET_SECONDS = 240;
const GIVE_UP_MS = 15 * 60_000;

/**
 * From `git clone` of what is committed to a page that answers, and once more with everything in place. The
 * packages come from npm's cache as far as it has them; system programs are installed already.
 */
export async function run({ say }) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-bench-start-'));
  const clone = join(folder, 'fairtake');
  try {
    const startedAt = Date.now();
    const { status } = spawnSync('git', ['clone', '--quiet', ROOT, clone], { stdio: 'inherit' });
    if (status !== 0) throw new StopReason('git clone failed.');
    say('cloned; first start …');
    await answerAfterStart(clone, folder);
    const firstSeconds = (Date.now() - startedAt) / 1000;
    say('second start …');
    const secondAt = Date.now();
    await answerAfterStart(clone, folder);
    const secondSeconds = (Date.now() - secondAt) / 1000;
    return {
      conditions: { packages: 'npm cache, as it is', systemPrograms: 'installed', demo: 'on' },
      figures: [
        {
          name: 'fresh clone to page',
          value: round(firstSeconds),
          unit: 's',
          target: { most: TARGET_SECONDS },
        },
        { name: 'second start to page', value: round(secondSeconds), unit: 's' },
        {
          name: 'second ÷ first',
          value: Math.round((secondSeconds / firstSeconds) * 1000) / 1000,
          unit: '×',
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answerAfterStart(clone, folder) {
  const port = await freePort();
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...env } = process.env;
  const child = spawn(
    process.execPath,
    ['tools/start.mjs', '--port', String(port), '--data-dir', join(folder, 'data')],
    {
      cwd: clone,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  try {
    const page = `http://localhost:${port}/`;
    const answers = () =>
      fetch(page).then(
        (reply) => reply.ok,
        () => false,
      );
    const settled = await until(async () => hasEnded(child) || (await answers()), { timeoutMs: GIVE_UP_MS });
    if (!settled || hasEnded(child)) throw new StopReason('npm start of the clone did not bring up a page.');
  } finally {
    await stopProcess(child, { graceMs: 60_000 });
  }
}

const round = (seconds) => Math.round(seconds * 10) / 10;
