import { Id, ListQuery, PositionDraft, PositionList, PositionView, type Role } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import { Body, Controller, Get, Headers, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import * as z from 'zod';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentMember, type MemberActor } from '../security/actors';
import { PositionsService } from './positions.service';

const recruiting: readonly Role[] = ['admin', 'recruiter'];
const PositionParams = z.strictObject({ positionId: Id });
type PositionParams = z.infer<typeof PositionParams>;

@Controller('api/v1/positions')
export class PositionsController {
  constructor(private readonly positions: PositionsService) {}

  @Get()
  @Access({ staff: recruiting })
  @Reply(PositionList)
  list(
    @Query({ schema: ListQuery }) query: ListQuery,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionList> {
    return this.positions.list(member, query);
  }

  @Post()
  @Access({ staff: recruiting })
  @Reply(PositionView, { status: 201 })
  create(
    @Body({ schema: PositionDraft }) draft: PositionDraft,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionView> {
    return this.positions.create(member, draft);
  }

  @Get(':positionId')
  @Access({ staff: recruiting })
  @Reply(PositionView)
  async show(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @CurrentMember() member: MemberActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PositionView> {
    const position = await this.positions.show(member, positionId);
    response.setHeader('ETag', `"${position.version}"`);
    return position;
  }

  @Put(':positionId')
  @Access({ staff: recruiting })
  @Reply(PositionView)
  save(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: PositionDraft }) draft: PositionDraft,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionView> {
    return this.positions.save(member, positionId, versionOf(ifMatch), draft);
  }

  @Post(':positionId/publish')
  @Access({ staff: recruiting })
  @Reply(PositionView)
  publish(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionView> {
    return this.positions.publish(member, positionId);
  }

  @Post(':positionId/close')
  @Access({ staff: recruiting })
  @Reply(PositionView)
  close(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionView> {
    return this.positions.changeState(member, positionId, 'closed');
  }

  @Post(':positionId/reopen')
  @Access({ staff: recruiting })
  @Reply(PositionView)
  reopen(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @CurrentMember() member: MemberActor,
  ): Promise<PositionView> {
    return this.positions.changeState(member, positionId, 'open');
  }
}

/** `If-Match: "7"`. A missing condition is told apart from a wrong one (RFC 6585). */
function versionOf(ifMatch: string | undefined): number {
  if (ifMatch === undefined) throw new AppError('edit_condition_missing');
  const match = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim());
  if (!match) throw new AppError('edit_conflict');
  return Number(match[1]);
}
