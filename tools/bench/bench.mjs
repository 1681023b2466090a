import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { bold, green, red } from '../bootstrap/terminal.mjs';

const RUNS = join(ROOT, 'tools', 'bench', 'runs');

/**
 * `npm run bench -- <name> [--json]`. A benchmark is a file `runs/<name>.mjs` that exports
 * `run({ json, say, parameters }) → { conditions, figures: [{ name, value, unit, target?: { most } | { least } }] }`;
 * `say` prints progress where it does not disturb `--json`, `parameters` are the words of the command line.
 */
export async function bench(parameters) {
  const json = parameters.includes('--json');
  const [name] = parameters.filter((word) => !word.startsWith('--'));
  const known = readdirSync(RUNS)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.replace(/\.mjs$/, ''));
  if (!known.includes(name)) {
    throw new StopReason(`npm run bench -- <name> [--json], where <name> is one of: ${known.join(', ')}`);
  }
  const { run } = await import(pathToFileURL(join(RUNS, `${name}.mjs`)).href);
  const { conditions, figures } = await run({ json, say: (text) => console.error(text), parameters });
  const result = { name, conditions: { ...machine(), ...conditions }, figures: figures.map(judge) };
  if (!json) return print(result);
  console.log(JSON.stringify(result));
}

function machine() {
  const [cpu] = cpus();
  return {
    node: process.versions.node,
    cpu: cpu?.model ?? process.arch,
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    measuredAt: new Date().toISOString(),
  };
}

/** `reached` follows from value and target alone; a figure without a target is printed and not judged. */
function judge({ name, value, unit, target }) {
  if (!target) return { name, value, unit, target: null, reached: null };
  const reached = 'most' in target ? value <= target.most : value >= target.least;
  return {
    name,
    value,
    unit,
    target: 'most' in target ? `<= ${target.most}` : `>= ${target.least}`,
    reached,
  };
}

function print({ name, conditions, figures }) {
  console.log(bold(`\n${name}`));
  for (const [key, value] of Object.entries(conditions)) console.log(`  ${key}: ${value}`);
  console.log('');
  const width = Math.max(...figures.map((figure) => figure.name.length));
  for (const figure of figures) {
    const verdict = figure.target === null ? '' : figure.reached ? green('reached') : red('not reached');
    const value = `${figure.value} ${figure.unit}`.padStart(16);
    console.log(`  ${figure.name.padEnd(width)} ${value}  ${(figure.target ?? '').padEnd(10)} ${verdict}`);
  }
}
