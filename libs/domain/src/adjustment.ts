/** Limits of one question before any adjustment. Seconds. */
export interface QuestionLimits {
  thinkSeconds: number | null;
  answerSeconds: number;
  takes: number;
}

/** What was granted to one person. `thinkFactor` null means no limit on thinking. */
export interface GrantedAdjustment {
  thinkFactor: number | null;
  answerFactor: number;
  extraTakes: number;
  hideCountdown: boolean;
}

export type AdjustedLimits = QuestionLimits & { showCountdown: boolean };

/** Applies a granted adjustment to a question's limits; without one the limits stay as they are. */
export function adjustLimits(limits: QuestionLimits, granted: GrantedAdjustment | null): AdjustedLimits {
  if (!granted) return { ...limits, showCountdown: true };
  return {
    thinkSeconds:
      limits.thinkSeconds === null || granted.thinkFactor === null
        ? null
        : Math.ceil(limits.thinkSeconds * granted.thinkFactor),
    answerSeconds: Math.ceil(limits.answerSeconds * granted.answerFactor),
    takes: limits.takes + granted.extraTakes,
    showCountdown: !granted.hideCountdown,
  };
}
