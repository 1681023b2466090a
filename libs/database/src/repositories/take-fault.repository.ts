import type { FaultReason } from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';

/** Evidence of a technical fault, in the server's own observations. */
export interface TakeFaultRow {
  takeId: string;
  reason: FaultReason;
  source: 'candidate' | 'server';
  corroborated: boolean;
  happenedAt: Date;
  heldBytes: number;
  heldSeconds: number;
  device: string | null;
}

/** A fault with the take and question it happened to. */
export interface TakeFaultOfQuestionRow extends TakeFaultRow {
  takeNumber: number;
  startedAt: Date;
  questionNumber: number;
  question: Record<string, string>;
}

const columns = `f.take_id AS "takeId", f.reason, f.source, f.corroborated, f.happened_at AS "happenedAt",
  f.held_bytes::float8 AS "heldBytes", f.held_seconds AS "heldSeconds", f.device`;

/** Technical faults: for the candidate and for recruiters. No reviewer's route may ask here. */
export class TakeFaultRepository {
  constructor(private readonly tx: TenantContext) {}

  /** The first report of a take stands. */
  async record(fault: TakeFaultRow & { interviewId: string }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO take_fault (organisation_id, take_id, interview_id, reason, source, corroborated, happened_at,
                               held_bytes, held_seconds, device)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT ON CONSTRAINT pk_take_fault DO NOTHING`,
      [
        ...[this.tx.organisationId, fault.takeId, fault.interviewId, fault.reason, fault.source],
        ...[fault.corroborated, fault.happenedAt, fault.heldBytes, fault.heldSeconds, fault.device],
      ],
    );
  }

  listOfInterview(interviewId: string): Promise<TakeFaultRow[]> {
    return this.tx.em.query<TakeFaultRow[]>(
      `SELECT ${columns} FROM take_fault f WHERE f.organisation_id = $1 AND f.interview_id = $2`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** In the order they happened; what arrived whole in the end was no fault. */
  listWithQuestions(interviewId: string): Promise<TakeFaultOfQuestionRow[]> {
    return this.tx.em.query<TakeFaultOfQuestionRow[]>(
      `SELECT ${columns}, t.number AS "takeNumber", t.started_at AS "startedAt", q.number AS "questionNumber",
              q.text AS question
       FROM take_fault f
       JOIN take t ON t.organisation_id = f.organisation_id AND t.id = f.take_id
       JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       JOIN question q ON q.organisation_id = a.organisation_id AND q.id = a.question_id
       WHERE f.organisation_id = $1 AND f.interview_id = $2 AND t.state IN ('open', 'returned')
       ORDER BY f.happened_at, f.take_id`,
      [this.tx.organisationId, interviewId],
    );
  }
}
