import type { FileType } from '@fairtake/contracts';
import type { File } from '../entities';
import type { TenantContext } from '../tenant-context';
import type { ObjectRow } from './media.repository';

export interface FileRow {
  id: string;
  answerId: string;
  interviewId: string;
  questionId: string;
  /** As the device called it, cleaned. */
  name: string;
  /** As announced; what was received has exactly as many. */
  sizeBytes: number;
  state: File['state'];
  type: FileType | null;
  storageKey: string | null;
  sha256: string | null;
}

export type PieceRow = ObjectRow & { index: number };

const columns = `f.id, f.answer_id AS "answerId", f.interview_id AS "interviewId", a.question_id AS "questionId", f.name,
  f.size_bytes::float8 AS "sizeBytes", f.state, f.type, f.storage_key AS "storageKey", f.sha256`;
const source = `file f JOIN answer a ON a.organisation_id = f.organisation_id AND a.id = f.answer_id`;

/** Files of candidates, from their announcement to the answer. */
export class FileRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(
    interviewId: string,
    fileId: string,
    lock: '' | 'FOR UPDATE OF f' = '',
  ): Promise<FileRow | null> {
    const [row] = await this.tx.em.query<FileRow[]>(
      `SELECT ${columns} FROM ${source}
       WHERE f.organisation_id = $1 AND f.interview_id = $2 AND f.id = $3 AND f.state <> 'discarded'
         AND a.erased_at IS NULL ${lock}`,
      [this.tx.organisationId, interviewId, fileId],
    );
    return row ?? null;
  }

  /** Everything an interview has announced and that was not removed yet, given-up files included. */
  async announced(interviewId: string): Promise<{ files: number; bytes: number }> {
    const [row] = await this.tx.em.query<{ files: number; bytes: number }[]>(
      `SELECT count(*)::int AS files, coalesce(sum(size_bytes), 0)::float8 AS bytes FROM file
       WHERE organisation_id = $1 AND interview_id = $2`,
      [this.tx.organisationId, interviewId],
    );
    return row!;
  }

  /** @throws a unique violation of pk_file when the id is in use */
  async open(file: {
    id: string;
    answerId: string;
    interviewId: string;
    name: string;
    sizeBytes: number;
    at: Date;
  }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO file (organisation_id, id, answer_id, interview_id, name, size_bytes, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[this.tx.organisationId, file.id, file.answerId, file.interviewId],
        ...[file.name, file.sizeBytes, file.at],
      ],
    );
  }

  pieces(fileId: string): Promise<PieceRow[]> {
    return this.tx.em.query<PieceRow[]>(
      `SELECT index, size_bytes AS "sizeBytes", sha256, storage_key AS "storageKey" FROM file_piece
       WHERE organisation_id = $1 AND file_id = $2 ORDER BY index`,
      [this.tx.organisationId, fileId],
    );
  }

  /**
   * Records a piece whose bytes are already durable.
   *
   * @returns the piece that has the place: this one, or one that was there before; null when the file takes no more
   */
  async recordPiece(fileId: string, piece: PieceRow): Promise<PieceRow | null> {
    const open = await this.tx.em.query<unknown[]>(
      `SELECT 1 FROM file WHERE organisation_id = $1 AND id = $2 AND state = 'open' FOR UPDATE`,
      [this.tx.organisationId, fileId],
    );
    if (open.length === 0) return null;
    await this.tx.em.query(
      `INSERT INTO file_piece (organisation_id, file_id, index, size_bytes, sha256, storage_key)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT pk_file_piece DO NOTHING`,
      [this.tx.organisationId, fileId, piece.index, piece.sizeBytes, piece.sha256, piece.storageKey],
    );
    return (await this.pieces(fileId)).find((one) => one.index === piece.index)!;
  }

  /** The whole is durable and of a known type. @returns false when it was received before, or is discarded */
  async receive(
    fileId: string,
    received: { type: FileType; storageKey: string; sha256: string; at: Date },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE file SET state = 'received', type = $3, storage_key = $4, sha256 = $5, received_at = $6
       WHERE organisation_id = $1 AND id = $2 AND state = 'open'`,
      [
        ...[this.tx.organisationId, fileId],
        ...[received.type, received.storageKey, received.sha256, received.at],
      ],
    )) as [unknown, number];
    return changed > 0;
  }

  /** The pieces of a file that was received whole: their objects are gone. */
  async forgetPieces(fileId: string): Promise<void> {
    await this.tx.em.query(`DELETE FROM file_piece WHERE organisation_id = $1 AND file_id = $2`, [
      this.tx.organisationId,
      fileId,
    ]);
  }

  /** Makes a received file the one its answer keeps. @returns false when it was not received whole */
  async keep(answerId: string, fileId: string): Promise<boolean> {
    const key = [this.tx.organisationId, answerId, fileId];
    const [, changed] = (await this.tx.em.query(
      `UPDATE file SET state = 'kept'
       WHERE organisation_id = $1 AND answer_id = $2 AND id = $3 AND state IN ('received', 'kept')`,
      key,
    )) as [unknown, number];
    if (changed === 0) return false;
    await this.tx.em.query(
      `UPDATE file SET state = 'received'
       WHERE organisation_id = $1 AND answer_id = $2 AND id <> $3 AND state = 'kept'`,
      key,
    );
    return true;
  }

  /** Gives an unfinished file up; its bytes go with the next sweep. */
  async discard(fileId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE file SET state = 'discarded' WHERE organisation_id = $1 AND id = $2 AND state = 'open'`,
      [this.tx.organisationId, fileId],
    );
  }

  /**
   * Gives up what was announced before `before` and is no answer; a file that a draft names is left while its
   * interview is under way.
   *
   * @returns every given-up file: its bytes may be removed, then its row (`remove`)
   */
  async discardAbandoned(before: Date, limit: number): Promise<string[]> {
    await this.tx.em.query(
      `UPDATE file f SET state = 'discarded' FROM interview i
       WHERE f.organisation_id = $1 AND f.opened_at < $2 AND f.state IN ('open', 'received')
         AND i.organisation_id = f.organisation_id AND i.id = f.interview_id
         AND NOT (i.state = 'started' AND EXISTS (
           SELECT 1 FROM response r WHERE r.organisation_id = f.organisation_id AND r.answer_id = f.answer_id
              AND r.content->>'fileId' = f.id::text))`,
      [this.tx.organisationId, before],
    );
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT id FROM file WHERE organisation_id = $1 AND state = 'discarded' AND opened_at < $2 LIMIT $3`,
      [this.tx.organisationId, before, limit],
    );
    return rows.map((row) => row.id);
  }

  /** Removes the row of a given-up file, after its bytes. */
  async remove(fileId: string): Promise<void> {
    await this.tx.em.query(
      `DELETE FROM file WHERE organisation_id = $1 AND id = $2 AND state = 'discarded'`,
      [this.tx.organisationId, fileId],
    );
  }

  /** Files received before `before` whose pieces were not removed: a process was killed in between. */
  async withLeftPieces(before: Date, limit: number): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT f.id FROM file f WHERE f.organisation_id = $1 AND f.state IN ('received', 'kept') AND f.received_at < $2
         AND EXISTS (SELECT 1 FROM file_piece p WHERE p.organisation_id = f.organisation_id AND p.file_id = f.id)
       LIMIT $3`,
      [this.tx.organisationId, before, limit],
    );
    return rows.map((row) => row.id);
  }
}
