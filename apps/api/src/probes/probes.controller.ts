import { ChunkReceipt, ProbeChunkParams, ProbeParams } from '@fairtake/contracts';
import { Controller, Delete, Param, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access, RepliesNothing, Reply, TakesBytes } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { chunkDigest } from '../takes/chunk-body';
import { ChunkPace } from '../takes/chunk-pace';
import { BodyTurns } from '../turns/body-turns';
import { ProbesService } from './probes.service';

@Controller('api/v1/candidate/interviews/:interviewId/probes/:probeId')
export class ProbesController {
  constructor(
    private readonly probes: ProbesService,
    private readonly pace: ChunkPace,
    private readonly bodies: BodyTurns,
  ) {}

  @Put('chunks/:index')
  @Access('candidate')
  @TakesBytes()
  @Reply(ChunkReceipt, { status: 201 })
  async putChunk(
    @Param({ schema: ProbeChunkParams }) params: ProbeChunkParams,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<ChunkReceipt> {
    const sha256 = chunkDigest(request);
    this.pace.admit(candidate.interviewId);
    const { receipt, repeated } = await this.bodies.receive(request, candidate, (body) =>
      this.probes.receive(candidate, { params, sha256, body }),
    );
    if (repeated) response.status(200);
    return receipt;
  }

  @Delete()
  @Access('candidate')
  @RepliesNothing()
  remove(
    @Param({ schema: ProbeParams }) { probeId }: ProbeParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<void> {
    return this.probes.remove(candidate, probeId);
  }
}
