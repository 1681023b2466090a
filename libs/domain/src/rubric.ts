/** Weights as shares of one, in the order given. Weights are positive. */
export function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

export interface ScoredCriterion {
  criterionId: string;
  level: number | null;
  cannotRate: string | null;
}

/** Criteria of a question that still have neither a level nor a reason. */
export function unscored(criterionIds: readonly string[], scores: readonly ScoredCriterion[]): string[] {
  const done = new Set(
    scores
      .filter((score) => score.level !== null || score.cannotRate !== null)
      .map((score) => score.criterionId),
  );
  return criterionIds.filter((id) => !done.has(id));
}
