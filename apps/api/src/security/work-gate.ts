import { AppError } from '@fairtake/server-kit';

const retryAfterSeconds = 5;

/** Lets in a few pieces of work at a time; the others wait in the order they came, up to a number. */
export class WorkGate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: { running: number; waiting: number }) {}

  /** @throws AppError unavailable when too many wait already */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.limits.running) this.running += 1;
    else if (this.waiting.length < this.limits.waiting)
      // Whoever ends hands their place on, so `running` stays as it is.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    else throw new AppError('unavailable', { retryAfterSeconds });
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
