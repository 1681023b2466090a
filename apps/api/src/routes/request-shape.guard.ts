import { AppError } from '@fairtake/server-kit';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { hasBody, mediaTypeOf } from './json-body';
import { routeMetadata } from './route-declarations';

/**
 * A body is JSON, except where a route takes bytes (forms of other sites cannot send either unasked), and only routes
 * that read one may be sent one.
 */
@Injectable()
export class RequestShapeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (!hasBody(request)) return true;
    const takesBytes = this.reflector.get<boolean>(routeMetadata.takesBytes, context.getHandler()) === true;
    if (mediaTypeOf(request) !== (takesBytes ? 'application/octet-stream' : 'application/json'))
      throw new AppError('media_type_unsupported');
    // Clients that always send JSON send {} where there is nothing to say.
    if (!takesBytes && !readsBody(context) && !isEmptyObject(request.body))
      throw new AppError('body_invalid', { errors: [{ pointer: '', detail: 'this request takes no body' }] });
    return true;
  }
}

const readsBody = (context: ExecutionContext): boolean => {
  const args = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    Record<string, unknown> | undefined;
  return Object.keys(args ?? {}).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
};

const isEmptyObject = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length === 0;
