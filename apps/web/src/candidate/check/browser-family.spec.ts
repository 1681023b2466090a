import { browserFamily, systemFamily } from './browser-family';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';

it.each([
  [
    'chrome',
    'windows',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/156.0.0.0 Safari/537.36`,
    0,
  ],
  [
    'chrome',
    'windows',
    `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/156.0.0.0 Safari/537.36 Edg/156.0`,
    10,
  ],
  ['firefox', 'other', 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 0],
  [
    'safari',
    'mac',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.0 Safari/605.1.15`,
    0,
  ],
  ['ios', 'ios', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/26.0 Safari/605.1.15`, 5],
  [
    'ios',
    'ios',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) ${webkit} CriOS/156.0 Safari/604.1`,
    5,
  ],
  [
    'android',
    'android',
    `Mozilla/5.0 (Linux; Android 16; K) ${webkit} Chrome/156.0.0.0 Mobile Safari/537.36`,
    5,
  ],
  ['other', 'android', 'Mozilla/5.0 (Android 16; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', 5],
  ['other', 'other', '', 0],
] as const)('speaks to %s on %s', (browser, system, userAgent, touchPoints) => {
  expect(browserFamily(userAgent, touchPoints)).toBe(browser);
  expect(systemFamily(userAgent, touchPoints)).toBe(system);
});
