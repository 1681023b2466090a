/** Below this nobody misses anything by going by their own clock. */
const noticeableMs = 2 * 60_000;

/**
 * Whole minutes this device's clock is ahead of the server's (negative: behind); 0 when it does not matter. It only
 * informs the person: no decision uses the device's clock. Pure.
 */
export function clockMinutesAhead(deviceNowMs: number, serverNowMs: number): number {
  const aheadMs = deviceNowMs - serverNowMs;
  return Math.abs(aheadMs) < noticeableMs ? 0 : Math.round(aheadMs / 60_000);
}
