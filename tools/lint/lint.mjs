import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';

const bin = (name) => join(ROOT, 'node_modules', ...name.split('/'));
const nxEnvironment = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

/** Lints the given paths (default: everything). Throws StopReason on findings. */
export function lint(paths) {
  requireTags();
  cacheProjectGraph();
  const targets = paths.length > 0 ? paths : ['.'];
  const parameters = [bin('eslint/bin/eslint.js'), ...targets];
  const { status } = spawnSync(process.execPath, parameters, {
    cwd: ROOT,
    stdio: 'inherit',
    env: nxEnvironment,
  });
  if (status !== 0) throw new StopReason('Lint found problems, see above.');
}

/** Without a cached project graph the boundary rule passes everything, silently. */
export function cacheProjectGraph() {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [bin('nx/dist/bin/nx.js'), 'show', 'projects'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: nxEnvironment,
    },
  );
  if (status !== 0 || !stdout.includes('@fairtake/')) {
    throw new StopReason(
      `The project graph could not be made; without it boundaries are not checked.\n${stderr}`,
    );
  }
}

/** Every workspace says what it is: one `type:` and one `runtime:` tag. */
function requireTags() {
  for (const folder of workspaceFolders()) {
    const { nx } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const tags = nx?.tags ?? [];
    for (const kind of ['type:', 'runtime:']) {
      if (tags.filter((tag) => tag.startsWith(kind)).length === 1) continue;
      throw new StopReason(`${folder}/package.json needs exactly one "${kind}…" tag under nx.tags.`);
    }
  }
}

/** The folders behind `workspaces` of the root package.json, `libs/*` written out. */
function workspaceFolders() {
  const { workspaces } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return workspaces
    .flatMap((pattern) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const parent = pattern.slice(0, -2);
      return readdirSync(join(ROOT, parent)).map((name) => `${parent}/${name}`);
    })
    .filter((folder) => existsSync(join(ROOT, folder, 'package.json')));
}
