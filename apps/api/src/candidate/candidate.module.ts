import { Module } from '@nestjs/common';
import { CandidateSessionController } from './candidate-session.controller';
import { CandidateSessionService } from './candidate-session.service';
import { CandidateController } from './candidate.controller';
import { CandidateService } from './candidate.service';

@Module({
  controllers: [CandidateController, CandidateSessionController],
  providers: [CandidateService, CandidateSessionService],
})
export class CandidateModule {}
