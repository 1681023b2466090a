import { clockTime, duration, momentLocale } from './moments';

it('writes a clock', () => {
  expect(clockTime(102.9)).toBe('1:42');
  expect(clockTime(-3)).toBe('0:00');
});

it('writes a length of time in words', () => {
  expect(duration(102, 'en')).toBe('1 minute 42 seconds');
  expect(duration(120, 'en')).toBe('2 minutes');
  expect(duration(0, 'en')).toBe('0 seconds');
  expect(duration(102, 'zh-CN')).toBe('1 分钟 42 秒钟');
});

it('writes dates as in the reader’s region when it speaks the page’s language', () => {
  expect(momentLocale('en', ['fr-FR', 'en-US'])).toBe('en-US');
  expect(momentLocale('en', ['zh-CN'])).toBe('en-GB');
  expect(momentLocale('zh-CN', ['en-US'])).toBe('zh-CN');
});
