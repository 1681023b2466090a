import { runProcess } from './run-process.mjs';

/** Runs Node scripts one after the other; each counts as one test, and a failure does not stop the next. */
export async function runChecks({ env, signal }, commands) {
  const counts = { passed: 0, failed: 0 };
  for (const parameters of commands) {
    const code = await runProcess(parameters, { env, signal });
    counts[code === 0 ? 'passed' : 'failed'] += 1;
  }
  return counts;
}
