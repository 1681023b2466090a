import type { TenantContext } from '../tenant-context';

/** A review that a member will not give. */
export interface DeclinedAssignment {
  roundId: string;
  positionId: string;
  answerId: string;
  /** Of the round; null when nobody else needs to be asked: the round is closed or the answer erased. */
  dueHours: number | null;
}

/** Rounds and who reviews what in them. */
export class RoundRepository {
  constructor(private readonly tx: TenantContext) {}

  async open(round: { id: string; positionId: string; dueHours: number }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO round (organisation_id, id, position_id, number, due_hours)
       SELECT $1, $2, $3, coalesce(max(number), 0) + 1, $4 FROM round WHERE organisation_id = $1 AND position_id = $3`,
      [this.tx.organisationId, round.id, round.positionId, round.dueHours],
    );
  }

  /** The latest open round of a position, locked so that two submissions share the load one after the other. */
  async lockOpen(positionId: string): Promise<{ id: string; dueHours: number } | null> {
    const [row] = await this.tx.em.query<{ id: string; dueHours: number }[]>(
      `SELECT id, due_hours AS "dueHours" FROM round
       WHERE organisation_id = $1 AND position_id = $2 AND state = 'open' ORDER BY number DESC LIMIT 1 FOR UPDATE`,
      [this.tx.organisationId, positionId],
    );
    return row ?? null;
  }

  /** Locks the open rounds that may hand work to a member, always in the same order. */
  async lockOpenOf(memberId: string): Promise<void> {
    await this.tx.em.query(
      `SELECT r.id FROM round r
       WHERE r.organisation_id = $1 AND r.state = 'open' AND EXISTS (
         SELECT 1 FROM position_reviewer p
         WHERE p.organisation_id = $1 AND p.position_id = r.position_id AND p.member_id = $2)
       ORDER BY r.id FOR UPDATE OF r`,
      [this.tx.organisationId, memberId],
    );
  }

  /** Declines everything a member still has to review, the work due first in front. */
  async declineOpen(memberId: string): Promise<DeclinedAssignment[]> {
    return this.tx.em.query(
      `WITH declined AS (
         UPDATE assignment SET state = 'declined'
         WHERE organisation_id = $1 AND member_id = $2 AND state = 'open'
         RETURNING id, round_id, answer_id, due_at)
       SELECT r.id AS "roundId", r.position_id AS "positionId", a.id AS "answerId",
              CASE WHEN r.state = 'open' AND a.erased_at IS NULL THEN r.due_hours END AS "dueHours"
       FROM declined d
       JOIN round r ON r.organisation_id = $1 AND r.id = d.round_id
       JOIN answer a ON a.organisation_id = $1 AND a.id = d.answer_id
       ORDER BY d.due_at, d.id`,
      [this.tx.organisationId, memberId],
    );
  }

  /** Everybody who was asked to review an answer in a round, whatever came of it. */
  async askedAbout(roundId: string, answerId: string): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT member_id AS id FROM assignment WHERE organisation_id = $1 AND round_id = $2 AND answer_id = $3`,
      [this.tx.organisationId, roundId, answerId],
    );
    return rows.map((row) => row.id);
  }

  /** Active reviewers of a position with their open work in a round. */
  reviewersByLoad(
    positionId: string,
    roundId: string,
  ): Promise<{ memberId: string; openAssignments: number }[]> {
    return this.tx.em.query(
      `SELECT r.member_id AS "memberId", count(s.id)::int AS "openAssignments"
       FROM position_reviewer r
       JOIN member m ON m.organisation_id = r.organisation_id AND m.id = r.member_id AND m.disabled_at IS NULL
       LEFT JOIN assignment s ON s.organisation_id = r.organisation_id AND s.member_id = r.member_id
         AND s.round_id = $3 AND s.state = 'open'
       WHERE r.organisation_id = $1 AND r.position_id = $2 GROUP BY r.member_id`,
      [this.tx.organisationId, positionId, roundId],
    );
  }

  async assign(assignment: {
    id: string;
    roundId: string;
    answerId: string;
    memberId: string;
    dueAt: Date;
  }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO assignment (organisation_id, id, round_id, answer_id, member_id, due_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT uq_assignment_member DO NOTHING`,
      [
        this.tx.organisationId,
        assignment.id,
        assignment.roundId,
        assignment.answerId,
        assignment.memberId,
        assignment.dueAt,
      ],
    );
  }
}
