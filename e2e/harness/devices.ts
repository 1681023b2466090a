import type { BrowserContext, Page } from 'playwright-core';

interface WatchedWindow {
  openTracks: MediaStreamTrack[];
}

/** Notes every camera and microphone a page opens, so that a test can take one away. */
export async function watchDevices(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const openTracks: MediaStreamTrack[] = [];
    (window as unknown as WatchedWindow).openTracks = openTracks;
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      openTracks.push(...stream.getTracks());
      return stream;
    };
  });
}

/** What a browser does when a device is pulled out or its permission is taken away: the track ends by itself. */
export async function unplug(page: Page, kind: 'video' | 'audio'): Promise<void> {
  await page.evaluate((wanted) => {
    const { openTracks } = window as unknown as WatchedWindow;
    for (const track of openTracks.filter((each) => each.kind === wanted && each.readyState === 'live')) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  }, kind);
}

/** What a phone does when it is turned: the camera's picture is as high as it was wide. */
export async function turnPhone(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width: height, height: width });
  await page.evaluate(async () => {
    const { openTracks } = window as unknown as WatchedWindow;
    const camera = openTracks.find((track) => track.kind === 'video' && track.readyState === 'live')!;
    const { width: wide, height: high } = camera.getSettings();
    await camera.applyConstraints({ width: high!, height: wide! });
  });
}
