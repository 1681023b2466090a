import { isDeepStrictEqual } from 'node:util';
import {
  positionDefaults,
  type ListQuery,
  type PositionDraft,
  type PositionList,
  type PositionView,
} from '@fairtake/contracts';
import { Database, violatedUnique, type PositionRow, type TenantContext } from '@fairtake/database';
import { publishProblems } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../infrastructure.module';
import { decodeCursor, pageOf } from '../paging/cursor';
import type { MemberActor } from '../security/actors';
import { positionSummary, positionView } from './positions.mapper';

/** Set-up of positions: written as drafts, fixed by publishing. */
@Injectable()
export class PositionsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(member: MemberActor, query: ListQuery): Promise<PositionList> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const rows = await tx.positions.list(query.limit + 1, decodeCursor(query.cursor));
      const { data, nextCursor } = pageOf(rows, query.limit, (row) => row);
      return { data: data.map(positionSummary), nextCursor };
    });
  }

  show(member: MemberActor, positionId: string): Promise<PositionView> {
    return this.database.inOrganisation(member.organisationId, async (tx) =>
      positionView(await requirePosition(tx, positionId)),
    );
  }

  create(member: MemberActor, draft: PositionDraft): Promise<PositionView> {
    return this.writing(member, async (tx) => {
      await requireReviewers(tx, draft);
      const id = uuidv7();
      await tx.positions.create({ id, rubricId: uuidv7(), ownerMemberId: member.memberId, draft });
      await this.audit(tx, member, 'position.created', id);
      return positionView(await requirePosition(tx, id));
    });
  }

  /** @param version the one the editor saw last (`If-Match`) */
  save(
    member: MemberActor,
    positionId: string,
    version: number,
    draft: PositionDraft,
  ): Promise<PositionView> {
    return this.writing(member, async (tx) => {
      const position = await requirePosition(tx, positionId, 'FOR UPDATE OF p');
      if (position.version !== version) throw new AppError('edit_conflict');
      await requireReviewers(tx, draft);
      if (position.state === 'draft') await tx.positions.saveContent(positionId, position.rubricId, draft);
      else this.requirePublishable(position.draft, draft);
      await tx.positions.saveBasics(positionId, draft);
      if (draft.deadlineAt !== position.draft.deadlineAt)
        await tx.invitations.moveExpiry(positionId, draft.deadlineAt ? new Date(draft.deadlineAt) : null);
      const unblinded = position.state !== 'draft' && position.draft.blind && !draft.blind;
      await this.audit(tx, member, unblinded ? 'position.unblinded' : 'position.changed', positionId);
      return positionView(await requirePosition(tx, positionId));
    });
  }

  publish(member: MemberActor, positionId: string): Promise<PositionView> {
    return this.writing(member, async (tx) => {
      const position = await requirePosition(tx, positionId, 'FOR UPDATE OF p');
      if (position.state !== 'draft') throw new AppError('position_not_draft');
      const errors = publishProblems(position.draft, this.clock.now().getTime());
      if (errors.length > 0) throw new AppError('position_not_publishable', { errors });
      await tx.positions.changeState(positionId, ['draft'], 'open');
      await tx.rounds.open({ id: uuidv7(), positionId, dueHours: positionDefaults.reviewDueHours });
      await this.audit(tx, member, 'position.published', positionId);
      return positionView(await requirePosition(tx, positionId));
    });
  }

  /** Closed positions take no new candidates; those under way may finish. */
  changeState(member: MemberActor, positionId: string, to: 'open' | 'closed'): Promise<PositionView> {
    return this.writing(member, async (tx) => {
      await requirePosition(tx, positionId, 'FOR UPDATE OF p');
      if (!(await tx.positions.changeState(positionId, [to === 'open' ? 'closed' : 'open'], to)))
        throw new AppError('state_conflict');
      await this.audit(tx, member, to === 'open' ? 'position.reopened' : 'position.closed', positionId);
      return positionView(await requirePosition(tx, positionId));
    });
  }

  /** Candidates meet a published position, so it keeps its content and stays whole. */
  private requirePublishable(published: PositionDraft, draft: PositionDraft): void {
    requireSameContent(published, draft);
    const now = this.clock.now().getTime();
    // What time alone has brought about (a deadline gone by) does not keep anyone from correcting a title.
    const before = publishProblems(published, now).map((problem) => problem.pointer);
    const errors = publishProblems(draft, now).filter(
      ({ pointer }) =>
        !before.includes(pointer) || (pointer === '/deadlineAt' && draft.deadlineAt !== published.deadlineAt),
    );
    if (errors.length > 0) throw new AppError('position_not_publishable', { errors });
  }

  private async writing<T>(member: MemberActor, work: (tx: TenantContext) => Promise<T>): Promise<T> {
    try {
      return await this.database.inOrganisation(member.organisationId, work);
    } catch (error) {
      // The editor makes the ids of questions and criteria; one that is in use in another position is refused.
      if (['pk_question', 'pk_criterion'].includes(violatedUnique(error) ?? ''))
        throw new AppError('body_invalid', {
          errors: [{ pointer: '', detail: 'uses an id of another position' }],
        });
      throw error;
    }
  }

  private audit(tx: TenantContext, member: MemberActor, action: string, positionId: string): Promise<void> {
    return tx.audit.record({
      actor: { kind: 'member', id: member.memberId },
      action,
      subjectKind: 'position',
      subjectId: positionId,
    });
  }
}

async function requirePosition(
  tx: TenantContext,
  positionId: string,
  lock: '' | 'FOR UPDATE OF p' = '',
): Promise<PositionRow> {
  const position = await tx.positions.find(positionId, lock);
  if (!position) throw new AppError('not_found');
  return position;
}

async function requireReviewers(tx: TenantContext, draft: PositionDraft): Promise<void> {
  const ids = [...new Set(draft.reviewerIds)];
  if ((await tx.positions.countActiveMembers(ids)) !== ids.length)
    throw new AppError('body_invalid', {
      errors: [{ pointer: '/reviewerIds', detail: 'names someone who is no active member' }],
    });
}

/** Candidates must all meet the same questions and be judged by the same rubric. */
function requireSameContent(published: PositionDraft, draft: PositionDraft): void {
  const errors = (['questions', 'criteria', 'languages'] as const)
    .filter((part) => !isDeepStrictEqual(published[part], draft[part]))
    .map((part) => ({ pointer: `/${part}`, detail: 'is fixed once published' }));
  // Candidates have agreed to what the page said; keeping their recordings for longer needs a new agreement.
  if (draft.retentionDays > published.retentionDays)
    errors.push({ pointer: '/retentionDays', detail: 'can only become shorter once published' });
  if (errors.length > 0) throw new AppError('position_not_draft', { errors });
}
