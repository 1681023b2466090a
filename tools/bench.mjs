import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { bench } = await import('./bench/bench.mjs');
await runTool(() => bench(process.argv.slice(2)));
process.exit();
