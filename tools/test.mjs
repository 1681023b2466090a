import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { test } = await import('./testing/test.mjs');
await runTool(() => test(process.argv.slice(2)));
process.exit();
