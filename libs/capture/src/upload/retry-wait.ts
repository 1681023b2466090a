import type { Failure } from './candidate-api';
import type { Clock } from '../clock';
import type { Link } from './link';

/** When one take may try again. Unlimited tries: an answer is worth waiting for. */
export class RetryWait {
  readonly #clock: Clock;
  readonly #link: Link;
  #failures = 0;
  #lastKind: Failure['kind'] = 'unreachable';
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
    return this.#lastKind === 'busy' || this.#lastKind === 'broken' ? 'server_unavailable' : 'unreachable';
  }

  get waitMs(): number {
    return Math.max(0, Math.max(this.#backOffUntilMs, this.#serverUntilMs) - this.#clock.nowMs());
  }

  /** `startedAtMs` is when the failed request began: four requests that die in one outage are one failure. */
  failed(failure: Pick<Failure, 'kind' | 'retryAfterMs'>, startedAtMs: number): void {
    const nowMs = this.#clock.nowMs();
    this.#lastKind = failure.kind;
    if (failure.retryAfterMs !== null) {
      this.#serverUntilMs = Math.max(this.#serverUntilMs, nowMs + failure.retryAfterMs);
      return;
    }
    if (startedAtMs < this.#lastFailureAtMs) return;
    if (failure.kind === 'unreachable' || failure.kind === 'timeout') this.#link.troubled();
    this.#lastFailureAtMs = nowMs;
    this.#failures++;
    this.#backOffUntilMs = nowMs + this.#link.backOffMs(this.#failures);
  }

  succeeded(): void {
    this.nudge();
  }

  /** The network or the person came back: our own waiting ends, what the server asked for stays. */
  nudge(): void {
    this.#failures = 0;
    this.#backOffUntilMs = 0;
  }
}
