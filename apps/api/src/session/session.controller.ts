import { SessionView, SignIn, SwitchOrganisation } from '@fairtake/contracts';
import { Body, Controller, Delete, Get, Post, Put, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type * as z from 'zod';
import { Access, everyRole, RepliesNothing, Reply } from '../routes/route-declarations';
import { Cookies } from '../security/cookies';
import { SessionService, type OpenedSession } from './session.service';
import { sessionAbsoluteMs } from '../security/staff-sessions';

/** The signed-in member's own session. */
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly cookies: Cookies,
  ) {}

  @Post()
  @Access('anonymous')
  @Reply(SessionView)
  async signIn(
    @Body({ schema: SignIn }) body: SignIn,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const previousToken = this.cookies.readSession(request);
    return this.remember(response, await this.sessions.signIn(body, request.ip ?? '', previousToken));
  }

  @Get()
  @Access({ staff: everyRole })
  @Reply(SessionView)
  show(@Req() request: Request): Promise<SessionView> {
    return this.sessions.show(this.cookies.readSession(request));
  }

  @Put('organisation')
  @Access({ staff: everyRole })
  @Reply(SessionView)
  async switchOrganisation(
    @Body({ schema: SwitchOrganisation }) body: z.infer<typeof SwitchOrganisation>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const token = this.cookies.readSession(request);
    return this.remember(response, await this.sessions.switchTo(body.organisationId, token));
  }

  @Delete()
  @Access({ staff: everyRole })
  @RepliesNothing()
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.end(this.cookies.readSession(request));
    this.cookies.clearSession(response);
  }

  private remember(response: Response, { token, view }: OpenedSession): SessionView {
    this.cookies.writeSession(response, token, sessionAbsoluteMs);
    return view;
  }
}
