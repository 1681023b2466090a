import { requireNode } from './bootstrap/node-version.mjs';
import { runTool } from './bootstrap/stop-reason.mjs';

requireNode();
const { build } = await import('./build/build.mjs');
await runTool(() => build({ force: process.argv.includes('--force') }));
