import { ChangeMember, Id, InviteMember, MemberLink, MemberList, MemberView } from '@fairtake/contracts';
import { Body, Controller, Get, Param, Patch, Post } from '@nestjs/common';
import * as z from 'zod';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentMember, type MemberActor } from '../security/actors';
import { MembersService } from './members.service';

const MemberParams = z.strictObject({ memberId: Id });
type MemberParams = z.infer<typeof MemberParams>;

@Controller('api/v1/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  @Access({ staff: ['admin', 'recruiter'] })
  @Reply(MemberList)
  list(@CurrentMember() actor: MemberActor): Promise<z.infer<typeof MemberList>> {
    return this.members.list(actor);
  }

  @Post()
  @Access({ staff: ['admin'] })
  @Reply(MemberLink, { status: 201 })
  invite(
    @CurrentMember() actor: MemberActor,
    @Body({ schema: InviteMember }) body: z.infer<typeof InviteMember>,
  ): Promise<MemberLink> {
    return this.members.invite(actor, body);
  }

  @Patch(':memberId')
  @Access({ staff: ['admin'] })
  @Reply(MemberView)
  change(
    @CurrentMember() actor: MemberActor,
    @Param({ schema: MemberParams }) { memberId }: MemberParams,
    @Body({ schema: ChangeMember }) body: z.infer<typeof ChangeMember>,
  ): Promise<MemberView> {
    return this.members.change(actor, memberId, body);
  }

  @Post(':memberId/link')
  @Access({ staff: ['admin'] })
  @Reply(MemberLink)
  renewLink(
    @CurrentMember() actor: MemberActor,
    @Param({ schema: MemberParams }) { memberId }: MemberParams,
  ): Promise<MemberLink> {
    return this.members.renewLink(actor, memberId);
  }
}
