import { Module } from '@nestjs/common';
import { ReviewQueueService } from './review-queue.service';
import { ReviewQueueController, ReviewsController } from './reviews.controller';
import { ReviewsService } from './reviews.service';

@Module({
  controllers: [ReviewQueueController, ReviewsController],
  providers: [ReviewQueueService, ReviewsService],
})
export class ReviewsModule {}
