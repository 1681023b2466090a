import { inAppBrowser } from './in-app-browser';

it('knows a browser inside another app from one of its own', () => {
  const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15';
  expect(inAppBrowser(`${iphone} MicroMessenger/8.0.50`)).toBe('WeChat');
  expect(inAppBrowser(`${iphone} Instagram 350.0`)).toBe('Instagram');
  expect(inAppBrowser(`${iphone} Version/18.0 Mobile/15E148 Safari/604.1`)).toBeNull();
});
