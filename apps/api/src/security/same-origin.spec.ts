import { isSameOrigin, type RequestOrigin } from './same-origin';

const from = (headers: Partial<RequestOrigin>): boolean =>
  isSameOrigin(
    { secFetchSite: undefined, origin: undefined, referer: undefined, host: 'jobs.example', ...headers },
    'https://jobs.example',
  );

test.each<[string, Partial<RequestOrigin>, boolean]>([
  ['our page', { secFetchSite: 'same-origin' }, true],
  ['another site', { secFetchSite: 'cross-site', origin: 'https://jobs.example' }, false],
  ['a sister site', { secFetchSite: 'same-site', origin: 'https://jobs.example' }, false],
  ['no page, our origin', { secFetchSite: 'none', origin: 'https://jobs.example' }, true],
  ['no page, no origin', { secFetchSite: 'none', referer: 'https://jobs.example/' }, false],
  ['an old browser, our origin', { origin: 'https://jobs.example' }, true],
  [
    'an old browser, our origin as a proxy passes it',
    { origin: 'http://10.0.0.2:3000', host: '10.0.0.2:3000' },
    true,
  ],
  ['an old browser, another port', { origin: 'https://jobs.example:8443' }, false],
  ['an old browser, our referer', { referer: 'https://jobs.example/positions?x=1' }, true],
  [
    'an origin wins over a referer',
    { origin: 'https://evil.example', referer: 'https://jobs.example/' },
    false,
  ],
  ['our name as a user', { referer: 'https://jobs.example@evil.example/' }, false],
  ['our name as a beginning', { origin: 'https://jobs.example.evil.example' }, false],
  ['an opaque origin', { origin: 'null' }, false],
  ['nothing', {}, false],
])('%s', (_name, headers, expected) => {
  expect(from(headers)).toBe(expected);
});
