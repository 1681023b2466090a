import {
  CandidateAnswer,
  CandidateParams,
  ChunkParams,
  ChunkReceipt,
  FinalisedTake,
  FinaliseTake,
  Id,
  OpenTake,
  ReturnTake,
  SalvageTake,
  TakeLease,
  TakeStatus,
} from '@fairtake/contracts';
import { Body, Controller, Get, Headers, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access, Reply, TakesBytes } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { BodyTurns } from '../turns/body-turns';
import { WorkTurns } from '../turns/work-turns';
import { chunkDigest, chunkLease } from './chunk-body';
import { ChunkPace } from './chunk-pace';
import { ChunkService } from './chunk.service';
import { TakeFinalisingService } from './take-finalising.service';
import { TakeKeepingService } from './take-keeping.service';
import { TakeSalvagingService } from './take-salvaging.service';
import { TakeOpeningService } from './take-opening.service';

const TakeParams = CandidateParams.extend({ takeId: Id });
type TakeParams = { interviewId: string; takeId: string };

@Controller('api/v1/candidate/interviews/:interviewId/takes/:takeId')
export class TakesController {
  constructor(
    private readonly opening: TakeOpeningService,
    private readonly chunks: ChunkService,
    private readonly pace: ChunkPace,
    private readonly bodies: BodyTurns,
    private readonly works: WorkTurns,
    private readonly finalising: TakeFinalisingService,
    private readonly salvaging: TakeSalvagingService,
    private readonly keeping: TakeKeepingService,
  ) {}

  @Put()
  @Access('candidate')
  @Reply(TakeLease)
  open(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @Body({ schema: OpenTake }) request: OpenTake,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<TakeLease> {
    return this.opening.open(candidate, takeId, request);
  }

  @Put('segments/:segment/chunks/:index')
  @Access('candidate')
  @TakesBytes()
  @Reply(ChunkReceipt, { status: 201 })
  async putChunk(
    @Param({ schema: ChunkParams }) params: ChunkParams,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<ChunkReceipt> {
    const [sha256, lease] = [chunkDigest(request), chunkLease(request)];
    this.pace.admit(candidate.interviewId);
    const { receipt, repeated } = await this.bodies.receive(request, candidate, (body) =>
      this.chunks.receive(candidate, { params, lease, sha256, body }),
    );
    if (repeated) response.status(200);
    return receipt;
  }

  @Get()
  @Access('candidate')
  @Reply(TakeStatus)
  status(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<TakeStatus> {
    return this.keeping.status(candidate, takeId);
  }

  @Post('finalise')
  @Access('candidate')
  @Reply(FinalisedTake)
  finalise(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @Body({ schema: FinaliseTake }) manifest: FinaliseTake,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<FinalisedTake> {
    return this.works.once(candidate, `finalise ${takeId} ${JSON.stringify(manifest)}`, () =>
      this.finalising.finalise(candidate, takeId, manifest),
    );
  }

  @Post('salvage')
  @Access('candidate')
  @Reply(FinalisedTake)
  salvage(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @Body({ schema: SalvageTake }) request: SalvageTake,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<FinalisedTake> {
    const what = `salvage ${takeId} ${candidate.sessionId} ${JSON.stringify(request)}`;
    return this.works.once(candidate, what, () => this.salvaging.salvage(candidate, takeId, request));
  }

  @Post('keep')
  @Access('candidate')
  @Reply(CandidateAnswer)
  keep(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateAnswer> {
    return this.keeping.keep(candidate, takeId);
  }

  @Post('return')
  @Access('candidate')
  @Reply(CandidateAnswer)
  returnTake(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @Body({ schema: ReturnTake }) { reason }: ReturnTake,
    @Headers('user-agent') userAgent: string | undefined,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateAnswer> {
    return this.keeping.returnTake(candidate, takeId, { reason, userAgent: userAgent ?? '' });
  }
}
