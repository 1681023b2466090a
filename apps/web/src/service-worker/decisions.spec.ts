import { isUsablePage, mayTakeOver, outdatedCaches, pageIsOfBuild, routeOf } from './decisions';

const origin = 'https://jobs.example';
const shell = new Set(['/assets/candidate-a1.js', '/assets/question-a1.js']);

describe('what a request gets', () => {
  it.each([
    ['GET', 'cors', '/assets/question-a1.js', 'shell'],
    // A file of another build is never answered from this one.
    ['GET', 'cors', '/assets/question-b2.js', 'leave'],
    ['GET', 'navigate', '/i', 'page'],
    ['GET', 'navigate', '/i/0190a3c4-7e1f-7a00-8000-000000000001/q/2', 'page'],
    ['GET', 'navigate', '/i/x?lang=zh', 'page'],
    ['GET', 'navigate', '/invitations', 'leave'],
    ['GET', 'navigate', '/', 'leave'],
    ['GET', 'cors', '/api/v1/candidate/interviews/1', 'leave'],
    ['GET', 'cors', '/media/1/playlist.m3u8', 'leave'],
    ['GET', 'navigate', '/api/docs', 'leave'],
    ['PUT', 'cors', '/assets/question-a1.js', 'leave'],
  ])('%s (%s) %s: %s', (method, mode, path, route) => {
    expect(routeOf({ method, mode, url: origin + path }, origin, shell)).toBe(route);
  });

  it('leaves other origins alone', () => {
    const url = 'https://elsewhere.example/assets/question-a1.js';
    expect(routeOf({ method: 'GET', mode: 'cors', url }, origin, shell)).toBe('leave');
  });
});

it('shows what the server says, unless it is down', () => {
  expect([200, 404, 0].map(isUsablePage)).toEqual([true, true, true]);
  expect([500, 502, 503, 504].map(isUsablePage)).toEqual([false, false, false, false]);
});

it('keeps a page only with the files it asks for', () => {
  const html = '<script type="module" src="/assets/candidate-a1.js"></script>';
  expect(pageIsOfBuild(html, '/assets/candidate-a1.js')).toBe(true);
  expect(pageIsOfBuild(html, '/assets/candidate-b2.js')).toBe(false);
});

it('removes the caches of other builds and nothing else', () => {
  const names = ['fairtake-shell-a', 'fairtake-shell-b', 'somebody-else'];
  expect(outdatedCaches(names, 'b')).toEqual(['fairtake-shell-a']);
});

describe('a new build takes over', () => {
  const entry = '/assets/candidate-a1.js';
  it('from a page of its own that is alone', () => {
    expect(mayTakeOver(entry, ['/i/1/q/1', '/positions'], shell)).toBe(true);
  });
  it('never while another candidate page is open', () => {
    expect(mayTakeOver(entry, ['/i/1/q/1', '/i/2/welcome'], shell)).toBe(false);
  });
  it('never for a page of the build before', () => {
    expect(mayTakeOver('/assets/candidate-b2.js', ['/i/1/q/1'], shell)).toBe(false);
  });
});
