import { jobs, type JobName, type JobPayload } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '../entities';
import type { TenantContext } from '../tenant-context';

/** One delivery of a job. A worker that was thought dead holds an old one: nothing it says changes the row. */
export interface Delivery {
  jobId: string;
  delivery: number;
}

/** A job that a worker has begun. */
export interface BegunJob {
  /** Not parsed: the worker parses it by the registry, as the writer did. */
  payload: unknown;
  /** Including this run. */
  attempts: number;
}

/** The job table, seen from inside one organisation. Claiming across organisations is `ops.outbox`. */
export class OutboxRepository {
  constructor(private readonly tx: TenantContext) {}

  /**
   * Asks for work in the transaction that makes it necessary. The same intent (name and dedupe key) is kept once, for
   * ever: asking again does nothing, whatever became of the first.
   *
   * @param dedupeKey made from the registry's `dedupeBy` when absent
   * @returns whether it was new
   */
  async add<Name extends JobName>(
    name: Name,
    payload: JobPayload<Name>,
    dedupeKey?: string,
  ): Promise<boolean> {
    const parsed = jobs[name].payload.parse(payload);
    const key = dedupeKey ?? jobs[name].dedupeBy.map((field) => parsed[field]).join(':');
    const rows: unknown[] = await this.tx.em.query(
      `INSERT INTO outbox (organisation_id, id, name, payload, dedupe_key) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT uq_outbox_dedupe DO NOTHING RETURNING id`,
      [this.tx.organisationId, uuidv7(), name, JSON.stringify(parsed), key],
    );
    return rows.length === 1;
  }

  async find(jobId: string): Promise<Outbox | null> {
    return this.tx.em.findOneBy(Outbox, { organisationId: this.tx.organisationId, id: jobId });
  }

  /** Counts a run. @returns null when there is no such job of that name, or it was delivered again or ended since */
  async begin(name: JobName, { jobId, delivery }: Delivery): Promise<BegunJob | null> {
    const [[row]]: [BegunJob[], number] = await this.tx.em.query(
      `UPDATE outbox SET attempts = attempts + 1, enqueued_at = now()
        WHERE organisation_id = $1 AND id = $2 AND deliveries = $3 AND name = $4 AND state = 'enqueued'
       RETURNING payload, attempts`,
      [this.tx.organisationId, jobId, delivery, name],
    );
    return row ?? null;
  }

  /** Says that the run is alive. @returns false when the job was taken from it: delivered again, or ended */
  async keepAlive(delivery: Delivery): Promise<boolean> {
    return this.changeDelivered(delivery, `enqueued_at = now()`, []);
  }

  /**
   * Marks a job done; call it in the transaction that publishes the result. Asks for no delivery: what is published
   * is done, whoever did it.
   *
   * @returns false when it already ended
   */
  async markDone(jobId: string): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.tx.em.query(
      `UPDATE outbox SET state = 'done', done_at = now(), last_error = NULL
        WHERE organisation_id = $1 AND id = $2 AND state IN ('pending', 'enqueued')`,
      [this.tx.organisationId, jobId],
    );
    return changed === 1;
  }

  /**
   * Puts a job back for a later attempt.
   *
   * @param retry.counted false when the run does not count as an attempt
   * @returns false when it already ended or was delivered again
   */
  async retryAt(
    delivery: Delivery,
    retry: { availableAt: Date; error: string; counted: boolean },
  ): Promise<boolean> {
    return this.changeDelivered(
      delivery,
      `state = 'pending', available_at = $4, last_error = $5, attempts = greatest(attempts - $6, 0)`,
      [retry.availableAt, shortened(retry.error), retry.counted ? 0 : 1],
    );
  }

  /** Gives a job up. @returns false when it already ended or was delivered again */
  async markDead(delivery: Delivery, error: string): Promise<boolean> {
    return this.changeDelivered(delivery, `state = 'dead', done_at = now(), last_error = $4`, [
      shortened(error),
    ]);
  }

  private async changeDelivered(
    { jobId, delivery }: Delivery,
    assignments: string,
    values: unknown[],
  ): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.tx.em.query(
      `UPDATE outbox SET ${assignments}
        WHERE organisation_id = $1 AND id = $2 AND deliveries = $3 AND state = 'enqueued'`,
      [this.tx.organisationId, jobId, delivery, ...values],
    );
    return changed === 1;
  }
}

/** ffmpeg's last words can be long; the row is for people. */
const shortened = (error: string): string => error.replaceAll('\u0000', '').slice(0, 2_000);
