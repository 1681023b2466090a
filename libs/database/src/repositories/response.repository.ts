import type { ResponseContent } from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';

export interface ResponseRow {
  answerId: string;
  revision: number;
  content: ResponseContent;
  savedAt: Date;
  kept: ResponseContent | null;
  keptRevision: number | null;
}

const columns = `answer_id AS "answerId", revision, content, saved_at AS "savedAt", kept,
  kept_revision AS "keptRevision"`;

/** What candidates write, choose or send. Callers hold the interview's lock, so revisions follow one another. */
export class ResponseRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(answerId: string): Promise<ResponseRow | null> {
    const [row] = await this.tx.em.query<ResponseRow[]>(
      `SELECT ${columns} FROM response WHERE organisation_id = $1 AND answer_id = $2`,
      [this.tx.organisationId, answerId],
    );
    return row ?? null;
  }

  /** Writes a draft as the revision behind `after`. @returns null when another revision is there by now */
  async save(
    answerId: string,
    after: number,
    content: ResponseContent,
    at: Date,
  ): Promise<ResponseRow | null> {
    const values = [this.tx.organisationId, answerId, after, JSON.stringify(content), at];
    const rows =
      after === 0
        ? await this.tx.em.query<ResponseRow[]>(
            `INSERT INTO response (organisation_id, answer_id, revision, content, saved_at)
             VALUES ($1, $2, $3::integer + 1, $4, $5) ON CONFLICT ON CONSTRAINT pk_response DO NOTHING
             RETURNING ${columns}`,
            values,
          )
        : ((
            await this.tx.em.query(
              `UPDATE response SET revision = revision + 1, content = $4, saved_at = $5
               WHERE organisation_id = $1 AND answer_id = $2 AND revision = $3 RETURNING ${columns}`,
              values,
            )
          )[0] as ResponseRow[]);
    return rows[0] ?? null;
  }

  /** A response that was kept makes room for another answer; its words stay as the draft they were. */
  async dropKept(answerId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE response SET kept = NULL, kept_revision = NULL
       WHERE organisation_id = $1 AND answer_id = $2 AND kept IS NOT NULL`,
      [this.tx.organisationId, answerId],
    );
    await this.tx.em.query(
      `UPDATE file SET state = 'received' WHERE organisation_id = $1 AND answer_id = $2 AND state = 'kept'`,
      [this.tx.organisationId, answerId],
    );
  }

  /** Makes the draft of this revision the answer. @returns false when another revision is there by now */
  async keep(answerId: string, revision: number): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE response SET kept = content, kept_revision = revision
       WHERE organisation_id = $1 AND answer_id = $2 AND revision = $3`,
      [this.tx.organisationId, answerId, revision],
    )) as [unknown, number];
    return changed > 0;
  }
}
