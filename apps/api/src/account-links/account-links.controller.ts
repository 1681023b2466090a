import {
  AcceptAccountLink,
  AccountLinkView,
  OpenAccountLink,
  SessionView,
  SetUpInstallation,
} from '@fairtake/contracts';
import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type * as z from 'zod';
import { Access, Reply } from '../routes/route-declarations';
import { Cookies } from '../security/cookies';
import { sessionAbsoluteMs } from '../security/staff-sessions';
import type { OpenedSession } from '../session/session.service';
import { AccountLinksService } from './account-links.service';

/** Links are opened by POST: the token travels in the fragment and the body, never in an address that gets logged. */
@Controller('api/v1/account-links')
export class AccountLinksController {
  constructor(
    private readonly links: AccountLinksService,
    private readonly cookies: Cookies,
  ) {}

  @Post('open')
  @Access('anonymous')
  @Reply(AccountLinkView)
  open(
    @Body({ schema: OpenAccountLink }) body: z.infer<typeof OpenAccountLink>,
    @Req() request: Request,
  ): Promise<AccountLinkView> {
    return this.links.open(body.token, request.ip ?? '');
  }

  @Post('accept')
  @Access('anonymous')
  @Reply(SessionView)
  async accept(
    @Body({ schema: AcceptAccountLink }) body: z.infer<typeof AcceptAccountLink>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const previousToken = this.cookies.readSession(request);
    return this.remember(response, await this.links.accept(body, request.ip ?? '', previousToken));
  }

  @Post('set-up')
  @Access('anonymous')
  @Reply(SessionView)
  async setUp(
    @Body({ schema: SetUpInstallation }) body: z.infer<typeof SetUpInstallation>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const previousToken = this.cookies.readSession(request);
    return this.remember(response, await this.links.setUp(body, request.ip ?? '', previousToken));
  }

  private remember(response: Response, { token, view }: OpenedSession): SessionView {
    this.cookies.writeSession(response, token, sessionAbsoluteMs);
    return view;
  }
}
