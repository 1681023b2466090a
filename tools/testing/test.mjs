import { spawnSync } from 'node:child_process';
import { ensurePackages } from '../bootstrap/packages.mjs';
import { ensurePrograms } from '../bootstrap/programs.mjs';
import { bold, green, red, say, warn } from '../bootstrap/terminal.mjs';
import { STEPS } from './steps.mjs';

const VARIABLES = {
  ffmpeg: 'FFMPEG_PATH',
  ffprobe: 'FFPROBE_PATH',
  chromium: 'CHROMIUM_PATH',
  redis: 'REDIS_SERVER_PATH',
};

/**
 * `npm test [-- <step> …] [file filters]`: all steps or the named ones. Goes on after a failure, so that one
 * run tells everything; the last line is `N passed, N failed`.
 */
export async function test(parameters) {
  const names = STEPS.map(({ name }) => name);
  const chosen = parameters.filter((word) => names.includes(word));
  const filters = parameters.filter((word) => !names.includes(word));
  const steps = STEPS.filter(
    ({ name, when = () => true }) => when() && (chosen.length === 0 || chosen.includes(name)),
  );
  const signal = endSignal();
  const total = { passed: 0, failed: 0 };
  const results = [];
  let services;
  try {
    ensurePackages();
    const programs = ensureNeeds(steps);
    if (programs.redis) {
      const { startThrowAwayServices } = await import('../services/throw-away.mjs');
      services = await startThrowAwayServices(programs);
    }
    const context = { env: testEnvironment(programs, services), signal, filters };
    for (const step of steps) {
      if (signal.aborted) break;
      results.push(await runTimed(step, context));
    }
  } catch (error) {
    results.push({ name: 'set-up', passed: 0, failed: 1, seconds: 0, notes: [error.message] });
  } finally {
    await services?.stop();
  }
  if (signal.aborted) results.push({ name: 'stopped by hand', passed: 0, failed: 1, seconds: 0, notes: [] });
  for (const { passed, failed } of results) {
    total.passed += passed;
    total.failed += failed;
  }
  printSummary(results);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

async function runTimed(step, context) {
  console.log(`\n${bold(`── ${step.name}`)}`);
  const startedAt = Date.now();
  const counts = await step.run(context);
  return { name: step.name, notes: [], ...counts, seconds: (Date.now() - startedAt) / 1000 };
}

function printSummary(results) {
  console.log('');
  for (const { name, passed, failed, seconds, notes } of results) {
    const mark = failed > 0 ? red('✗') : green('✓');
    console.log(
      `${mark} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed`,
    );
    for (const note of notes) console.log(`             ${note}`);
  }
}

function ensureNeeds(steps) {
  const needs = [...new Set(steps.flatMap(({ needs: programs = [] }) => programs))];
  if (needs.length === 0) return {};
  const wantsFonts = needs.includes('chromium') && process.platform === 'linux' && !canWriteChinese();
  if (wantsFonts) say('programs', 'no Chinese font is installed; the screens in Chinese would show boxes');
  return ensurePrograms(needs, wantsFonts ? ['fonts-noto-cjk', 'fontconfig'] : []);
}

/** Asks fontconfig for a font with Chinese characters; without fontconfig there are no fonts at all. */
function canWriteChinese() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
}

function testEnvironment(programs, services) {
  const found = Object.entries(programs).map(([name, path]) => [VARIABLES[name], path]);
  return {
    ...process.env,
    ...Object.fromEntries(found),
    NX_DAEMON: 'false',
    ...(services ? { TEST_DATABASE_URL: services.databaseUrl, TEST_REDIS_URL: services.redisUrl } : {}),
  };
}

/** Aborted by Ctrl-C, SIGTERM or a closed terminal: the running step is ended and the services stop. */
function endSignal() {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (!controller.signal.aborted) warn('test', 'stopping …');
      controller.abort();
    });
  }
  return controller.signal;
}
