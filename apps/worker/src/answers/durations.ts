/** Whether two lengths of one answer tell of the same recording: within half a second or one percent, if that is more. */
export const durationsAgree = (seconds: number, otherSeconds: number): boolean =>
  Math.abs(seconds - otherSeconds) <= Math.max(0.5, otherSeconds * 0.01);
