/**
 * Asks, and gives up when no answer has begun after this time. The body of one that has begun may take longer: an
 * aborted body would be a page cut in the middle.
 */
export async function answerInTime<T>(
  timeoutMs: number,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    return await ask(abort.signal);
  } finally {
    clearTimeout(timer);
  }
}
