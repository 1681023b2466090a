import { AppError } from '@fairtake/server-kit';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { mergeMap, type Observable } from 'rxjs';
import { routeMetadata, type RouteReply } from './route-declarations';

/** Sends only what the route's reply schema names. Anything else is our defect: logged, answered with 500. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = this.reflector.get<RouteReply | undefined>(routeMetadata.reply, context.getHandler());
    if (reply?.kind !== 'json') return next.handle();
    return next.handle().pipe(
      mergeMap(async (value) => {
        const result = await reply.schema.safeParseAsync(value);
        if (result.success) return result.data;
        const places = result.error.issues.map((issue) => `/${issue.path.join('/')} ${issue.code}`);
        throw new AppError('internal', {
          cause: new Error(`The reply differs from its schema: ${places.join(', ')}`),
        });
      }),
    );
  }
}
