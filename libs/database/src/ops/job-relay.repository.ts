import { jobs, type JobName, type JobPayload } from '@fairtake/contracts';
import type { Outbox } from '../entities';
import { changedRows, type OpsConnection } from './ops-connection';

export interface JobReference {
  organisationId: string;
  jobId: string;
}

/** A job to hand to its queue. `attempts` counts this one. */
export type ClaimedJob = {
  [Name in JobName]: JobReference & { name: Name; payload: JobPayload<Name>; attempts: number };
}[JobName];

export type JobCounts = Record<Outbox['state'], number>;

const jobNames = Object.keys(jobs) as JobName[];

const jobColumns = `outbox.organisation_id AS "organisationId", outbox.id AS "jobId", outbox.name, outbox.payload,
  outbox.attempts`;

/**
 * Turns go round: the first waiting job of every organisation and kind, then the second of each. An organisation that
 * already has jobs in the queue starts further back, and has at most $3 of a kind there.
 */
const claimSql = `
  WITH chosen AS (
    SELECT due.organisation_id, due.id
      FROM organisation o
     CROSS JOIN unnest($4::text[]) AS kind (name)
     CROSS JOIN LATERAL (
           SELECT count(*) AS jobs FROM outbox
            WHERE organisation_id = o.id AND name = kind.name AND state = 'enqueued') queued
     CROSS JOIN LATERAL (
           SELECT first.*, row_number() OVER (ORDER BY first.available_at, first.id) + queued.jobs AS turn
             FROM (SELECT organisation_id, id, available_at FROM outbox
                    WHERE organisation_id = o.id AND name = kind.name AND state = 'pending' AND available_at <= $1
                    ORDER BY available_at, id LIMIT greatest($3 - queued.jobs, 0)) first) due
     ORDER BY due.turn, due.available_at, due.id
     LIMIT $2
  ), locked AS (
    SELECT organisation_id, id FROM outbox
     WHERE (organisation_id, id) IN (SELECT organisation_id, id FROM chosen) AND state = 'pending'
       FOR UPDATE SKIP LOCKED
  )
  UPDATE outbox SET state = 'enqueued', attempts = attempts + 1, enqueued_at = $1
    FROM locked WHERE outbox.organisation_id = locked.organisation_id AND outbox.id = locked.id
  RETURNING ${jobColumns}`;

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
    const values = [options.at ?? new Date(), options.limit, options.perOrganisation, jobNames];
    const [rows]: [ClaimedJob[], number] = await this.connection.run((em) => em.query(claimSql, values));
    return rows;
  }

  /** Jobs handed over longer ago than this and not ended: running, waiting in the queue, or lost with it. */
  async listEnqueued(options: { olderThanMs: number; limit: number; at?: Date }): Promise<ClaimedJob[]> {
    return this.connection.run((em) =>
      em.query(
        `SELECT ${jobColumns} FROM outbox WHERE state = 'enqueued' AND enqueued_at <= $1
          ORDER BY enqueued_at, id LIMIT $2`,
        [before(options), options.limit],
      ),
    );
  }

  /** Puts enqueued jobs back, due at once. Their attempts stay counted: a job that kills its worker must end. */
  async requeue(lost: readonly JobReference[], at: Date = new Date()): Promise<number> {
    if (lost.length === 0) return 0;
    return this.connection.run((em) =>
      changedRows(
        em,
        `UPDATE outbox SET state = 'pending', available_at = $3 WHERE state = 'enqueued'
            AND (organisation_id, id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
        [lost.map((job) => job.organisationId), lost.map((job) => job.jobId), at],
      ),
    );
  }

  /** Puts back every job handed over longer ago than this. @returns how many */
  async requeueLost(options: { olderThanMs: number; at?: Date }): Promise<number> {
    return this.connection.run((em) =>
      changedRows(
        em,
        `UPDATE outbox SET state = 'pending', available_at = $2 WHERE state = 'enqueued' AND enqueued_at <= $1`,
        [before(options), options.at ?? new Date()],
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

const before = (options: { olderThanMs: number; at?: Date }): Date =>
  new Date((options.at ?? new Date()).getTime() - options.olderThanMs);
