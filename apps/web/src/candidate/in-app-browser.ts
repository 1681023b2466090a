/** Browsers inside other apps; most cannot reach a camera, and only the app's own menu leads out of them. */
const apps: readonly [RegExp, string][] = [
  [/MicroMessenger/i, 'WeChat'],
  [/Instagram/i, 'Instagram'],
  [/FBAN|FBAV|FB_IAB/i, 'Facebook'],
  [/DingTalk/i, 'DingTalk'],
  [/\bLine\//i, 'LINE'],
  [/LinkedInApp/i, 'LinkedIn'],
  [/\bQQ\//i, 'QQ'],
];

/** Name of the app this page was opened in; null in a browser of its own. */
export function inAppBrowser(userAgent: string): string | null {
  return apps.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
}
