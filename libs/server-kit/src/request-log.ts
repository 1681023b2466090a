import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from './logger';
import { inRequestContext } from './request-context';

/**
 * Gives every request an id (`X-Request-Id` of the reply, `requestId` of problems and log lines) and writes one line
 * when it ends. The line names the route's template, never the address asked for: addresses carry ids and cursors.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = randomUUID();
    const startedAt = performance.now();
    response.setHeader('X-Request-Id', requestId);
    response.once('close', () => {
      const entry = {
        requestId,
        method: request.method,
        route: routeTemplate(request),
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startedAt),
        ...(response.writableFinished ? {} : { aborted: true }),
      };
      if (response.statusCode >= 500) logger.error(entry, 'request');
      else if (quietRoutes.has(entry.route)) logger.debug(entry, 'request');
      else logger.info(entry, 'request');
    });
    inRequestContext(requestId, next);
  };
}

/** Probes ask every few seconds and say nothing new. */
const quietRoutes = new Set(['/healthz', '/readyz']);

const routeTemplate = (request: Request): string => {
  const path: unknown = (request.route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : '(unmatched)';
};
