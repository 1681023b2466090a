/**
 * Keeps the screen on while recording. Browsers drop the lock when the page is hidden, so it is asked for again
 * when the page is shown. Silent where unsupported or refused (low battery): it is a comfort, not a condition.
 * Returns the function that lets go.
 */
export function keepAwake(): () => void {
  let sentinel: WakeLockSentinel | null = null;
  let wanted = true;
  const ask = async (): Promise<void> => {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    try {
      const granted = await navigator.wakeLock.request('screen');
      if (wanted) sentinel = granted;
      else await granted.release();
    } catch {
      sentinel = null;
    }
  };
  const shown = (): void => void ask();
  document.addEventListener('visibilitychange', shown);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', shown);
    void sentinel?.release().catch(() => undefined);
  };
}
