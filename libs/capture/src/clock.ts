/** Time as the library sees it. Monotonic: a change of the wall clock must not move a deadline. */
export interface Clock {
  /** Milliseconds since an arbitrary start. */
  nowMs(): number;
  /** Calls `run` once after `delayMs`; the returned function cancels. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
