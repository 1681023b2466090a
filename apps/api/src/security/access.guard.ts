import { AppError } from '@fairtake/server-kit';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { routeMetadata, type RouteAccess } from '../routes/route-declarations';
import { setCandidate, setMember } from './actors';
import { CandidateSessions } from './candidate-sessions';
import { Cookies } from './cookies';
import { StaffSessions } from './staff-sessions';

/** Lets in whom the route's @Access names, and nobody when it names none. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly cookies: Cookies,
    private readonly staff: StaffSessions,
    private readonly candidates: CandidateSessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const access = this.reflector.get<RouteAccess | undefined>(routeMetadata.access, context.getHandler());
    if (access === 'anonymous') return true;
    if (access === 'candidate') await this.admitCandidate(request);
    else if (access) await this.admitMember(request, access.staff);
    else throw new AppError('internal', { cause: new Error('the route declares no access') });
    return true;
  }

  private async admitMember(request: Request, roles: readonly string[]): Promise<void> {
    const identity = await this.staff.find(this.cookies.readSession(request));
    if (!identity) throw new AppError('signed_out');
    if (!roles.includes(identity.role)) throw new AppError('role_required');
    const { memberId, accountId, organisationId, role, sessionId } = identity;
    setMember(request, { memberId, accountId, organisationId, role, sessionId });
  }

  private async admitCandidate(request: Request): Promise<void> {
    const interviewId = String(request.params.interviewId).toLowerCase();
    const identity = await this.candidates.find(this.cookies.readCandidate(request, interviewId));
    if (!identity) throw new AppError('signed_out');
    if (identity.interviewId !== interviewId) throw new AppError('not_found');
    const { organisationId, sessionId } = identity;
    setCandidate(request, { interviewId, organisationId, sessionId });
  }
}
