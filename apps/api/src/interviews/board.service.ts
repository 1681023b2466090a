import type { Board, BoardRow, ListQuery } from '@fairtake/contracts';
import { Database, type BoardFactsRow, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { decodeCursor, pageOf } from '../paging/cursor';
import type { MemberActor } from '../security/actors';
import { boardRow, type CriterionWeights } from './board.mapper';

/** Progress per candidate, and the shortlist. */
@Injectable()
export class BoardService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(member: MemberActor, positionId: string, query: ListQuery): Promise<Board> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const weights = await criterionWeights(tx, positionId);
      const rows = await tx.board.page(positionId, query.limit + 1, decodeCursor(query.cursor));
      const page = pageOf(rows, query.limit, (row) => ({ createdAt: row.invitedAt, id: row.id }));
      return { data: await this.withScores(tx, member, page.data, weights), nextCursor: page.nextCursor };
    });
  }

  shortlist(member: MemberActor, interviewId: string, shortlisted: boolean): Promise<BoardRow> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const interview = await tx.interviews.find(interviewId);
      if (!interview) throw new AppError('not_found');
      if (interview.state !== 'submitted') throw new AppError('state_conflict');
      await tx.board.shortlist(interviewId, shortlisted, member.memberId);
      await tx.audit.record({
        actor: { kind: 'member', id: member.memberId },
        action: shortlisted ? 'interview.shortlisted' : 'interview.unlisted',
        subjectKind: 'interview',
        subjectId: interviewId,
      });
      const weights = await criterionWeights(tx, interview.positionId);
      const facts = await tx.board.find(interviewId);
      const [row] = await this.withScores(tx, member, [facts!], weights);
      return row!;
    });
  }

  /** A member who still owes a review of an interview is not shown its score (review independence). */
  private async withScores(
    tx: TenantContext,
    member: MemberActor,
    rows: readonly BoardFactsRow[],
    weights: CriterionWeights,
  ): Promise<BoardRow[]> {
    const ids = rows.map((row) => row.id);
    const owed = new Set(await tx.board.owedInterviews(member.memberId, ids));
    const scores = await tx.board.scores(ids.filter((id) => !owed.has(id)));
    return rows.map((row) =>
      boardRow(
        row,
        scores.filter((score) => score.interviewId === row.id),
        weights,
        this.clock.now(),
      ),
    );
  }
}

/** @throws AppError not_found for a position of nobody or of another organisation */
export async function criterionWeights(tx: TenantContext, positionId: string): Promise<CriterionWeights> {
  const position = await tx.positions.find(positionId);
  if (!position) throw new AppError('not_found');
  return new Map(position.draft.criteria.map((criterion) => [criterion.criterionId, criterion.weight]));
}
