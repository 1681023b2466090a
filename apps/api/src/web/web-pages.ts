import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pagePolicy, serviceWorkerPolicy } from '../security/security-headers';

/** Written into the staff page by the web build; replaced per reply (see apps/web/index.html). */
const noncePlaceholder = '__CSP_NONCE__';

/** Paths that belong to the API and never answer with a page. */
const isApiPath = (requestPath: string): boolean =>
  /^\/(api|media)(\/|$)/.test(requestPath) || ['/healthz', '/readyz', '/version'].includes(requestPath);

/**
 * Serves the web build: hashed files for a year, pages never from a cache. `/i` is the candidate's page, every other
 * address is the staff application, which routes in the browser.
 *
 * @param directory of the build (WEB_DIRECTORY)
 */
export function webPages(directory: string): Router {
  const root = path.resolve(directory);
  const router = Router();
  const pagesOnly = (request: Request, _response: Response, next: NextFunction): void => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    next(isRead && !isApiPath(request.path) ? undefined : 'router');
  };
  router.use(pagesOnly);
  router.use(
    '/assets',
    express.static(path.join(root, 'assets'), {
      index: false,
      redirect: false,
      cacheControl: false,
      setHeaders: (response) => {
        response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        response.removeHeader('Content-Security-Policy');
      },
    }),
    (_request: Request, response: Response) => void response.status(404).type('text').send('Not found\n'),
  );
  const files = express.static(root, {
    ...{ index: false, redirect: false, dotfiles: 'ignore', cacheControl: false },
    setHeaders: (response: Response, file: string) => {
      if (path.basename(file) === 'sw.js') {
        // Browsers look for a new build under the old name; a kept copy would hold back every deploy.
        response.setHeader('Cache-Control', 'no-cache');
        response.setHeader('Content-Security-Policy', serviceWorkerPolicy);
      } else response.setHeader('Cache-Control', 'public, max-age=3600');
    },
  });
  // Pages go through sendPage, also by their file name: they need their policy and nonce.
  router.use((request, response, next) =>
    request.path.endsWith('.html') ? next() : files(request, response, next),
  );
  router.use((request: Request, response: Response, next: NextFunction) => {
    sendPage(root, request.path, response).catch(next);
  });
  return router;
}

async function sendPage(root: string, requestPath: string, response: Response): Promise<void> {
  const isCandidate = /^\/i(\/|$)/.test(requestPath);
  const html = await readPage(path.join(root, isCandidate ? 'candidate.html' : 'index.html'));
  if (html === null) {
    response.status(503).type('text').send(missingBuild);
    return;
  }
  const nonce = isCandidate ? undefined : randomBytes(16).toString('base64');
  response.setHeader('Content-Security-Policy', pagePolicy(nonce));
  response.type('html').send(nonce ? html.replaceAll(noncePlaceholder, nonce) : html);
}

const readPage = async (file: string): Promise<string | null> => {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const missingBuild = `The pages of this installation are not built.
Run "npm run build" or set WEB_DIRECTORY to the folder with index.html and candidate.html.
`;
