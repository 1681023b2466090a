import {
  Board,
  BoardRow,
  CompareQuery,
  Comparison,
  Id,
  InvitationLink,
  InviteCandidate,
  ListQuery,
  Shortlisting,
  type Role,
} from '@fairtake/contracts';
import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import * as z from 'zod';
import { Access, RepliesNothing, Reply } from '../routes/route-declarations';
import { CurrentMember, type MemberActor } from '../security/actors';
import { BoardService } from './board.service';
import { CompareService } from './compare.service';
import { InvitationsService } from './invitations.service';

const recruiting: readonly Role[] = ['admin', 'recruiter'];
const PositionParams = z.strictObject({ positionId: Id });
type PositionParams = z.infer<typeof PositionParams>;
const InterviewParams = z.strictObject({ interviewId: Id });
type InterviewParams = z.infer<typeof InterviewParams>;

@Controller('api/v1/positions/:positionId')
export class PositionInterviewsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly board: BoardService,
    private readonly comparing: CompareService,
  ) {}

  @Post('invitations')
  @Access({ staff: recruiting })
  @Reply(InvitationLink, { status: 201 })
  invite(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @Body({ schema: InviteCandidate }) request: InviteCandidate,
    @CurrentMember() member: MemberActor,
  ): Promise<InvitationLink> {
    return this.invitations.invite(member, positionId, request);
  }

  @Get('interviews')
  @Access({ staff: recruiting })
  @Reply(Board)
  list(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @Query({ schema: ListQuery }) query: ListQuery,
    @CurrentMember() member: MemberActor,
  ): Promise<Board> {
    return this.board.list(member, positionId, query);
  }

  @Get('compare')
  @Access({ staff: recruiting })
  @Reply(Comparison)
  compare(
    @Param({ schema: PositionParams }) { positionId }: PositionParams,
    @Query({ schema: CompareQuery }) query: CompareQuery,
    @CurrentMember() member: MemberActor,
  ): Promise<Comparison> {
    return this.comparing.compare(member, positionId, query);
  }
}

@Controller('api/v1/interviews/:interviewId')
export class InterviewsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly board: BoardService,
  ) {}

  @Post('invitation')
  @Access({ staff: recruiting })
  @Reply(InvitationLink)
  reissue(
    @Param({ schema: InterviewParams }) { interviewId }: InterviewParams,
    @CurrentMember() member: MemberActor,
  ): Promise<InvitationLink> {
    return this.invitations.reissue(member, interviewId);
  }

  @Delete('invitation')
  @Access({ staff: recruiting })
  @RepliesNothing()
  revoke(
    @Param({ schema: InterviewParams }) { interviewId }: InterviewParams,
    @CurrentMember() member: MemberActor,
  ): Promise<void> {
    return this.invitations.revoke(member, interviewId);
  }

  @Put('shortlist')
  @Access({ staff: recruiting })
  @Reply(BoardRow)
  shortlist(
    @Param({ schema: InterviewParams }) { interviewId }: InterviewParams,
    @Body({ schema: Shortlisting }) { shortlisted }: Shortlisting,
    @CurrentMember() member: MemberActor,
  ): Promise<BoardRow> {
    return this.board.shortlist(member, interviewId, shortlisted);
  }
}
