const RATIO = 2;
const P95_MS = 500;

/** By nearest rank. @param {number} share 0.5 is the median */
export function percentile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/**
 * @typedef {{ latenciesMs: number[], failures: Record<string, number> }} Measured
 */

/**
 * Figures of one body size and number of connections.
 *
 * @param {{ name: string, seconds: number, ours: Measured[], patches: Measured[], creations: Measured[] }} cell each
 *   with its rounds, in the order they were taken in turn
 */
export function floodFigures({ name, seconds, ours, patches, creations }) {
  const rate = (rounds) =>
    rounds.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0) / rounds.length / seconds;
  const figure = (words, value, unit, target) => ({
    name: `${name}: ${words}`,
    value,
    unit,
    ...(target ? { target } : {}),
  });
  return [
    figure('ours', round(rate(ours), 1), 'PUT/s'),
    figure('ours, p95', round(percentile(all(ours), 0.95), 0), 'ms'),
    figure('tus, appended', round(rate(patches), 1), 'PATCH/s'),
    figure('tus, appended, p95', round(percentile(all(patches), 0.95), 0), 'ms'),
    figure('tus, one upload each', round(rate(creations), 1), 'POST/s'),
    figure('ours ÷ tus, appended', round(rate(ours) / rate(patches), 2), '×', { least: RATIO }),
    figure('ours ÷ tus, one upload each', round(rate(ours) / rate(creations), 2), '×'),
    ...failed(figure, 'ours', ours),
    ...failed(figure, 'tus', [...patches, ...creations]),
  ];
}

/** @param {{ name: string, measured: Measured }} load */
export function paceFigures({ name, measured }) {
  const { latenciesMs } = measured;
  const figure = (words, value, unit, target) => ({
    name: `${name}: ${words}`,
    value,
    unit,
    ...(target ? { target } : {}),
  });
  return [
    figure('acknowledged, p50', round(percentile(latenciesMs, 0.5), 0), 'ms'),
    figure('acknowledged, p95', round(percentile(latenciesMs, 0.95), 0), 'ms', { most: P95_MS }),
    figure('acknowledged, p99', round(percentile(latenciesMs, 0.99), 0), 'ms'),
    figure('acknowledged', latenciesMs.length, 'chunks'),
    figure('failed', count([measured]), 'chunks', { most: 0 }),
  ];
}

const all = (rounds) => rounds.flatMap(({ latenciesMs }) => latenciesMs);
const count = (rounds) =>
  rounds.reduce((sum, { failures }) => sum + Object.values(failures).reduce((a, b) => a + b, 0), 0);
const failed = (figure, who, rounds) =>
  count(rounds) === 0 ? [] : [figure(`${who}, failed`, count(rounds), 'requests')];
const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
