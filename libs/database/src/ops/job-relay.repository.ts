import { jobs, type JobName, type JobPayload } from '@fairtake/contracts';
import type { Outbox } from '../entities';
import type { Delivery } from '../repositories/outbox.repository';
import { changedRows, type OpsConnection } from './ops-connection';

/** One delivery of one job. */
export interface JobReference extends Delivery {
  organisationId: string;
}

/** A job to hand to its queue. */
export type ClaimedJob = {
  [Name in JobName]: JobReference & {
    name: Name;
    payload: JobPayload<Name>;
    /** Which of its organisation's jobs of this kind in the queue it is: 1 comes before every 2. */
    turn: number;
  };
}[JobName];

/** A job that is in its queue, or should be. */
export type EnqueuedJob = JobReference & { name: JobName };

export type JobCounts = Record<Outbox['state'], number>;

const jobNames = Object.keys(jobs) as JobName[];

const jobColumns = `outbox.organisation_id AS "organisationId", outbox.id AS "jobId", outbox.name,
  outbox.deliveries AS delivery`;

/**
 * Turns go round: the first waiting job of every organisation and kind, then the second of each. An organisation that
 * already has jobs in the queue starts further back, and has at most $3 of a kind there.
 */
const claimSql = `
  WITH chosen AS (
    SELECT due.organisation_id, due.id, due.turn
      FROM organisation o
     CROSS JOIN unnest($4::text[]) AS kind (name)
     CROSS JOIN LATERAL (
           SELECT count(*) AS jobs FROM outbox
            WHERE organisation_id = o.id AND name = kind.name AND state = 'enqueued') queued
     CROSS JOIN LATERAL (
           SELECT first.*, row_number() OVER (ORDER BY first.available_at, first.id) + queued.jobs AS turn
             FROM (SELECT organisation_id, id, available_at FROM outbox
                    WHERE organisation_id = o.id AND name = kind.name AND state = 'pending'
                      AND available_at <= coalesce($1::timestamptz, now())
                    ORDER BY available_at, id LIMIT greatest($3 - queued.jobs, 0)) first) due
     ORDER BY due.turn, due.available_at, due.id
     LIMIT $2
  ), locked AS (
    SELECT o.organisation_id, o.id, chosen.turn FROM outbox o
      JOIN chosen ON chosen.organisation_id = o.organisation_id AND chosen.id = o.id
     WHERE o.state = 'pending'
       FOR UPDATE OF o SKIP LOCKED
  )
  UPDATE outbox SET state = 'enqueued', deliveries = deliveries + 1, enqueued_at = coalesce($1::timestamptz, now())
    FROM locked WHERE outbox.organisation_id = locked.organisation_id AND outbox.id = locked.id
  RETURNING ${jobColumns}, outbox.payload, locked.turn::integer AS turn`;

/** The job table seen from above all organisations: who is next. */
export class JobRelayRepository {
  constructor(private readonly connection: OpsConnection) {}

  /**
   * Takes due jobs and marks them enqueued, fairly between organisations. Several relays may run at once; none gets a
   * job twice.
   *
   * @param options.limit most jobs of one call
   * @param options.perOrganisation most jobs of one kind that one organisation may have in the queue, those that are
   *   there already included
   */
  async claimDueJobs(options: { limit: number; perOrganisation: number; at?: Date }): Promise<ClaimedJob[]> {
    const values = [options.at ?? null, options.limit, options.perOrganisation, jobNames];
    const [rows]: [ClaimedJob[], number] = await this.connection.run((em) => em.query(claimSql, values));
    return rows.sort((a, b) => a.turn - b.turn);
  }

  /** Jobs of which nothing was heard for this long: waiting in the queue, lost with it, or with a dead worker. */
  async listSilent(options: { silentMs: number; limit: number; at?: Date }): Promise<EnqueuedJob[]> {
    return this.connection.run((em) =>
      em.query(
        `SELECT ${jobColumns} FROM outbox
          WHERE state = 'enqueued' AND enqueued_at <= coalesce($1::timestamptz, now()) - $2 * interval '1 ms'
          ORDER BY enqueued_at, id LIMIT $3`,
        [options.at ?? null, options.silentMs, options.limit],
      ),
    );
  }

  /** Notes that these deliveries were seen waiting in the queue. @returns how many still were what they were */
  async keepAlive(waiting: readonly JobReference[], at?: Date): Promise<number> {
    return this.changeDelivered(waiting, 'enqueued_at = coalesce($4::timestamptz, now())', at);
  }

  /**
   * Puts deliveries back that nobody holds, due at once. Attempts that were begun stay counted: a job that kills its
   * worker must end.
   *
   * @returns how many still were what they were
   */
  async requeue(lost: readonly JobReference[], at?: Date): Promise<number> {
    const assignments = `state = 'pending', available_at = coalesce($4::timestamptz, now())`;
    return this.changeDelivered(lost, assignments, at);
  }

  private async changeDelivered(
    jobs: readonly JobReference[],
    assignments: string,
    at: Date | undefined,
  ): Promise<number> {
    if (jobs.length === 0) return 0;
    return this.connection.run((em) =>
      changedRows(
        em,
        `UPDATE outbox SET ${assignments} WHERE state = 'enqueued'
            AND (organisation_id, id, deliveries) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::integer[]))`,
        [
          jobs.map((job) => job.organisationId),
          jobs.map((job) => job.jobId),
          jobs.map((job) => job.delivery),
          at ?? null,
        ],
      ),
    );
  }

  async countByState(): Promise<JobCounts> {
    const rows: { state: Outbox['state']; jobs: number }[] = await this.connection.run((em) =>
      em.query('SELECT state, count(*)::integer AS jobs FROM outbox GROUP BY state'),
    );
    return {
      ...{ pending: 0, enqueued: 0, done: 0, dead: 0 },
      ...Object.fromEntries(rows.map((row) => [row.state, row.jobs])),
    };
  }
}
