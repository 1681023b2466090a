import type { TenantContext } from '../tenant-context';

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
