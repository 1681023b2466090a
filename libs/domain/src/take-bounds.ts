import { limits } from '@fairtake/contracts';

/** When a take began and when its recording has to end, in the person's own limits (adjustments included). */
export interface TakeTimes {
  startedAt: Date;
  recordingEndsAt: Date;
}

/** Clocks of recorders run a little fast, and recorders that hand over to one another overlap. Seconds. */
const toleranceSeconds = 5;

/** Twice what the best recorder of ours may produce: no honest recording comes near. */
const maxBytesPerSecond = 5_000_000 / 8;

/** A short answer of a device that ignores the asked bitrate still gets through. */
const minBytes = 64 * 1024 * 1024;

/** Seconds of media a take may hold: the answer limit and its grace. */
export const recordingSeconds = ({ startedAt, recordingEndsAt }: TakeTimes): number =>
  (recordingEndsAt.getTime() - startedAt.getTime()) / 1000;

/** Whether a recording goes on for longer than its take allowed. It is kept all the same, and marked. */
export const isOverlong = (durationSeconds: number, allowedSeconds: number): boolean =>
  durationSeconds > allowedSeconds + toleranceSeconds;

/** Bytes a take may hold: by the seconds it may last, inside what any take may hold. */
export const takeMaxBytes = (allowedSeconds: number): number =>
  Math.min(limits.takeMaxBytes, Math.max(minBytes, Math.ceil(allowedSeconds * maxBytesPerSecond)));
