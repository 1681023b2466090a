/** Everything the service worker decides, without a browser. Imported by the worker's script and by nothing else. */

const cachePrefix = 'fairtake-shell-';

export const cacheNameOf = (build: string): string => `${cachePrefix}${build}`;

/** Caches of other builds; ours alone, whoever else stores under this origin. */
export const outdatedCaches = (names: readonly string[], build: string): string[] =>
  names.filter((name) => name.startsWith(cachePrefix) && name !== cacheNameOf(build));

export const isCandidatePath = (pathname: string): boolean => /^\/i(\/|$)/.test(pathname);

/** A part of a request that matters here. */
export interface AskedFor {
  method: string;
  /** As in `Request.mode`. */
  mode: string;
  url: string;
}

/**
 * - `shell`: a file of this build: from the cache, it can never change under its name.
 * - `page`: the candidate's page: from the network while there is one, otherwise as it was kept.
 * - `leave`: everything else, above all the API, media and files of other builds.
 */
export function routeOf(
  { method, mode, url }: AskedFor,
  origin: string,
  shell: ReadonlySet<string>,
): 'shell' | 'page' | 'leave' {
  const { origin: asked, pathname } = new URL(url);
  if (method !== 'GET' || asked !== origin) return 'leave';
  if (mode === 'navigate') return isCandidatePath(pathname) ? 'page' : 'leave';
  return shell.has(pathname) ? 'shell' : 'leave';
}

/** Whether a navigation's answer is good enough to show; a server that is down or starting is not. */
export const isUsablePage = (status: number): boolean => status < 500;

/** Whether a page belongs to this build: its entry is one of the files. Also keeps a page of another build out. */
export const pageIsOfBuild = (html: string, entry: string): boolean => html.includes(entry);

/**
 * Whether a waiting worker may take over at once: the page that asks is of its build, and no other page of ours is
 * open that would still need the files of the build before.
 *
 * @param openPaths paths of every open window of this origin
 */
export const mayTakeOver = (
  entryOfPage: string,
  openPaths: readonly string[],
  shell: ReadonlySet<string>,
): boolean => shell.has(entryOfPage) && openPaths.filter(isCandidatePath).length <= 1;
