import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Data, errors and media render nothing and load nothing. Pages set a policy of their own. */
export const closedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** The candidate's service worker reads our own files and nothing else; its policy comes with its script. */
export const serviceWorkerPolicy = "default-src 'none'; connect-src 'self'";

/**
 * Policy of our pages. Scripts are files of ours, never inline. Mantine writes <style> elements and carries the nonce;
 * players and recorders need blob: for media, previews and workers.
 *
 * @param styleNonce of this reply; without it no <style> element is accepted (candidate page)
 */
export const pagePolicy = (styleNonce?: string): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    styleNonce ? `style-src 'self' 'nonce-${styleNonce}'` : "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

const permissions = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'geolocation=()',
  'payment=()',
  'usb=()',
].join(', ');

/** Headers of every reply. HSTS only where the installation is reached over HTTPS. */
export function securityHeaders(publicUrl: string): RequestHandler {
  const fixed = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 15_552_000 } : false,
    xFrameOptions: { action: 'deny' },
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    response.setHeader('Content-Security-Policy', closedPolicy);
    response.setHeader('Permissions-Policy', permissions);
    response.setHeader('X-Robots-Tag', 'noindex, nofollow');
    response.setHeader('Cache-Control', 'no-store');
    fixed(request, response, next);
  };
}
