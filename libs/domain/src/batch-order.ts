import { shuffled } from './seeded-random';

/**
 * The order in which one reviewer meets the clips of a question. Clips are shuffled once per round and question, then
 * each reviewer reads them along their own row of a balanced Latin square (Williams 1949), so that over the reviewers
 * every clip stands early and late and follows different neighbours, and contrast effects average out. With an odd
 * number of clips the square needs its mirror rows, which odd reviewer numbers ≥ n take.
 *
 * @param clipIds every clip of the round's question, in any order
 * @param reviewerIndex place of the reviewer among the round's reviewers, from 0
 * @param seed names round and question
 */
export function batchOrder(clipIds: readonly string[], reviewerIndex: number, seed: string): string[] {
  const clips = shuffled([...clipIds].sort(), seed);
  const n = clips.length;
  if (n < 2) return clips;
  const row = reviewerIndex % n;
  const mirrored = n % 2 === 1 && Math.floor(reviewerIndex / n) % 2 === 1;
  const order = clips.map((_, column) => clips[(zigzag(column, n) + row) % n]!);
  return mirrored ? order.reverse() : order;
}

/** First row of a Williams square: 0, 1, n−1, 2, n−2, … */
function zigzag(column: number, n: number): number {
  if (column === 0) return 0;
  return column % 2 === 1 ? (column + 1) / 2 : n - column / 2;
}
