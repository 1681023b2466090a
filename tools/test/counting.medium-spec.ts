import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const counter = resolve(__dirname, '..', 'testing', 'jest.mjs');

function count(report: object | null, code: number) {
  const script = `
    const { countJest } = await import(${JSON.stringify(counter)});
    console.log(JSON.stringify(countJest(${JSON.stringify(report)}, ${code})));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  const { passed, failed } = JSON.parse(output);
  return { passed, failed };
}

const REPORT = {
  numTotalTests: 5,
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  numRuntimeErrorTestSuites: 0,
};

describe('what npm test counts', () => {
  it.each([
    ['all green', REPORT, 0, { passed: 5, failed: 0 }],
    ['a failure', { ...REPORT, numPassedTests: 4, numFailedTests: 1 }, 1, { passed: 4, failed: 1 }],
    [
      'skipped and todo',
      { ...REPORT, numPassedTests: 3, numPendingTests: 1, numTodoTests: 1 },
      0,
      { passed: 3, failed: 2 },
    ],
    ['a file that does not load', { ...REPORT, numRuntimeErrorTestSuites: 1 }, 1, { passed: 5, failed: 1 }],
    ['no tests', { ...REPORT, numTotalTests: 0, numPassedTests: 0 }, 0, { passed: 0, failed: 1 }],
    ['an open handle', REPORT, 1, { passed: 5, failed: 1 }],
    ['no report', null, 1, { passed: 0, failed: 1 }],
  ])('%s', (_case, report, code, expected) => expect(count(report, code)).toEqual(expected));
});
