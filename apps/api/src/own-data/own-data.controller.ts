import {
  CandidateParams,
  ChunkParams,
  Id,
  InterviewProgress,
  LocaleTag,
  OwnData,
  OwnTakeMedia,
  WithdrawInterview,
} from '@fairtake/contracts';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import * as z from 'zod';
import { ObjectSender } from '../media/object-sender';
import { Access, RepliesBytes, RepliesNothing, Reply } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { OwnDataService } from './own-data.service';
import { OwnMediaService } from './own-media.service';

const TakeParams = CandidateParams.extend({ takeId: Id });
type TakeParams = z.infer<typeof TakeParams>;
const SegmentParams = TakeParams.extend({ segment: ChunkParams.shape.segment });
type SegmentParams = z.infer<typeof SegmentParams>;
const CalendarQuery = z.strictObject({ locale: LocaleTag });
type CalendarQuery = z.infer<typeof CalendarQuery>;
const SegmentQuery = z.strictObject({ download: z.literal('1').optional() });
type SegmentQuery = z.infer<typeof SegmentQuery>;

@Controller('api/v1/candidate/interviews/:interviewId')
export class OwnDataController {
  constructor(
    private readonly data: OwnDataService,
    private readonly media: OwnMediaService,
  ) {}

  @Get('my-data')
  @Access('candidate')
  @Reply(OwnData)
  show(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<OwnData> {
    return this.data.show(candidate);
  }

  @Get('progress')
  @Access('candidate')
  @Reply(InterviewProgress)
  progress(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<InterviewProgress> {
    return this.data.progress(candidate);
  }

  @Get('deadline.ics')
  @Access('candidate')
  @RepliesBytes(['text/calendar'])
  async calendar(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @Query({ schema: CalendarQuery }) { locale }: CalendarQuery,
    @CurrentCandidate() candidate: CandidateActor,
    @Res() response: Response,
  ): Promise<void> {
    const text = await this.data.calendar(candidate, locale);
    response
      .set({
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'attachment; filename="interview.ics"',
      })
      .send(text);
  }

  @Post('withdraw')
  @Access('candidate')
  @RepliesNothing()
  withdraw(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @Body({ schema: WithdrawInterview }) _confirmed: WithdrawInterview,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<void> {
    return this.data.withdraw(candidate);
  }

  @Get('takes/:takeId/media')
  @Access('candidate')
  @Reply(OwnTakeMedia)
  describe(
    @Param({ schema: TakeParams }) { takeId }: TakeParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<OwnTakeMedia> {
    return this.media.describe(candidate, takeId);
  }
}

@Controller('media/own/:interviewId/takes/:takeId')
export class OwnMediaController {
  constructor(
    private readonly media: OwnMediaService,
    private readonly sender: ObjectSender,
  ) {}

  @Get('segments/:segment')
  @Access('candidate')
  @RepliesBytes(['video/mp4', 'video/webm'])
  async segment(
    @Param({ schema: SegmentParams }) { takeId, segment }: SegmentParams,
    @Query({ schema: SegmentQuery }) { download }: SegmentQuery,
    @CurrentCandidate() candidate: CandidateActor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.media.segment(candidate, takeId, segment, download === '1');
    await this.sender.sendFrom(found, (range) => this.media.open(found, range), request, response);
  }
}
