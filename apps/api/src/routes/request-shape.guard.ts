import { AppError } from '@fairtake/server-kit';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { hasBody, mediaTypeOf } from './json-body';
import { routeMetadata } from './route-declarations';

/** JSON is the only body type except where a route takes bytes: forms of other sites cannot send it unasked. */
@Injectable()
export class RequestShapeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const takesBytes = this.reflector.get<boolean>(routeMetadata.takesBytes, context.getHandler()) === true;
    if (!hasBody(request)) return true;
    if (mediaTypeOf(request) !== (takesBytes ? 'application/octet-stream' : 'application/json'))
      throw new AppError('media_type_unsupported');
    return true;
  }
}
