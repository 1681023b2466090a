import { Module } from '@nestjs/common';
import { CandidateAdjustmentsController, PersonController } from './adjustments.controller';
import { AdjustmentsService } from './adjustments.service';
import { PersonService } from './person.service';

@Module({
  controllers: [CandidateAdjustmentsController, PersonController],
  providers: [AdjustmentsService, PersonService],
  exports: [PersonService],
})
export class AdjustmentsModule {}
