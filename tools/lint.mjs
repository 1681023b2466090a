import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { lint } = await import('./lint/lint.mjs');
await runTool(() => lint(process.argv.slice(2)));
