import type { Role } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** The signed-in member, as the database knew them when this request began. */
export interface MemberActor {
  readonly memberId: string;
  readonly accountId: string;
  readonly organisationId: string;
  readonly role: Role;
  readonly sessionId: string;
}

/** The candidate of one interview. */
export interface CandidateActor {
  readonly interviewId: string;
  readonly organisationId: string;
  readonly sessionId: string;
}

const members = new WeakMap<Request, MemberActor>();
const candidates = new WeakMap<Request, CandidateActor>();

export const setMember = (request: Request, member: MemberActor): void => void members.set(request, member);
export const setCandidate = (request: Request, candidate: CandidateActor): void =>
  void candidates.set(request, candidate);

/** Parameter of a staff route: `@CurrentMember() member: MemberActor`. */
export const CurrentMember = createParamDecorator((_: unknown, context: ExecutionContext): MemberActor =>
  known(members.get(context.switchToHttp().getRequest<Request>())),
);

/** Parameter of a candidate route: `@CurrentCandidate() candidate: CandidateActor`. */
export const CurrentCandidate = createParamDecorator(
  (_: unknown, context: ExecutionContext): CandidateActor =>
    known(candidates.get(context.switchToHttp().getRequest<Request>())),
);

/** An actor is missing only when a handler asks for one its route's @Access does not let in. */
const known = <Actor>(actor: Actor | undefined): Actor => {
  if (actor === undefined)
    throw new AppError('internal', { cause: new Error('the route lets in no such actor') });
  return actor;
};
