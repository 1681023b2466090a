import { jobs, type JobName, type JobPayload } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Outbox } from '../entities';
import type { TenantContext } from '../tenant-context';

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

  /** Marks a job done; call it in the transaction that publishes the result. @returns false when it already ended */
  async markDone(jobId: string): Promise<boolean> {
    return this.change(jobId, `state = 'done', done_at = now(), last_error = NULL`, []);
  }

  /** Puts a job back for a later attempt. @returns false when it already ended */
  async retryAt(jobId: string, availableAt: Date, error: string): Promise<boolean> {
    return this.change(jobId, `state = 'pending', available_at = $3, last_error = $4`, [
      availableAt,
      shortened(error),
    ]);
  }

  /** Gives a job up. @returns false when it already ended */
  async markDead(jobId: string, error: string): Promise<boolean> {
    return this.change(jobId, `state = 'dead', done_at = now(), last_error = $3`, [shortened(error)]);
  }

  private async change(jobId: string, assignments: string, values: unknown[]): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.tx.em.query(
      `UPDATE outbox SET ${assignments}
        WHERE organisation_id = $1 AND id = $2 AND state IN ('pending', 'enqueued')`,
      [this.tx.organisationId, jobId, ...values],
    );
    return changed === 1;
  }
}

/** ffmpeg's last words can be long; the row is for people. */
const shortened = (error: string): string => error.replaceAll('\u0000', '').slice(0, 2_000);
