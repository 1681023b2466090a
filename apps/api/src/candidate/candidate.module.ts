import { Module } from '@nestjs/common';
import { CandidateSessionController } from './candidate-session.controller';
import { CandidateSessionService } from './candidate-session.service';
import { TakesModule } from '../takes/takes.module';
import { CandidateController } from './candidate.controller';
import { CandidateService } from './candidate.service';
import { OverdueAnswersService } from './overdue-answers.service';
import { OverdueInterviewsService } from './overdue-interviews.service';

@Module({
  imports: [TakesModule],
  controllers: [CandidateController, CandidateSessionController],
  providers: [CandidateService, CandidateSessionService, OverdueAnswersService, OverdueInterviewsService],
})
export class CandidateModule {}
