import { homePath, safeReturnPath } from './home-path';

it('starts reviewers in their queue and the others at the positions', () => {
  expect([homePath('reviewer'), homePath('recruiter'), homePath('admin')]).toEqual([
    '/review',
    '/positions',
    '/positions',
  ]);
});

describe('safeReturnPath', () => {
  it('keeps a path of this site with its search', () => {
    expect(safeReturnPath('/positions/1/board?view=table')).toBe('/positions/1/board?view=table');
  });
  it.each([
    undefined,
    '',
    'https://elsewhere.test',
    '//elsewhere.test',
    '/\\elsewhere.test',
    '/sign-in?next=/',
  ])('refuses %s', (path) => {
    expect(safeReturnPath(path)).toBeNull();
  });
});
