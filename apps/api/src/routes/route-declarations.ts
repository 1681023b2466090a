import type { Role } from '@fairtake/contracts';
import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type * as z from 'zod';

/** Who may call a route: nobody in particular, members with one of the roles, or the interview's own candidate. */
export type RouteAccess = 'anonymous' | 'candidate' | { readonly staff: readonly Role[] };

/** What a route answers when it succeeds. Bytes are written by the handler itself. */
export type RouteReply =
  | { readonly kind: 'json'; readonly status: number; readonly schema: z.ZodType }
  | { readonly kind: 'nothing'; readonly status: 204 }
  | { readonly kind: 'bytes'; readonly status: number; readonly types: readonly string[] };

export const routeMetadata = {
  access: 'fairtake:access',
  reply: 'fairtake:reply',
  takesBytes: 'fairtake:takes-bytes',
} as const;

export const everyRole: readonly Role[] = ['admin', 'recruiter', 'reviewer'];

/** Required on every route. `{ staff: [...] }` names the roles; a candidate route has `:interviewId` in its path. */
export const Access = (access: RouteAccess): MethodDecorator => SetMetadata(routeMetadata.access, access);

/** The route answers JSON of this schema. A reply with other fields is a defect and becomes a 500, not a leak. */
export const Reply = (schema: z.ZodType, { status = 200 }: { status?: number } = {}): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    SetMetadata(routeMetadata.reply, { kind: 'json', status, schema } satisfies RouteReply),
    ApiResponse({ status, standardSchema: schema, description: 'Success' }),
  );

/** The route answers 204 without a body. */
export const RepliesNothing = (): MethodDecorator =>
  applyDecorators(
    HttpCode(204),
    SetMetadata(routeMetadata.reply, { kind: 'nothing', status: 204 } satisfies RouteReply),
    ApiResponse({ status: 204, description: 'Success, no content' }),
  );

/** The handler takes `@Res()` and writes bytes or text of these types itself. */
export const RepliesBytes = (types: readonly string[], { status = 200 } = {}): MethodDecorator =>
  applyDecorators(
    SetMetadata(routeMetadata.reply, { kind: 'bytes', status, types } satisfies RouteReply),
    ApiResponse({
      status,
      description: 'Success',
      content: Object.fromEntries(
        types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
      ),
    }),
  );

/** The route reads `application/octet-stream` from the request itself; every other route takes JSON or nothing. */
export const TakesBytes = (): MethodDecorator => SetMetadata(routeMetadata.takesBytes, true);
