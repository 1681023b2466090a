import type { ReviewBatch, ReviewQueue } from '@fairtake/contracts';
import { Database, type BatchRow, type ClipRow } from '@fairtake/database';
import { batchOrder, pseudonymNumber } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { answerMedia } from '../media/answer-media.mapper';
import type { MemberActor } from '../security/actors';
import { batchSummary, reviewView } from './reviews.mapper';

/** What a member has to judge: one question at a time, across all candidates, in an order of their own. */
@Injectable()
export class ReviewQueueService {
  constructor(private readonly database: Database) {}

  queue(member: MemberActor): Promise<ReviewQueue> {
    return this.database.inOrganisation(member.organisationId, async (tx) => ({
      data: (await tx.reviews.batches(member.memberId)).map(batchSummary),
    }));
  }

  batch(member: MemberActor, roundId: string, questionId: string): Promise<ReviewBatch> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const { memberId } = member;
      const [batch] = await tx.reviews.batches(memberId, { roundId, questionId });
      if (!batch) throw new AppError('not_found');
      const clips = await tx.reviews.clips(memberId, roundId, questionId);
      const answerIds = clips.map((clip) => clip.answerId);
      const rubric = await tx.reviews.rubric(batch.positionId);
      const media = await tx.media.list(answerIds);
      const reviews = await tx.reviews.own(memberId, roundId, answerIds);
      const reviewerIndex = (await tx.reviews.reviewersOf(roundId)).indexOf(memberId);
      return {
        roundId,
        questionId,
        positionId: batch.positionId,
        title: batch.title,
        questionNumber: batch.questionNumber,
        questionCount: batch.questionCount,
        text: batch.text,
        blind: batch.blind,
        closed: batch.roundState === 'closed',
        dueAt: batch.dueAt?.toISOString() ?? null,
        rubricId: rubric.id,
        rubricVersion: rubric.version,
        criteria: await tx.reviews.criteria(rubric.id, questionId),
        clips: batchOrder(answerIds, reviewerIndex, `${roundId}/${questionId}`).flatMap((answerId) => {
          const playable = media.find((one) => one.id === answerId);
          const clip = clips.find((one) => one.answerId === answerId)!;
          const review = reviews.find((one) => one.answerId === answerId);
          if (!playable) return [];
          return [
            {
              answerId,
              label: labelOf(clip, batch),
              media: answerMedia(playable, { named: !batch.blind }),
              review: review ? reviewView(review) : null,
            },
          ];
        }),
      };
    });
  }
}

/** In a blind position the name never leaves the server; the screens put the word "Candidate" before the number. */
const labelOf = (clip: ClipRow, batch: BatchRow): string =>
  batch.blind ? pseudonymNumber(clip.pseudonym) : clip.name;
