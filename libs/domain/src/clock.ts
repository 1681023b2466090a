import { limits, type QuestionKind } from '@fairtake/contracts';
import { isRecorded } from './response';

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

/** What the server knows of a person's contacts around the deadline. */
export interface Contacts {
  deadlineAt: EpochMs | null;
  /** The last time windows were issued, before the deadline of then. */
  windowsIssuedAt: EpochMs | null;
  /** The first sign of life after the deadline. */
  lateSince: EpochMs | null;
}

/**
 * Whether a take may be opened after the deadline because it began while its page was offline: windows had been issued
 * in time, and the person has only just come back. Somebody who stayed in touch past the deadline has no such take.
 *
 * @param answerSeconds limit of the question, adjustments included
 */
export function mayOpenLate(now: EpochMs, contacts: Contacts, answerSeconds: number): boolean {
  const { deadlineAt, windowsIssuedAt, lateSince } = contacts;
  if (deadlineAt === null || windowsIssuedAt === null || windowsIssuedAt >= deadlineAt) return false;
  if (lateSince !== null && now - lateSince > limits.lateOpenSeconds * 1000) return false;
  return now <= interviewUploadsEndAt(deadlineAt, answerSeconds);
}

/** The last moment anything of an interview may arrive: deadline, the longest answer with its grace, two hours. */
export function interviewUploadsEndAt(deadlineAt: EpochMs, longestAnswerSeconds: number): EpochMs {
  return (
    recordingEndsAt(deadlineAt, longestAnswerSeconds, limits.graceSeconds) +
    limits.deadlineGraceSeconds * 1000
  );
}

/**
 * The last moment chunks of a take are accepted: null without a deadline. A take that began in time keeps its grace
 * even when the deadline was moved to an earlier moment meanwhile.
 */
export function takeUploadsEndAt(
  deadlineAt: EpochMs | null,
  take: { startedAt: EpochMs; recordingEndsAt: EpochMs; openedLate: boolean },
): EpochMs | null {
  if (deadlineAt === null) return null;
  const lasting = take.recordingEndsAt - take.startedAt;
  const byDeadline = deadlineAt + lasting;
  const ends = take.openedLate ? byDeadline : Math.max(byDeadline, take.recordingEndsAt);
  return ends + limits.deadlineGraceSeconds * 1000;
}

/**
 * The deadline to show while it may stand still: what it would be if the open request were answered now.
 *
 * @param planned the deadline with every pause that has ended
 * @param latest the deadline when the pause lasts as long as pauses may
 */
export function shownDeadline(
  planned: EpochMs,
  latest: EpochMs,
  pausedFrom: EpochMs | null,
  now: EpochMs,
): EpochMs {
  return pausedFrom === null ? planned : Math.min(latest, planned + Math.max(0, now - pausedFrom));
}

/** How long the interview takes a person: think, answer and three minutes of set-up, rounded up to five. */
export function interviewMinutes(
  questions: readonly { kind?: QuestionKind; thinkSeconds: number | null; answerSeconds: number }[],
): number {
  // Where thinking and answering are one, the answer time covers both.
  const openEnded = ({ kind }: { kind?: QuestionKind }): number => (!kind || isRecorded(kind) ? 60 : 0);
  const seconds = questions.reduce((sum, q) => sum + (q.thinkSeconds ?? openEnded(q)) + q.answerSeconds, 180);
  return Math.ceil(seconds / 300) * 5;
}
