import { setTimeout as pause } from 'node:timers/promises';

export interface WaitForOptions {
  /** Deadline (default 10,000). */
  timeoutMs?: number;
  /** Pause between two looks (default 20). */
  intervalMs?: number;
  /** Completes the sentence "Waited 10000 ms for …". */
  what: string;
}

/**
 * Looks again and again until the condition holds: the only way tests wait. A condition that throws counts as not yet.
 *
 * @returns the condition's first truthy value
 * @throws Error naming `what`, with the condition's last error as `cause`
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 10_000, intervalMs = 20, what }: WaitForOptions,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let cause: unknown;
    try {
      const value = await condition();
      if (value) return value;
    } catch (error) {
      cause = error;
    }
    if (performance.now() >= deadline) throw new Error(`Waited ${timeoutMs} ms for ${what}.`, { cause });
    await pause(intervalMs);
  }
}
