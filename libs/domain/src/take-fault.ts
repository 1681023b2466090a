import { limits, type FaultReason } from '@fairtake/contracts';
import { recordingSeconds, type TakeTimes } from './take-bounds';

/** What the server saw of a take. */
export interface SeenTake extends TakeTimes {
  state: string;
  /** Last sign of life: opening, or the last chunk. */
  leasedAt: Date;
  chunkCount: number;
  sizeBytes: number;
  /** Length that finalise proved or was told; null before. */
  durationMs: number | null;
  verdict: string | null;
}

/** Seconds between the start of a take and the last that arrived of it, on the server's clock; 0 when nothing did. */
export const heldSeconds = (take: SeenTake): number =>
  take.durationMs !== null
    ? take.durationMs / 1000
    : take.chunkCount === 0
      ? 0
      : Math.min(
          recordingSeconds(take),
          Math.max(0, (take.leasedAt.getTime() - take.startedAt.getTime()) / 1000),
        );

/** Nobody sends for an open take any more, and it stopped in the middle: its page has gone. */
export const isVanished = (take: SeenTake, now: Date): boolean =>
  take.state === 'open' &&
  now.getTime() - take.leasedAt.getTime() > limits.vanishedAfterSeconds * 1000 &&
  take.leasedAt < take.recordingEndsAt;

/**
 * Whether what the server saw agrees with a fault. It never decides whether the take is given back: a recruiter reads
 * it beside the reason.
 */
export function isCorroborated(reason: FaultReason, take: SeenTake, now: Date): boolean {
  if (reason === 'too_short') return take.verdict === 'too_short' || heldSeconds(take) < tooShortSeconds;
  if (reason === 'no_media') return take.verdict === 'no_media';
  // Every other fault cuts a recording: chunks stopped before its time was up, and it was not received whole.
  const cut = heldSeconds(take) < recordingSeconds(take) - limits.graceSeconds;
  if (reason === 'page_closed' || reason === 'offline') return cut && now.getTime() > take.leasedAt.getTime();
  return cut;
}

/** Three chunks of a slow beginning; a recording under `shortTakeSeconds` cannot have brought more. */
const tooShortSeconds = 6;
