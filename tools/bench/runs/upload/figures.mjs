import { median } from '../playable/figures.mjs';

/** Below this many runs a 95th percentile is only the slowest of them, and is called so. */
const RUNS_FOR_P95 = 20;
const BOUND_RATIO = 1.3;

/**
 * @typedef {object} Outcome one recording of one cell through one client
 * @property {object} cell of cells.mjs
 * @property {object} client of cells.mjs
 * @property {number} boundMs the fluid bound of that recording on that link
 * @property {boolean} ok the server has all that was handed over
 * @property {number | null} tailMs
 * @property {number} lostBytes
 */

/** @param {Outcome[]} outcomes */
export function figuresOf(outcomes) {
  const cells = [...new Set(outcomes.map(({ cell }) => cell))];
  return cells.flatMap((cell) => {
    const here = outcomes.filter((one) => one.cell === cell);
    const figures = cell.event === null ? linkFigures(cell, here) : killFigures(here);
    return figures.map(({ name, ...figure }) => ({ name: `${cell.name}: ${name}`, ...figure }));
  });
}

function linkFigures(cell, outcomes) {
  const ours = outcomes.filter(({ client }) => client.server === 'ours');
  const clients = clientsOf(outcomes);
  return [
    {
      name: 'fluid bound, median',
      value: seconds(median(outcomes.map(({ boundMs }) => boundMs))),
      unit: 's',
    },
    ...clients.flatMap((client) => tailFigures(client, of(outcomes, client))),
    ...againstBest(
      ours,
      clients.filter((client) => client.server !== 'ours'),
      outcomes,
    ),
    ...againstBound(cell, ours),
  ];
}

function tailFigures(client, outcomes) {
  const tails = succeeded(outcomes).map(({ tailMs }) => tailMs);
  const failed = outcomes.length - tails.length;
  const failures =
    failed === 0 ? [] : [{ name: `${client.name}, failed`, value: failed, unit: `of ${outcomes.length}` }];
  if (tails.length === 0) return failures;
  return [
    { name: `${client.name}, median`, value: seconds(median(tails)), unit: 's' },
    ...(tails.length === 1
      ? []
      : [{ name: `${client.name}, ${tailName(tails)}`, value: seconds(tail(tails)), unit: 's' }]),
    ...failures,
  ];
}

/** A client that failed in half of its runs has no median to be compared with. */
function againstBest(ours, peers, outcomes) {
  const medians = peers.map((client) => medianTail(of(outcomes, client))).filter(Number.isFinite);
  if (ours.length === 0 || medians.length === 0) return [];
  const value = round(medianTail(ours) / Math.min(...medians));
  return [{ name: 'ours ÷ best of the others', value, unit: '×', target: { most: 1 } }];
}

function againstBound({ steady, link }, ours) {
  if (ours.length === 0) return [];
  const ratios = ours.map((one) =>
    one.ok ? one.tailMs / (one.boundMs + link.roundTripMs) : Number.POSITIVE_INFINITY,
  );
  const figure = { name: 'ours ÷ (bound + round trip), median', value: round(median(ratios)), unit: '×' };
  return [steady ? { ...figure, target: { most: BOUND_RATIO } } : figure];
}

function killFigures(outcomes) {
  return clientsOf(outcomes).flatMap((client) => {
    const here = of(outcomes, client);
    const share = Math.round((100 * succeeded(here).length) / here.length);
    const lost = Math.max(...here.map(({ lostBytes }) => lostBytes));
    const judged = client.server === 'ours';
    const tails = succeeded(here).flatMap(({ tailMs }) => (tailMs === null ? [] : [tailMs]));
    return [
      {
        name: `${client.name}, success`,
        value: share,
        unit: '%',
        ...(judged ? { target: { least: 100 } } : {}),
      },
      {
        name: `${client.name}, most lost`,
        value: lost,
        unit: 'bytes',
        ...(judged ? { target: { most: 0 } } : {}),
      },
      ...(tails.length === 0
        ? []
        : [{ name: `${client.name}, until durable, median`, value: seconds(median(tails)), unit: 's' }]),
    ];
  });
}

const clientsOf = (outcomes) => [...new Set(outcomes.map(({ client }) => client))];
const of = (outcomes, client) => outcomes.filter((one) => one.client === client);
const succeeded = (outcomes) => outcomes.filter(({ ok }) => ok);

/** With failures as endless waits. */
const medianTail = (outcomes) =>
  median(outcomes.map(({ ok, tailMs }) => (ok ? tailMs : Number.POSITIVE_INFINITY)));

const tailName = (values) => (values.length >= RUNS_FOR_P95 ? 'p95' : `slowest of ${values.length}`);

/** The 95th percentile by nearest rank, which with few values is the largest. */
function tail(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

const round = (value) => Math.round(value * 100) / 100;
const seconds = (ms) => round(ms / 1_000);
