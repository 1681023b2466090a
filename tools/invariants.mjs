import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { invariants } = await import('./invariants/invariants.mjs');
let code = 2; // Could not look: never to be taken for a good check, nor for a broken promise.
await runTool(() => {
  code = invariants(process.argv.slice(2));
});
process.exitCode = code;
