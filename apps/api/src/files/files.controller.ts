import {
  CandidateParams,
  ChunkParams,
  FileStatus,
  FinishFile,
  Id,
  OpenFile,
  PieceReceipt,
} from '@fairtake/contracts';
import { Body, Controller, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access, Reply, TakesBytes } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { chunkDigest } from '../takes/chunk-body';
import { ChunkPace } from '../takes/chunk-pace';
import { BodyTurns } from '../turns/body-turns';
import { WorkTurns } from '../turns/work-turns';
import { FileFinishingService } from './file-finishing.service';
import { FilesService } from './files.service';

const FileParams = CandidateParams.extend({ fileId: Id });
type FileParams = { interviewId: string; fileId: string };
const PieceParams = FileParams.extend({ index: ChunkParams.shape.index });
type PieceParams = FileParams & { index: number };

@Controller('api/v1/candidate/interviews/:interviewId/files/:fileId')
export class FilesController {
  constructor(
    private readonly files: FilesService,
    private readonly finishing: FileFinishingService,
    private readonly pace: ChunkPace,
    private readonly bodies: BodyTurns,
    private readonly works: WorkTurns,
  ) {}

  @Put()
  @Access('candidate')
  @Reply(FileStatus)
  open(
    @Param({ schema: FileParams }) { fileId }: FileParams,
    @Body({ schema: OpenFile }) request: OpenFile,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<FileStatus> {
    return this.files.open(candidate, fileId, request);
  }

  @Put('pieces/:index')
  @Access('candidate')
  @TakesBytes()
  @Reply(PieceReceipt, { status: 201 })
  async putPiece(
    @Param({ schema: PieceParams }) { fileId, index }: PieceParams,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<PieceReceipt> {
    const sha256 = chunkDigest(request);
    this.pace.admit(candidate.interviewId);
    const { receipt, repeated } = await this.bodies.receive(request, candidate, (body) =>
      this.files.receive(candidate, { fileId, index, sha256, body }),
    );
    if (repeated) response.status(200);
    return receipt;
  }

  @Post('finish')
  @Access('candidate')
  @Reply(FileStatus)
  finish(
    @Param({ schema: FileParams }) { fileId }: FileParams,
    @Body({ schema: FinishFile }) { sha256 }: FinishFile,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<FileStatus> {
    return this.works.once(candidate, `finish ${fileId} ${sha256}`, () =>
      this.finishing.finish(candidate, fileId, sha256),
    );
  }
}
