import { seededRandom } from './seeded-random';

/** The middle of the levels; the mean of the two middle ones for an even count; null for none. */
export function median(levels: readonly number[]): number | null {
  if (levels.length === 0) return null;
  const sorted = [...levels].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Reviewers two or more levels apart: said in a word, never averaged away. */
export function isSplit(levels: readonly number[]): boolean {
  return levels.length > 1 && Math.max(...levels) - Math.min(...levels) >= 2;
}

/** One given level. `weight` is the share of the question in its criterion (1 where a criterion has one question). */
export interface GivenLevel {
  reviewerId: string;
  criterionId: string;
  level: number;
  weight: number;
}

export interface InterviewScore {
  mean: number;
  /** Bootstrap 95 % interval over reviewers; null below two reviewers, where nothing can be said about spread. */
  low: number | null;
  high: number | null;
}

/**
 * Weighted mean of criterion means over reviewers, combined mechanically (design: review). Criteria nobody could rate
 * drop out and the other weights keep their proportions. The order of `levels` does not matter. Null without a level.
 */
export function interviewScore(
  levels: readonly GivenLevel[],
  criterionWeights: ReadonlyMap<string, number>,
): InterviewScore | null {
  const known = levels.filter((given) => criterionWeights.has(given.criterionId));
  const mean = weightedMean(known, criterionWeights);
  if (mean === null) return null;
  const byReviewer = [...groupBy(known, (given) => given.reviewerId)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, given]) => given);
  if (byReviewer.length < 2) return { mean, low: null, high: null };
  const means = bootstrap(byReviewer, (sample) => weightedMean(sample.flat(), criterionWeights));
  return { mean, low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

function weightedMean(
  levels: readonly GivenLevel[],
  criterionWeights: ReadonlyMap<string, number>,
): number | null {
  const perCriterion = new Map<string, { sum: number; weight: number }>();
  for (const { criterionId, level, weight } of levels) {
    const so = perCriterion.get(criterionId) ?? { sum: 0, weight: 0 };
    perCriterion.set(criterionId, { sum: so.sum + level * weight, weight: so.weight + weight });
  }
  let sum = 0;
  let total = 0;
  for (const [criterionId, so] of [...perCriterion].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const share = criterionWeights.get(criterionId) ?? 0;
    sum += share * (so.sum / so.weight);
    total += share;
  }
  return total > 0 ? sum / total : null;
}

/** Resamples with replacement, 1,000 times, from a fixed seed: the same scores always show the same interval. */
function bootstrap<T>(items: readonly T[], statistic: (sample: T[]) => number | null): number[] {
  const random = seededRandom('interview-score');
  const values: number[] = [];
  for (let round = 0; round < 1_000; round += 1) {
    const sample = items.map(() => items[Math.floor(random() * items.length)]!);
    const value = statistic(sample);
    if (value !== null) values.push(value);
  }
  return values.sort((a, b) => a - b);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(q * (sorted.length - 1))))]!;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
