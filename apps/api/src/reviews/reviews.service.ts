import { isDeepStrictEqual } from 'node:util';
import type { ReviewReply, SaveReview } from '@fairtake/contracts';
import { Database, type AssignmentRow, type ReviewRow, type TenantContext } from '@fairtake/database';
import { unscored } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { MemberActor } from '../security/actors';
import { otherReview, reviewView } from './reviews.mapper';

/** One reviewer's judgement of one answer. Others' are withheld here, on the server, until it is submitted. */
@Injectable()
export class ReviewsService {
  constructor(private readonly database: Database) {}

  show(member: MemberActor, answerId: string): Promise<ReviewReply> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const assignment = await requireAssignment(tx, member, answerId);
      const review = await ownReview(tx, member, assignment);
      if (review) return this.reply(tx, member, review);
      const rubric = await tx.reviews.rubric(assignment.positionId);
      const empty = { answerId, rubricId: rubric.id, state: 'draft' as const, version: 0 };
      return {
        review: { ...empty, scores: [], comments: [], submittedAt: null },
        others: [],
        othersWithheld: true,
      };
    });
  }

  /** Saves a whole draft. The same draft again, its reply lost on the way, changes nothing. */
  save(member: MemberActor, answerId: string, draft: SaveReview): Promise<ReviewReply> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const assignment = await requireWritable(tx, member, answerId);
      const existing = await ownReview(tx, member, assignment);
      if (existing?.state === 'submitted') throw new AppError('review_submitted');
      await requireOwnCriteria(tx, assignment, draft);
      if ((existing?.version ?? 0) !== draft.version) {
        if (existing && isSameDraft(existing, draft)) return this.reply(tx, member, existing);
        throw new AppError('edit_conflict');
      }
      const id = existing?.id ?? uuidv7();
      const { roundId } = assignment;
      if (!existing)
        await tx.reviews.create({
          id,
          roundId,
          answerId,
          memberId: member.memberId,
          rubricId: draft.rubricId,
        });
      if (!(await tx.reviews.saveDraft(id, draft.scores, draft.comments)))
        throw new AppError('body_invalid', {
          errors: [{ pointer: '/comments', detail: 'uses an id of another review' }],
        });
      return this.reply(tx, member, (await ownReview(tx, member, assignment))!);
    });
  }

  submit(member: MemberActor, answerId: string, version: number): Promise<ReviewReply> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const assignment = await requireWritable(tx, member, answerId);
      const review = await ownReview(tx, member, assignment);
      // Twice, or from two tabs: the first counts and both are told the same.
      if (review?.state === 'submitted') return this.reply(tx, member, review);
      if ((review?.version ?? 0) !== version) throw new AppError('edit_conflict');
      const rubricId = review?.rubricId ?? (await tx.reviews.rubric(assignment.positionId)).id;
      const criteria = await tx.reviews.criteria(rubricId, assignment.questionId);
      const open = unscored(
        criteria.map((criterion) => criterion.criterionId),
        review?.scores ?? [],
      );
      if (!review || open.length > 0)
        throw new AppError('review_incomplete', {
          errors: open.map((criterionId) => ({ pointer: `/scores/${criterionId}`, detail: 'missing' })),
        });
      await tx.reviews.submit(review.id, assignment.id);
      await tx.audit.record({
        actor: { kind: 'member', id: member.memberId },
        action: 'review.submitted',
        subjectKind: 'answer',
        subjectId: answerId,
      });
      return this.reply(tx, member, (await ownReview(tx, member, assignment))!);
    });
  }

  private async reply(tx: TenantContext, member: MemberActor, review: ReviewRow): Promise<ReviewReply> {
    const submitted = review.state === 'submitted';
    const others = submitted ? await tx.reviews.others(member.memberId, review.roundId, review.answerId) : [];
    return { review: reviewView(review), others: others.map(otherReview), othersWithheld: !submitted };
  }
}

async function requireAssignment(
  tx: TenantContext,
  member: MemberActor,
  answerId: string,
): Promise<AssignmentRow> {
  const assignment = await tx.reviews.assignment(member.memberId, answerId);
  if (!assignment) throw new AppError('not_found');
  return assignment;
}

/** Locks the assignment, so that two tabs write one after the other. */
async function requireWritable(
  tx: TenantContext,
  member: MemberActor,
  answerId: string,
): Promise<AssignmentRow> {
  const assignment = await tx.reviews.assignment(member.memberId, answerId, 'FOR UPDATE OF s');
  if (!assignment) throw new AppError('not_found');
  if (assignment.roundState === 'closed') throw new AppError('round_closed');
  return assignment;
}

async function ownReview(
  tx: TenantContext,
  member: MemberActor,
  assignment: AssignmentRow,
): Promise<ReviewRow | null> {
  const [review] = await tx.reviews.own(member.memberId, assignment.roundId, [assignment.answerId]);
  return review ?? null;
}

async function requireOwnCriteria(
  tx: TenantContext,
  assignment: AssignmentRow,
  draft: SaveReview,
): Promise<void> {
  const rubric = await tx.reviews.rubric(assignment.positionId);
  if (rubric.id !== draft.rubricId) throw new AppError('rubric_version_other');
  const known = new Set(
    (await tx.reviews.criteria(rubric.id, assignment.questionId)).map((one) => one.criterionId),
  );
  const errors = draft.scores.flatMap((score, i) =>
    known.has(score.criterionId)
      ? []
      : [{ pointer: `/scores/${i}/criterionId`, detail: 'does not score this question' }],
  );
  if (errors.length > 0) throw new AppError('body_invalid', { errors });
}

function isSameDraft(existing: ReviewRow, draft: SaveReview): boolean {
  const byCriterion = <T extends { criterionId: string }>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => a.criterionId.localeCompare(b.criterionId));
  const byId = <T extends { commentId: string }>(list: readonly T[]): T[] =>
    [...list].sort((a, b) => a.commentId.localeCompare(b.commentId));
  return (
    isDeepStrictEqual(byCriterion(existing.scores), byCriterion(draft.scores)) &&
    isDeepStrictEqual(byId(existing.comments), byId(draft.comments))
  );
}
