import { Module } from '@nestjs/common';
import { AdjustmentsModule } from '../adjustments/adjustments.module';
import { CandidateTimeRequestsController, TimeRequestsController } from './time-requests.controller';
import { TimeRequestsService } from './time-requests.service';

@Module({
  imports: [AdjustmentsModule],
  controllers: [CandidateTimeRequestsController, TimeRequestsController],
  providers: [TimeRequestsService],
})
export class TimeRequestsModule {}
