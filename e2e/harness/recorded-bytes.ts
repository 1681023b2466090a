import { createHash } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';

/** What one MediaRecorder handed to the page, taken aside before any code of ours saw it. */
export interface RecorderOutput {
  mimeType: string;
  /** As the browser cut them, in order. */
  blobs: Buffer[];
  bytes: Buffer;
  /** Milliseconds from its start event to its stop, or to now, by this process's clock. */
  elapsedMs(): number;
}

interface Recorder {
  startedAtMs: number;
  stoppedAtMs: number | null;
  mimeType: string;
  blobs: Map<number, Buffer>;
}

interface Report {
  recorder: string;
  mimeType: string;
  blob?: { index: number; base64: string };
  stopped?: true;
}

/** SHA-256 as lower-case hexadecimal, as the API writes it. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * The truth every recording is compared with: the output of the browser's own recorders, brought out of the page as
 * it appears, so that a reload of the page does not take it along.
 */
export class RecordedBytes {
  readonly #recorders = new Map<string, Recorder>();

  /** @param options.onlyWebm the browser says it cannot record MP4 */
  static async watch(context: BrowserContext, options: { onlyWebm: boolean }): Promise<RecordedBytes> {
    const recorded = new RecordedBytes();
    await context.exposeBinding('reportRecorder', (_source, report: Report) => recorded.#take(report));
    await context.addInitScript(watchRecorders, options);
    return recorded;
  }

  /** In the order they started. Recorders without a timeslice (the device check's) are not among them. */
  recorders(): RecorderOutput[] {
    return [...this.#recorders.values()].map(({ mimeType, startedAtMs, stoppedAtMs, blobs }) => {
      const ordered = [...blobs].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      return {
        mimeType,
        blobs: ordered,
        bytes: Buffer.concat(ordered),
        elapsedMs: () => (stoppedAtMs ?? performance.now()) - startedAtMs,
      };
    });
  }

  #take({ recorder, mimeType, blob, stopped }: Report): void {
    const nowMs = performance.now();
    const known = this.#recorders.get(recorder) ?? {
      startedAtMs: nowMs,
      stoppedAtMs: null,
      mimeType,
      blobs: new Map(),
    };
    this.#recorders.set(recorder, known);
    if (blob) known.blobs.set(blob.index, Buffer.from(blob.base64, 'base64'));
    if (stopped) known.stoppedAtMs = nowMs;
  }
}

/** Runs in the page, before its scripts. */
function watchRecorders({ onlyWebm }: { onlyWebm: boolean }): void {
  const { reportRecorder } = window as unknown as { reportRecorder: (report: Report) => void };
  const Native = window.MediaRecorder;
  const base64Of = (blob: Blob): Promise<string> =>
    new Promise((resolve) => {
      const reader = new FileReader();
      // The codecs named in front of the data may hold commas, too.
      reader.onload = () => resolve(String(reader.result).split(',').at(-1) ?? '');
      reader.readAsDataURL(blob);
    });
  window.MediaRecorder = class extends Native {
    override start(timeslice?: number): void {
      if (timeslice !== undefined) this.#watch();
      super.start(timeslice);
    }

    static override isTypeSupported(type: string): boolean {
      return !(onlyWebm && type.includes('mp4')) && Native.isTypeSupported(type);
    }

    #watch(): void {
      const recorder = crypto.randomUUID();
      let count = 0;
      this.addEventListener('start', () => reportRecorder({ recorder, mimeType: this.mimeType }));
      this.addEventListener('stop', () =>
        reportRecorder({ recorder, mimeType: this.mimeType, stopped: true }),
      );
      this.addEventListener('dataavailable', ({ data }) => {
        const index = count++;
        void base64Of(data).then((base64) =>
          reportRecorder({ recorder, mimeType: this.mimeType, blob: { index, base64 } }),
        );
      });
    }
  };
}
