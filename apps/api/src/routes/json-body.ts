import { limits } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { isUtf8 } from 'node:buffer';

/** No form of ours nests deeper than 8; a parser or a schema should never see thousands of levels. */
const nestingMax = 32;

/** The media type of a request without its parameters, lower case; '' when there is none. */
export const mediaTypeOf = (request: Request): string =>
  (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();

/** Whether the request announces a body with at least one byte. */
export const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Parses `application/json` bodies and refuses those no client of ours can mean. Other types stay unread. */
export function jsonBody(): RequestHandler {
  const parse = express.json({
    limit: limits.jsonMaxBytes,
    inflate: false,
    type: (request) => mediaTypeOf(request as Request) === 'application/json',
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes) || bytes.subarray(0, 3).equals(byteOrderMark)) throw notJson();
    },
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    parse(request, response, (error?: unknown) => {
      if (error !== undefined) next(error);
      else if (isHostile(request.body)) next(new AppError('body_invalid', { errors: hostileShape }));
      else next();
    });
  };
}

/** Body-parser overwrites the status of whatever `verify` throws; by `type` the problem filter knows it all the same. */
const notJson = (): Error => Object.assign(new Error('not plain UTF-8'), { type: 'entity.parse.failed' });
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const hostileShape = [{ pointer: '', detail: 'is nested too deeply or has a forbidden key' }];

/** Walks without recursion: the depth is the sender's choice. */
const isHostile = (body: unknown): boolean => {
  const open: { value: unknown; depth: number }[] = [{ value: body, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > nestingMax || Object.hasOwn(value, '__proto__')) return true;
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 });
  }
  return false;
};
