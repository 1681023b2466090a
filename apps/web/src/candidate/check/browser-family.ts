/** Where a browser keeps its permissions: each shows another way in the texts. */
export type BrowserFamily = 'chrome' | 'firefox' | 'safari' | 'ios' | 'android' | 'other';
/** Whose privacy settings can forbid a browser the camera. */
export type SystemFamily = 'mac' | 'windows' | 'ios' | 'android' | 'other';

/** Only words are chosen by it, never what the page does. `touchPoints` tells an iPad, which calls itself a Mac. */
export function browserFamily(userAgent: string, touchPoints: number): BrowserFamily {
  const system = systemFamily(userAgent, touchPoints);
  // Every browser on iOS is Safari inside and asks like it.
  if (system === 'ios') return 'ios';
  if (/Firefox\//.test(userAgent)) return system === 'android' ? 'other' : 'firefox';
  if (/Chrome\/|Chromium\//.test(userAgent)) return system === 'android' ? 'android' : 'chrome';
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
}

export function systemFamily(userAgent: string, touchPoints: number): SystemFamily {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Macintosh/.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac';
  return /Windows/.test(userAgent) ? 'windows' : 'other';
}
