/** Does something again and again, never twice at once, until it is stopped. */
export class PollingLoop {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private stopped = false;

  /**
   * @param task one round; what it throws goes to `onError` and ends nothing
   * @param pauseMs between the end of a round and the next
   */
  constructor(
    private readonly task: () => Promise<void>,
    private readonly pauseMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    if (!this.stopped) this.schedule(0);
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.round;
  }

  private schedule(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.round = this.task()
        .catch(this.onError)
        .then(() => {
          if (!this.stopped) this.schedule(this.pauseMs);
        });
    }, afterMs);
  }
}
