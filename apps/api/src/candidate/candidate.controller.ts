import {
  CandidateAnswer,
  CandidateInterview,
  CandidateParams,
  GiveConsent,
  Id,
  SubmittedInterview,
} from '@fairtake/contracts';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { CandidateService } from './candidate.service';

const QuestionParams = CandidateParams.extend({ questionId: Id });

@Controller('api/v1/candidate/interviews/:interviewId')
export class CandidateController {
  constructor(private readonly candidates: CandidateService) {}

  @Get()
  @Access('candidate')
  @Reply(CandidateInterview)
  show(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateInterview> {
    return this.candidates.show(candidate);
  }

  @Post('consent')
  @Access('candidate')
  @Reply(CandidateInterview)
  consent(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @Body({ schema: GiveConsent }) request: GiveConsent,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateInterview> {
    return this.candidates.consent(candidate, request);
  }

  @Post('questions/:questionId/open')
  @Access('candidate')
  @Reply(CandidateAnswer)
  openQuestion(
    @Param({ schema: QuestionParams }) { questionId }: { questionId: string },
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateAnswer> {
    return this.candidates.openQuestion(candidate, questionId);
  }

  @Post('submit')
  @Access('candidate')
  @Reply(SubmittedInterview)
  submit(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<SubmittedInterview> {
    return this.candidates.submit(candidate);
  }
}
