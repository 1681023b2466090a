import { AppError } from '@fairtake/server-kit';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What decides whether a request that may change something comes from our own pages. */
export interface RequestOrigin {
  secFetchSite: string | undefined;
  origin: string | undefined;
  referer: string | undefined;
  host: string | undefined;
}

/**
 * True when the browser says the request is same-origin. Without Fetch Metadata (old browsers, and newer ones on plain
 * http) the Origin, or else the Referer, must be ours; a request with neither is refused.
 */
export function isSameOrigin(request: RequestOrigin, publicUrl: string): boolean {
  if (request.secFetchSite === 'same-origin') return true;
  if (request.secFetchSite === 'none') return isOurs(request.origin, request.host, publicUrl);
  if (request.secFetchSite !== undefined) return false;
  return isOurs(request.origin ?? request.referer, request.host, publicUrl);
}

const isOurs = (source: string | undefined, host: string | undefined, publicUrl: string): boolean => {
  if (source === undefined || !URL.canParse(source)) return false;
  const url = new URL(source);
  // A proxy may end TLS in front of us, so our own scheme is unknown and the host decides.
  return url.origin === new URL(publicUrl).origin || (host !== undefined && url.host === host);
};

/** Refuses unsafe requests of other sites before their body is read. */
export function requireSameOrigin(publicUrl: string): RequestHandler {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const { origin, referer, host } = request.headers;
    const secFetchSite = request.get('sec-fetch-site');
    if (safeMethods.has(request.method) || isSameOrigin({ secFetchSite, origin, referer, host }, publicUrl))
      next();
    else next(new AppError('cross_site'));
  };
}
