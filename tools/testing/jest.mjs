import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { runProcess } from './run-process.mjs';

/** Runs one level of tests through Jest and counts what it reports. */
export async function runJest({ env, signal, filters }, level) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-jest-'));
  const outputFile = join(folder, 'report.json');
  try {
    const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
    // Without `--ci` a missing snapshot would be written and pass.
    const parameters = [jest, '--ci', '--json', `--outputFile=${outputFile}`, ...filters];
    const code = await runProcess(['--disable-warning=ExperimentalWarning', ...parameters], {
      env: { ...env, TEST_LEVEL: level },
      signal,
    });
    const report = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : null;
    return countJest(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Passed and failed from Jest's report. A skipped test, a file that could not run, a level without tests and
 * a crash of Jest itself each count as failed: none of them showed that something works.
 *
 * @returns `{ passed, failed, notes }`
 */
export function countJest(report, code) {
  if (!report) return { passed: 0, failed: 1, notes: [`Jest ended with code ${code} and no report`] };
  const skipped = report.numPendingTests + report.numTodoTests;
  const broken = report.numRuntimeErrorTestSuites;
  const notes = [];
  if (skipped > 0) notes.push(`${skipped} skipped tests count as failed`);
  if (broken > 0) notes.push(`${broken} test files could not run`);
  const failed = report.numFailedTests + skipped + broken;
  if (report.numTotalTests === 0 && broken === 0)
    return { passed: 0, failed: 1, notes: ['no tests were found'] };
  // An open handle that made Jest fail, a failing global set-up: visible in the code only.
  if (failed === 0 && code !== 0) {
    return { passed: report.numPassedTests, failed: 1, notes: [`Jest ended with code ${code}`] };
  }
  return { passed: report.numPassedTests, failed, notes };
}
