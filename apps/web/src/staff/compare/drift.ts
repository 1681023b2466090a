/** Below this two players count as together. */
const togetherSeconds = 0.05;
/** Above this a jump is less noticeable than minutes of changed speed. */
const jumpSeconds = 0.3;
const nudge = 0.03;

export type Correction = { kind: 'none' } | { kind: 'rate'; factor: number } | { kind: 'seek' };

/**
 * How a player that should stand at `leaderSeconds` comes back to it: by 3 % of speed for small drift, by a seek above
 * 300 ms.
 */
export function correction(leaderSeconds: number, followerSeconds: number): Correction {
  const behind = leaderSeconds - followerSeconds;
  if (Math.abs(behind) <= togetherSeconds) return { kind: 'none' };
  if (Math.abs(behind) > jumpSeconds) return { kind: 'seek' };
  return { kind: 'rate', factor: behind > 0 ? 1 + nudge : 1 - nudge };
}
