import { chromium, type Browser, type Page } from 'playwright-core';
import type { PageServer } from './page-server';

/** A Chromium with a fake camera, showing the recorders' page. */
export class RecorderBrowser {
  private constructor(
    readonly page: Page,
    private readonly browser: Browser,
  ) {}

  /** @param camera files for Chromium's fake devices; without one a device shows and sounds Chromium's own pattern. */
  static async open(
    server: PageServer,
    camera: { videoPath: string; audioPath?: string },
  ): Promise<RecorderBrowser> {
    const { videoPath, audioPath } = camera;
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
      args: [
        // Chromium refuses its own walls for root, who runs tests in containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${videoPath}`,
        ...(audioPath ? [`--use-file-for-fake-audio-capture=${audioPath}`] : []),
      ],
    });
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction(() => 'recorders' in globalThis);
    return new RecorderBrowser(page, browser);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
