/** Below this many runs a 95th percentile is only the slowest of them, and is called so. */
const RUNS_FOR_P95 = 20;

const SLOWEST_SECONDS = 2;
const SLOPE_MS_PER_SECOND = 1;
const USUAL_RATIO = 10;
const RATIO_AT_SECONDS = 60;
const LIMIT_RATIO = 1.5;

/**
 * @typedef {object} Run one answer of one cell
 * @property {number} seconds length of the answer
 * @property {number} playableMs stop → playing
 * @property {number} limitMs last piece ÷ uplink + round trip + start of the player
 * @property {Record<string, number>} partsMs milliseconds from stop to the end of each step
 * @property {{ ladderMs: number, firstRungMs: number } | null} usual stop → playing of the usual way
 */

/** Figures of one codec. @param {Run[]} runs */
export function figuresOf(codec, runs) {
  const named = (name, rest) => ({ name: `${codec}: ${name}`, ...rest });
  const times = runs.map((run) => run.playableMs);
  const lengths = [...new Set(runs.map((run) => run.seconds))].sort((a, b) => a - b);
  return [
    named(`stop → playing, ${tailName(times)}`, {
      value: inSeconds(tail(times)),
      unit: 's',
      // VP8 waits for its copy with an index; the promise is made for H.264.
      ...(codec === 'h264' ? { target: { most: SLOWEST_SECONDS } } : {}),
    }),
    ...lengths.map((seconds) =>
      named(`stop → playing, ${seconds} s answer, median`, {
        value: inSeconds(median(runs.filter((run) => run.seconds === seconds).map((run) => run.playableMs))),
        unit: 's',
      }),
    ),
    ...slopeFigure(runs, lengths).map((figure) => named('more per second of answer', figure)),
    ...usualFigures(runs).map(({ name, ...figure }) => named(name, figure)),
    named('ours ÷ limit, median', {
      value: round(median(runs.map((run) => run.playableMs / run.limitMs)), 2),
      unit: '×',
      target: { most: LIMIT_RATIO },
    }),
    named('limit, median', { value: inSeconds(median(runs.map((run) => run.limitMs))), unit: 's' }),
    ...Object.keys(runs[0].partsMs).map((part) =>
      named(`stop → ${part}, median`, {
        value: inSeconds(median(runs.map((run) => run.partsMs[part]))),
        unit: 's',
      }),
    ),
  ];
}

function slopeFigure(runs, lengths) {
  if (lengths.length < 2) return [];
  const points = runs.map((run) => [run.seconds, run.playableMs]);
  return [{ value: round(slope(points), 2), unit: 'ms', target: { most: SLOPE_MS_PER_SECOND } }];
}

/** Ratios are taken inside a run: both ways had the same bytes and the same minute. */
function usualFigures(runs) {
  const lengths = [...new Set(runs.filter((run) => run.usual).map((run) => run.seconds))].sort(
    (a, b) => a - b,
  );
  return lengths.flatMap((seconds) => {
    const compared = runs.filter((run) => run.usual && run.seconds === seconds);
    const ratio = (key) => round(median(compared.map((run) => run.usual[key] / run.playableMs)), 1);
    const ladder = { name: `${seconds} s, upload and ladder ÷ ours`, value: ratio('ladderMs'), unit: '×' };
    return [
      seconds === RATIO_AT_SECONDS ? { ...ladder, target: { least: USUAL_RATIO } } : ladder,
      { name: `${seconds} s, upload and first rung ÷ ours`, value: ratio('firstRungMs'), unit: '×' },
    ];
  });
}

const tailName = (values) => (values.length >= RUNS_FOR_P95 ? 'p95' : `slowest of ${values.length}`);

/** The 95th percentile by nearest rank, which with few values is the largest. */
function tail(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Least squares. */
function slope(points) {
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

const inSeconds = (ms) => round(ms / 1000, 2);
const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
