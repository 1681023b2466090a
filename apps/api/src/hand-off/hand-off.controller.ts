import {
  CandidateParams,
  HandOffCode,
  HoldInterview,
  InterviewDevices,
  OpenedInvitation,
  OpenHandOff,
} from '@fairtake/contracts';
import { Body, Controller, Get, Ip, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { candidateSessionMs } from '../candidate/candidate-session.service';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentCandidate, type CandidateActor } from '../security/actors';
import { Cookies } from '../security/cookies';
import { DevicesService } from './devices.service';
import { HandOffService } from './hand-off.service';

@Controller('api/v1/candidate/hand-off-session')
export class HandOffSessionController {
  constructor(
    private readonly handOff: HandOffService,
    private readonly cookies: Cookies,
  ) {}

  @Post()
  @Access('anonymous')
  @Reply(OpenedInvitation)
  async open(
    @Body({ schema: OpenHandOff }) request: OpenHandOff,
    @Ip() address: string,
    @Req() http: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpenedInvitation> {
    const from = { address, userAgent: http.get('user-agent') ?? '' };
    const { interviewId, sessionToken } = await this.handOff.open(request, from);
    this.cookies.writeCandidate(response, interviewId, sessionToken, candidateSessionMs);
    return { interviewId };
  }
}

@Controller('api/v1/candidate/interviews/:interviewId')
export class DevicesController {
  constructor(
    private readonly handOff: HandOffService,
    private readonly devices: DevicesService,
  ) {}

  @Post('hand-off-codes')
  @Access('candidate')
  @Reply(HandOffCode, { status: 201 })
  createCode(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<HandOffCode> {
    return this.handOff.create(candidate);
  }

  @Get('devices')
  @Access('candidate')
  @Reply(InterviewDevices)
  show(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<InterviewDevices> {
    return this.devices.show(candidate);
  }

  @Put('device')
  @Access('candidate')
  @Reply(InterviewDevices)
  hold(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @Body({ schema: HoldInterview }) request: HoldInterview,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<InterviewDevices> {
    return this.devices.hold(candidate, request);
  }
}
