/** Milliseconds since the epoch, always the server's. */
export type EpochMs = number;

export interface AnswerWindow {
  /** The last moment the recording itself may go on to. */
  recordingEndsAt: EpochMs;
  /** After this the take accepts no more bytes. */
  uploadEndsAt: EpochMs;
}

/**
 * The window of a take that starts now. It may run for its whole limit and grace even when the deadline passes
 * meanwhile, and its bytes may follow for as long as a deadline's grace.
 */
export function answerWindow(
  startedAt: EpochMs,
  answerSeconds: number,
  graceSeconds: number,
  uploadGraceSeconds: number,
): AnswerWindow {
  const recordingEndsAt = startedAt + (answerSeconds + graceSeconds) * 1000;
  return { recordingEndsAt, uploadEndsAt: recordingEndsAt + uploadGraceSeconds * 1000 };
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
