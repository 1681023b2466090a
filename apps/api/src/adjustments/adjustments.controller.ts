import {
  AdjustmentChoice,
  CandidateInterview,
  CandidateParams,
  DecideAdjustment,
  Id,
  InterviewPerson,
  SetDeadline,
  type Role,
} from '@fairtake/contracts';
import { Body, Controller, Get, Param, Post, Put } from '@nestjs/common';
import * as z from 'zod';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentCandidate, CurrentMember, type CandidateActor, type MemberActor } from '../security/actors';
import { AdjustmentsService } from './adjustments.service';
import { PersonService } from './person.service';

const recruiting: readonly Role[] = ['admin', 'recruiter'];
const InterviewParams = z.strictObject({ interviewId: Id });
type InterviewParams = z.infer<typeof InterviewParams>;
const RequestParams = InterviewParams.extend({ requestId: Id });
type RequestParams = z.infer<typeof RequestParams>;

@Controller('api/v1/candidate/interviews/:interviewId/adjustments')
export class CandidateAdjustmentsController {
  constructor(private readonly adjustments: AdjustmentsService) {}

  @Post()
  @Access('candidate')
  @Reply(CandidateInterview)
  choose(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @Body({ schema: AdjustmentChoice }) choice: AdjustmentChoice,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<CandidateInterview> {
    return this.adjustments.choose(candidate, choice);
  }
}

/** What recruiters see and decide of one person's time and adjustments. Reviewers have no way here. */
@Controller('api/v1/interviews/:interviewId')
export class PersonController {
  constructor(
    private readonly person: PersonService,
    private readonly adjustments: AdjustmentsService,
  ) {}

  @Get('person')
  @Access({ staff: recruiting })
  @Reply(InterviewPerson)
  show(
    @Param({ schema: InterviewParams }) { interviewId }: InterviewParams,
    @CurrentMember() member: MemberActor,
  ): Promise<InterviewPerson> {
    return this.person.show(member, interviewId);
  }

  @Put('deadline')
  @Access({ staff: recruiting })
  @Reply(InterviewPerson)
  setDeadline(
    @Param({ schema: InterviewParams }) { interviewId }: InterviewParams,
    @Body({ schema: SetDeadline }) { deadlineAt }: SetDeadline,
    @CurrentMember() member: MemberActor,
  ): Promise<InterviewPerson> {
    return this.person.setDeadline(member, interviewId, new Date(deadlineAt));
  }

  @Post('adjustment-requests/:requestId/decision')
  @Access({ staff: recruiting })
  @Reply(InterviewPerson)
  async decide(
    @Param({ schema: RequestParams }) { interviewId, requestId }: RequestParams,
    @Body({ schema: DecideAdjustment }) { granted }: DecideAdjustment,
    @CurrentMember() member: MemberActor,
  ): Promise<InterviewPerson> {
    await this.adjustments.decide(member, interviewId, requestId, granted);
    return this.person.show(member, interviewId);
  }
}
