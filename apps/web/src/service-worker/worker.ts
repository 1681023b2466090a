import { answerInTime } from './answer-in-time';
import { cacheNameOf, isUsablePage, mayTakeOver, outdatedCaches, pageIsOfBuild, routeOf } from './decisions';

/** What this script uses of a service worker: TypeScript's own library for workers excludes the one for pages. */
interface LifecycleEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends LifecycleEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface ShellWorker {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<{ url: string }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: LifecycleEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent & LifecycleEvent) => void): void;
}
const worker = self as unknown as ShellWorker;

/** Written by the build: see app-shell-plugin.ts. */
declare const __SHELL__: { build: string; entry: string; files: string[] };
const { build, entry, files } = __SHELL__;
const shell = new Set(files);
const pageUrl = '/i';
/** A weak network may take its time; a dead one must not hold up a recording that waits on this device. */
const pageTimeoutMs = 4_000;
const looks = 5;
const lookAgainMs = 1_000;

worker.addEventListener('install', (event) => event.waitUntil(keepShell()));
worker.addEventListener('activate', (event) => event.waitUntil(begin()));

worker.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, worker.location.origin, shell);
  if (route === 'shell') event.respondWith(fromShell(event.request));
  else if (route === 'page') event.respondWith(page(event.request));
});

worker.addEventListener('message', (event) => {
  const message = event.data as { name?: unknown; entry?: unknown };
  if (message.name !== 'page-started' || typeof message.entry !== 'string') return;
  event.waitUntil(takeOverIfAlone(message.entry));
});

/** All files or none: a shell with a hole would break in the middle of an interview. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(cacheNameOf(build));
  const html = await fetch(pageUrl, { cache: 'no-store' });
  // Between two deploys the page may be of another build than this script. The next visit tries again.
  if (!html.ok || !pageIsOfBuild(await html.clone().text(), entry))
    throw new Error('The page is of another build');
  await cache.put(pageUrl, html);
  await cache.addAll(files.map((file) => new Request(file, { priority: 'low' })));
}

/** Runs once no page of the build before is open any more, so nobody needs its files. */
async function begin(): Promise<void> {
  const outdated = outdatedCaches(await caches.keys(), build);
  await Promise.all(outdated.map((name) => caches.delete(name)));
  // The first visit: the page that is open loaded without a worker and can be helped from now on.
  if (outdated.length === 0) await worker.clients.claim();
}

async function takeOverIfAlone(entryOfPage: string): Promise<void> {
  // A page that was loaded again is counted twice for a moment: itself, and what it was before.
  for (let look = 0; look < looks; look++) {
    const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const paths = windows.map(({ url }) => new URL(url).pathname);
    if (mayTakeOver(entryOfPage, paths, shell)) return worker.skipWaiting();
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

async function fromShell(request: Request): Promise<Response> {
  const kept = await (await caches.open(cacheNameOf(build))).match(new URL(request.url).pathname);
  return kept ?? fetch(request);
}

async function page(request: Request): Promise<Response> {
  const kept = await (await caches.open(cacheNameOf(build))).match(pageUrl);
  if (!kept) return fetch(request);
  try {
    const answer = await answerInTime(pageTimeoutMs, (signal) => fetch(request, { signal }));
    return isUsablePage(answer.status) ? answer : kept;
  } catch {
    return kept;
  }
}
