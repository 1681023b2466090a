import {
  CandidateAnswer,
  CandidateParams,
  Id,
  KeepResponse,
  ResponseView,
  SaveResponse,
} from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import { Body, Controller, Get, Headers, Param, Post, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { ResponsesService } from './responses.service';

const ResponseParams = CandidateParams.extend({ questionId: Id });
type ResponseParams = { interviewId: string; questionId: string };

@Controller('api/v1/candidate/interviews/:interviewId/questions/:questionId/response')
export class ResponsesController {
  constructor(private readonly responses: ResponsesService) {}

  @Get()
  @Access('candidate')
  @Reply(ResponseView)
  async show(
    @Param({ schema: ResponseParams }) { questionId }: ResponseParams,
    @CurrentCandidate() candidate: CandidateActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResponseView> {
    return tagged(response, await this.responses.show(candidate, questionId));
  }

  @Put()
  @Access('candidate')
  @Reply(ResponseView)
  async save(
    @Param({ schema: ResponseParams }) { questionId }: ResponseParams,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: SaveResponse }) { content }: SaveResponse,
    @CurrentCandidate() candidate: CandidateActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResponseView> {
    const revision = revisionOf(ifMatch);
    return tagged(response, await this.responses.save(candidate, questionId, revision, content));
  }

  @Post('keep')
  @Access('candidate')
  @Reply(CandidateAnswer)
  keep(
    @Param({ schema: ResponseParams }) { questionId }: ResponseParams,
    @Body({ schema: KeepResponse }) { revision }: KeepResponse,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateAnswer> {
    return this.responses.keep(candidate, questionId, revision);
  }
}

function tagged(response: Response, view: ResponseView): ResponseView {
  response.setHeader('ETag', `"${view.revision}"`);
  return view;
}

/** `If-Match: "7"`, `"0"` for what was never saved. A missing condition is told apart from a wrong one (RFC 6585). */
function revisionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new AppError('edit_condition_missing');
  const match = /^"(\d{1,9})"$/.exec(ifMatch.trim());
  if (!match) throw new AppError('edit_conflict');
  return Number(match[1]);
}
