import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { run } = await import('./start/run.mjs');
await runTool(() => run(process.argv.slice(2)));
process.exit(); // A probe still in flight must not hold the terminal.
