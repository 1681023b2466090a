import { changedRows, type OpsConnection } from './ops-connection';

const batchRows = 1_000;

/** Rows that have served: they are removed across all organisations once nobody can use them any more. */
export class ExpiryRepository {
  constructor(private readonly connection: OpsConnection) {}

  /** Removes sessions of members and of candidates that ended before. @returns how many */
  async removeSessions(endedBefore: Date): Promise<number> {
    const staff = await this.remove('session', 'expires_at <= $1', endedBefore);
    return staff + (await this.remove('candidate_session', 'expires_at <= $1', endedBefore));
  }

  /** Removes links of members and of the set-up that expired before, used or not. @returns how many */
  removeAccountLinks(expiredBefore: Date): Promise<number> {
    return this.remove('account_link', 'expires_at <= $1', expiredBefore);
  }

  /** Removes jobs that were done before. Those that were given up stay: somebody has to look at them. @returns how many */
  removeDoneJobs(doneBefore: Date): Promise<number> {
    return this.remove('outbox', `state = 'done' AND done_at <= $1`, doneBefore);
  }

  /** In small steps, so that no statement runs into its time limit or keeps others waiting. */
  private async remove(table: string, served: string, before: Date): Promise<number> {
    for (let total = 0; ;) {
      const removed = await this.connection.run((em) =>
        changedRows(
          em,
          `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM ${table} WHERE ${served} LIMIT ${batchRows} FOR UPDATE SKIP LOCKED))`,
          [before],
        ),
      );
      total += removed;
      if (removed < batchRows) return total;
    }
  }
}
