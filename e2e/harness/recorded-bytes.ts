import { createHash } from 'node:crypto';
import type { BrowserContext } from 'playwright-core';

/** The browser's own recorder, or ours. */
export type RecorderKind = 'baseline' | 'enhanced';

/**
 * What one recorder produced. Of a MediaRecorder: what it handed to the page, taken aside before any code of ours saw
 * it. Of the enhanced recorder, whose muxer is ours: what left the page for the worker that journals and sends, so it
 * proves everything from there on; that the bytes themselves are sound is proved by decoding them, in
 * recorders.e2e-spec.ts and main-job.e2e-spec.ts.
 */
export interface RecorderOutput {
  recorder: RecorderKind;
  mimeType: string;
  /** As the browser cut them, in order. */
  blobs: Buffer[];
  bytes: Buffer;
  /** Milliseconds from its start event to its stop, or to now, by this process's clock. */
  elapsedMs(): number;
}

interface Recorder {
  kind: RecorderKind;
  startedAtMs: number;
  stoppedAtMs: number | null;
  mimeType: string;
  blobs: Map<number, Buffer>;
}

interface Report {
  /** Tells it from others of this browser. */
  recorder: string;
  kind: RecorderKind;
  mimeType: string;
  blob?: { index: number; base64: string };
  stopped?: true;
}

/** SHA-256 as lower-case hexadecimal, as the API writes it. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Fragments a reload or a kill may cost: the one being written, and the one the browser had not handed over. */
const CUT_FRAGMENTS = 2;

/** The least that must be left of a recorder that was cut. */
export const leastKeptBytes = ({ bytes, blobs }: RecorderOutput): number =>
  bytes.length - blobs.slice(-CUT_FRAGMENTS).reduce((sum, blob) => sum + blob.length, 0);

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
    await context.addInitScript(watchEnhanced);
    return recorded;
  }

  /** In the order they started. Recorders without a timeslice (the device check's) are not among them. */
  recorders(): RecorderOutput[] {
    return [...this.#recorders.values()].map(({ kind, mimeType, startedAtMs, stoppedAtMs, blobs }) => {
      const ordered = [...blobs].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      return {
        recorder: kind,
        mimeType,
        blobs: ordered,
        bytes: Buffer.concat(ordered),
        elapsedMs: () => (stoppedAtMs ?? performance.now()) - startedAtMs,
      };
    });
  }

  #take({ recorder, kind, mimeType, blob, stopped }: Report): void {
    const nowMs = performance.now();
    const known = this.#recorders.get(recorder) ?? {
      kind,
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
  // Without an encoder of its own there is no enhanced recorder, which makes MP4 whatever MediaRecorder can.
  if (onlyWebm) Reflect.deleteProperty(window, 'VideoEncoder');
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
      const kind = 'baseline';
      let count = 0;
      this.addEventListener('start', () => reportRecorder({ recorder, kind, mimeType: this.mimeType }));
      this.addEventListener('stop', () =>
        reportRecorder({ recorder, kind, mimeType: this.mimeType, stopped: true }),
      );
      this.addEventListener('dataavailable', ({ data }) => {
        const index = count++;
        void base64Of(data).then((base64) =>
          reportRecorder({ recorder, kind, mimeType: this.mimeType, blob: { index, base64 } }),
        );
      });
    }
  };
}

/** What the page asks of the worker; only what is looked at here. */
interface WorkerCall {
  method?: string;
  args?: unknown[];
}

/** Runs in the page, before its scripts. */
function watchEnhanced(): void {
  const { reportRecorder } = window as unknown as { reportRecorder: (report: Report) => void };
  const kind = 'enhanced';
  const mimeTypes = new Map<string, string>();
  const base64Of = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8_192)
      text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return btoa(text);
  };
  const look = ({ method, args = [] }: WorkerCall): void => {
    const recorder = `${String(args[0])}/${String(args[1])}`;
    if (method === 'openSegment' && args[2] === kind) mimeTypes.set(recorder, String(args[3]));
    const mimeType = mimeTypes.get(recorder);
    if (mimeType === undefined) return;
    if (method === 'openSegment') reportRecorder({ recorder, kind, mimeType });
    if (method === 'endSegment') reportRecorder({ recorder, kind, mimeType, stopped: true });
    if (method !== 'append') return;
    // Asked again after the death of a worker, it is the same piece.
    const blob = { index: Number(args[2]), base64: base64Of(new Uint8Array(args[3] as ArrayBuffer)) };
    reportRecorder({ recorder, kind, mimeType, blob });
  };
  const Native = window.Worker;
  window.Worker = class extends Native {
    override postMessage(message: WorkerCall, options?: Transferable[] | StructuredSerializeOptions): void {
      look(message);
      super.postMessage(message, options as Transferable[]);
    }
  };
}
