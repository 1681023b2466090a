import { Module } from '@nestjs/common';
import { BoardService } from './board.service';
import { CompareService } from './compare.service';
import { InterviewsController, PositionInterviewsController } from './interviews.controller';
import { InvitationsService } from './invitations.service';

@Module({
  controllers: [PositionInterviewsController, InterviewsController],
  providers: [BoardService, CompareService, InvitationsService],
})
export class InterviewsModule {}
