import type { Failure } from './candidate-api';
import type { Clock } from '../clock';
import type { Link } from './link';

/** When one take may try again. Unlimited tries: an answer is worth waiting for. */
export class RetryWait {
  readonly #clock: Clock;
  readonly #link: Link;
  #failures = 0;
  #last: Pick<Failure, 'kind' | 'status'> = { kind: 'unreachable', status: 0 };
  #lastFailureAtMs = Number.NEGATIVE_INFINITY;
  #backOffUntilMs = 0;
  #serverUntilMs = 0;

  constructor(clock: Clock, link: Link) {
    this.#clock = clock;
    this.#link = link;
  }

  /** Failures in a row. */
  get failures(): number {
    return this.#failures;
  }

  /** Whose problem the waiting is. */
  get reason(): 'server_unavailable' | 'unreachable' {
    return this.#last.kind === 'busy' || this.#last.kind === 'broken' ? 'server_unavailable' : 'unreachable';
  }

  /** Nobody of ours answered the last time: no connection, somebody else's page, or a gateway without its server. */
  get meetsNobody(): boolean {
    if (this.#failures === 0) return false;
    const { kind, status } = this.#last;
    return kind === 'unreachable' || kind === 'timeout' || status === 502 || status === 503 || status === 504;
  }

  get waitMs(): number {
    return Math.max(0, Math.max(this.#backOffUntilMs, this.#serverUntilMs) - this.#clock.nowMs());
  }

  /** `startedAtMs` is when the failed request began: four requests that die in one outage are one failure. */
  failed(failure: Pick<Failure, 'kind' | 'status' | 'retryAfterMs'>, startedAtMs: number): void {
    const nowMs = this.#clock.nowMs();
    this.#last = failure;
    const isNew = startedAtMs >= this.#lastFailureAtMs;
    if (isNew) this.#failures++;
    if (failure.retryAfterMs !== null) {
      // Ours on top: whoever was told the same second does not come back in the same moment, and "at once" is no spin.
      const untilMs = nowMs + failure.retryAfterMs + this.#link.backOffMs(Math.max(1, this.#failures));
      this.#serverUntilMs = Math.max(this.#serverUntilMs, untilMs);
    }
    if (!isNew) return;
    this.#lastFailureAtMs = nowMs;
    if (failure.retryAfterMs !== null) return;
    if (failure.kind === 'unreachable' || failure.kind === 'timeout') this.#link.troubled();
    // Counted from its beginning: what hung for a whole deadline has waited, and goes again at once.
    this.#backOffUntilMs = startedAtMs + this.#link.backOffMs(this.#failures);
  }

  succeeded(): void {
    this.nudge();
  }

  /** The network or the person came back: our own waiting ends, what the server asked for stays. */
  nudge(): void {
    this.#failures = 0;
    this.skip();
  }

  /** Ends our own waiting once; the next failure waits as long as if it had not been cut. */
  skip(): void {
    this.#backOffUntilMs = 0;
  }
}
