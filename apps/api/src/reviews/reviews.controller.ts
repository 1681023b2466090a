import { Id, ReviewBatch, ReviewQueue, ReviewReply, SaveReview, SubmitReview } from '@fairtake/contracts';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import * as z from 'zod';
import { Access, everyRole, Reply } from '../routes/route-declarations';
import { CurrentMember, type MemberActor } from '../security/actors';
import { ReviewQueueService } from './review-queue.service';
import { ReviewsService } from './reviews.service';

const BatchParams = z.strictObject({ roundId: Id, questionId: Id });
type BatchParams = z.infer<typeof BatchParams>;
const AnswerParams = z.strictObject({ answerId: Id });
type AnswerParams = z.infer<typeof AnswerParams>;

/** Any member may review what was assigned to them, whatever their role. */
@Controller('api/v1/review')
export class ReviewQueueController {
  constructor(private readonly queue: ReviewQueueService) {}

  @Get('batches')
  @Access({ staff: everyRole })
  @Reply(ReviewQueue)
  batches(@CurrentMember() member: MemberActor): Promise<ReviewQueue> {
    return this.queue.queue(member);
  }

  @Get('rounds/:roundId/questions/:questionId')
  @Access({ staff: everyRole })
  @Reply(ReviewBatch)
  batch(
    @Param({ schema: BatchParams }) { roundId, questionId }: BatchParams,
    @CurrentMember() member: MemberActor,
  ): Promise<ReviewBatch> {
    return this.queue.batch(member, roundId, questionId);
  }
}

@Controller('api/v1/answers/:answerId/review')
export class ReviewsController {
  constructor(private readonly reviews: ReviewsService) {}

  @Get()
  @Access({ staff: everyRole })
  @Reply(ReviewReply)
  show(
    @Param({ schema: AnswerParams }) { answerId }: AnswerParams,
    @CurrentMember() member: MemberActor,
  ): Promise<ReviewReply> {
    return this.reviews.show(member, answerId);
  }

  @Put()
  @Access({ staff: everyRole })
  @Reply(ReviewReply)
  save(
    @Param({ schema: AnswerParams }) { answerId }: AnswerParams,
    @Body({ schema: SaveReview }) draft: SaveReview,
    @CurrentMember() member: MemberActor,
  ): Promise<ReviewReply> {
    return this.reviews.save(member, answerId, draft);
  }

  @Post('submit')
  @Access({ staff: everyRole })
  @Reply(ReviewReply)
  submit(
    @Param({ schema: AnswerParams }) { answerId }: AnswerParams,
    @Body({ schema: SubmitReview }) { version }: SubmitReview,
    @CurrentMember() member: MemberActor,
  ): Promise<ReviewReply> {
    return this.reviews.submit(member, answerId, version);
  }
}
