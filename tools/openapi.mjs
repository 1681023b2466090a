import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { requireNode } from './bootstrap/node-version.mjs';
import { ROOT } from './bootstrap/paths.mjs';
import { runTool, StopReason } from './bootstrap/stop-reason.mjs';

/** Writes docs/api/openapi.json from the api's own routes; with --check it compares and changes nothing. */
requireNode();
await runTool(() => {
  const typescript = createRequire(join(ROOT, 'package.json')).resolve('typescript/package.json');
  run(join(dirname(typescript), 'bin', 'tsc'), '-b', 'apps/api');
  run('apps/api/dist/openapi-cli.js', ...process.argv.slice(2));
});

function run(...parameters) {
  const { status } = spawnSync(process.execPath, parameters, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new StopReason(`"node ${parameters.join(' ')}" failed, see above.`);
}
