import {
  AskForTime,
  CandidateParams,
  DecideTimeRequest,
  Id,
  InterviewPerson,
  TimeRequestView,
} from '@fairtake/contracts';
import { Body, Controller, Ip, Param, Post } from '@nestjs/common';
import * as z from 'zod';
import { PersonService } from '../adjustments/person.service';
import { Access, Reply } from '../routes/route-declarations';
import { CurrentCandidate, CurrentMember, type CandidateActor, type MemberActor } from '../security/actors';
import { TimeRequestsService } from './time-requests.service';

const RequestParams = z.strictObject({ interviewId: Id, requestId: Id });
type RequestParams = z.infer<typeof RequestParams>;

@Controller('api/v1/candidate')
export class CandidateTimeRequestsController {
  constructor(private readonly timeRequests: TimeRequestsService) {}

  @Post('time-requests')
  @Access('anonymous')
  @Reply(TimeRequestView)
  askByLink(
    @Body({ schema: AskForTime }) { token }: AskForTime,
    @Ip() address: string,
  ): Promise<TimeRequestView> {
    return this.timeRequests.askByLink(token, address);
  }

  @Post('interviews/:interviewId/time-requests')
  @Access('candidate')
  @Reply(TimeRequestView)
  ask(
    @Param({ schema: CandidateParams }) _params: CandidateParams,
    @CurrentCandidate() candidate: CandidateActor,
  ): Promise<TimeRequestView> {
    return this.timeRequests.ask(candidate);
  }
}

@Controller('api/v1/interviews/:interviewId/time-requests/:requestId')
export class TimeRequestsController {
  constructor(
    private readonly timeRequests: TimeRequestsService,
    private readonly person: PersonService,
  ) {}

  @Post('decision')
  @Access({ staff: ['admin', 'recruiter'] })
  @Reply(InterviewPerson)
  async decide(
    @Param({ schema: RequestParams }) { interviewId, requestId }: RequestParams,
    @Body({ schema: DecideTimeRequest }) { until }: DecideTimeRequest,
    @CurrentMember() member: MemberActor,
  ): Promise<InterviewPerson> {
    await this.timeRequests.decide(member, interviewId, requestId, until ? new Date(until) : null);
    return this.person.show(member, interviewId);
  }
}
