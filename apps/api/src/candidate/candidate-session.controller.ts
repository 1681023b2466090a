import { OpenedInvitation, OpenInvitation } from '@fairtake/contracts';
import { Body, Controller, Ip, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access, Reply } from '../routes/route-declarations';
import { Cookies } from '../security/cookies';
import { candidateSessionMs, CandidateSessionService } from './candidate-session.service';

@Controller('api/v1/candidate/session')
export class CandidateSessionController {
  constructor(
    private readonly sessions: CandidateSessionService,
    private readonly cookies: Cookies,
  ) {}

  @Post()
  @Access('anonymous')
  @Reply(OpenedInvitation)
  async open(
    @Body({ schema: OpenInvitation }) { token }: OpenInvitation,
    @Ip() address: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OpenedInvitation> {
    const { interviewId, sessionToken } = await this.sessions.open(token, {
      address,
      userAgent: request.get('user-agent') ?? '',
      // The link again in the browser that opened it before: it stays the same device.
      present: (id) => this.cookies.readCandidate(request, id),
    });
    this.cookies.writeCandidate(response, interviewId, sessionToken, candidateSessionMs);
    return { interviewId };
  }
}
