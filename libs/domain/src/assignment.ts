import { shuffled } from './seeded-random';

/**
 * Chooses who reviews an answer: the `count` reviewers with the least open work; ties fall in an order of the
 * answer's own, so that nobody is first every time. Fewer come back when there are fewer reviewers.
 */
export function chooseReviewers(
  reviewers: readonly { memberId: string; openAssignments: number }[],
  count: number,
  answerId: string,
): string[] {
  return shuffled(
    [...reviewers].sort((a, b) => (a.memberId < b.memberId ? -1 : 1)),
    answerId,
  )
    .sort((a, b) => a.openAssignments - b.openAssignments)
    .slice(0, count)
    .map((reviewer) => reviewer.memberId);
}
