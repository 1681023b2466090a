/** Milliseconds since the epoch, always the server's. */
export type EpochMs = number;

/**
 * The last moment the recording of a take that starts now may go on to: its whole limit and grace, even when the
 * deadline passes meanwhile.
 */
export function recordingEndsAt(startedAt: EpochMs, answerSeconds: number, graceSeconds: number): EpochMs {
  return startedAt + (answerSeconds + graceSeconds) * 1000;
}

/** Whether a new take may start: only before the deadline, when there is one. */
export function mayStartTake(now: EpochMs, deadlineAt: EpochMs | null): boolean {
  return deadlineAt === null || now < deadlineAt;
}

/** How long the interview takes a person: think, answer and three minutes of set-up, rounded up to five. */
export function interviewMinutes(
  questions: readonly { thinkSeconds: number | null; answerSeconds: number }[],
): number {
  const openEndedThinkSeconds = 60;
  const seconds = questions.reduce(
    (sum, q) => sum + (q.thinkSeconds ?? openEndedThinkSeconds) + q.answerSeconds,
    180,
  );
  return Math.ceil(seconds / 300) * 5;
}
