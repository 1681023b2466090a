import type { OpenTake, ReturnTake } from '@fairtake/contracts';
import type { Clock } from '../clock';
import type { Digest } from '../digest';
import type { FallbackStore } from '../journal/fallback-store';
import { Journal, type JournalTake } from '../journal/journal';
import type { NetworkSignals } from '../network-signals';
import type { KnownTake, SendingCalls, SendingEvents } from './sending-calls';
import { CandidateApi } from '../upload/candidate-api';
import type { TakeUpload } from '../upload/take-upload';
import { Uploader } from '../upload/uploader';

export interface EngineOptions {
  interviewId: string;
  /** Path or address up to and without `/interviews`. */
  baseUrl: string;
  store: FallbackStore;
  fetch: typeof fetch;
  clock: Clock;
  digest: Digest;
  /** 0 ≤ x < 1, for the jitter of retries. */
  random: () => number;
  signals: NetworkSignals;
}

/** Refusals after which the server wants nothing of the take any more. */
const settledRefusals = new Set(['discarded', 'returned', 'no_media']);

/** Journal and uploads of one interview. Runs in a worker, or in the page where there is none. */
export class SendingEngine implements SendingCalls {
  readonly #options: EngineOptions;
  readonly #events: SendingEvents;
  readonly #journal: Journal;
  readonly #uploader: Uploader;
  readonly #uploads = new Map<string, TakeUpload>();
  readonly #retiring = new Map<string, Promise<void>>();
  /** Per take one write after the other: a repeated append must meet the first one finished. */
  readonly #chains = new Map<string, Promise<unknown>>();

  constructor(options: EngineOptions, events: SendingEvents) {
    this.#options = options;
    this.#events = events;
    this.#journal = new Journal(options.store);
    const { baseUrl, clock, digest, fetch, interviewId, random, signals } = options;
    this.#uploader = new Uploader({
      api: new CandidateApi({ baseUrl, interviewId, fetch, clock }),
      journal: this.#journal,
      clock,
      digest,
      random,
      signals,
      renewSession: () => events.renewSession(),
    });
    this.#uploader.link.subscribe(() => events.link(this.#uploader.link.getSnapshot()));
  }

  async restore(known: KnownTake[]): Promise<void> {
    for (const record of await this.#journal.takesOf(this.#options.interviewId)) {
      const { takeId } = record;
      if (this.#uploads.has(takeId)) continue;
      const live = known.find((take) => take.takeId === takeId);
      if (!live && isSettled(record)) {
        await this.#journal.forget(takeId);
        continue;
      }
      if (!live && record.state === 'refused') await this.#reviveRefused(record);
      await this.#add(takeId, true, live?.openSegments ?? []);
    }
  }

  async begin(take: JournalTake): Promise<void> {
    if (this.#uploads.has(take.takeId)) return;
    await this.#journal.replaceTake(take);
    await this.#add(take.takeId, false, []);
  }

  openSegment(
    takeId: string,
    segment: number,
    _recorder: OpenTake['recorder'],
    mimeType: string,
  ): Promise<void> {
    return this.#inTurn(takeId, async (upload) => {
      const { mimeTypes, segmentLeases, lease } = this.#journal.take(takeId);
      await this.#journal.changeTake(takeId, {
        mimeTypes: [...mimeTypes.slice(0, segment), mimeType],
        segmentLeases: [...segmentLeases.slice(0, segment), segmentLeases[segment] ?? lease],
      });
      upload.segmentOpened(segment);
    });
  }

  append(
    takeId: string,
    segment: number,
    sequence: number,
    bytes: ArrayBuffer,
    recordedMs: number,
  ): Promise<void> {
    return this.#inTurn(takeId, async (upload) => {
      const next = upload.nextSequence(segment);
      if (sequence < next) return;
      // What should stand between died with a worker that could keep it in memory only: never a silent gap.
      if (sequence > next) return upload.loseRest('device_lost_bytes');
      const fragment = { segment, sequence, sizeBytes: bytes.byteLength };
      await this.#journal.appendFragment(takeId, fragment, new Uint8Array(bytes), recordedMs);
      upload.fragmentStored(fragment);
    });
  }

  endSegment(takeId: string, segment: number, recordedMs: number): Promise<void> {
    return this.#inTurn(takeId, async (upload) => {
      await this.#journal.changeTake(takeId, { recordedMs });
      upload.segmentEnded(segment);
    });
  }

  stop(takeId: string): Promise<void> {
    return this.#inTurn(takeId, async (upload) => {
      if (this.#journal.take(takeId).state !== 'recording') return;
      await this.#journal.changeTake(takeId, { state: 'stopped' });
      await upload.finish();
    });
  }

  giveBack(takeId: string, reason: ReturnTake['reason']): Promise<void> {
    return this.#inTurn(takeId, async (upload) => {
      await this.#journal.changeTake(takeId, { state: 'returning', returnReason: reason });
      upload.giveBack();
    });
  }

  reopen(takeId: string, takeOver: boolean): Promise<void> {
    return this.#inTurn(takeId, async (upload) => upload.reopen(takeOver));
  }

  retry(takeId: string): Promise<void> {
    return this.#inTurn(takeId, async (upload) => upload.nudge());
  }

  async keep(takeId: string): Promise<void> {
    await this.#inTurn(takeId, async (upload) => {
      await this.#journal.changeTake(takeId, { kept: true });
      upload.changed();
    });
    await this.#retiring.get(takeId);
  }

  async forget(takeId: string): Promise<void> {
    await this.#inTurn(takeId, async () => this.#retire(takeId));
    await this.#retiring.get(takeId);
  }

  async readBack(takeId: string): Promise<{ mimeType: string; bytes: ArrayBuffer }[]> {
    if (!this.#uploads.has(takeId)) return [];
    const { mimeTypes } = this.#journal.take(takeId);
    const { fragments } = await this.#journal.contents(takeId);
    const segments: { mimeType: string; bytes: ArrayBuffer }[] = [];
    for (const [segment, mimeType] of mimeTypes.entries()) {
      const last = fragments.filter((fragment) => fragment.segment === segment).at(-1);
      const bytes = last && (await this.#journal.read(takeId, segment, 0, last.sequence));
      if (bytes) segments.push({ mimeType, bytes: bytes.slice().buffer as ArrayBuffer });
    }
    return segments;
  }

  /** Gives all running requests up and resolves when the last write is through. The journal knows what is left. */
  async close(): Promise<void> {
    this.#uploader.stop();
    await Promise.all(this.#chains.values());
  }

  /** A take refused earlier is tried once more per page: the reason may be gone. */
  async #reviveRefused(record: JournalTake): Promise<void> {
    const { refusedFor: _, ...again } = record;
    await this.#journal.replaceTake({ ...again, state: 'stopped' });
  }

  async #add(takeId: string, restored: boolean, openSegments: number[]): Promise<void> {
    const onChange = (): void => this.#report(takeId);
    const upload = await this.#uploader.add(takeId, restored, onChange, openSegments);
    this.#uploads.set(takeId, upload);
    this.#report(takeId);
  }

  #inTurn(takeId: string, run: (upload: TakeUpload) => Promise<void>): Promise<void> {
    const turn = (this.#chains.get(takeId) ?? Promise.resolve()).then(async () => {
      const upload = this.#uploads.get(takeId);
      if (upload && !this.#retiring.has(takeId)) await run(upload);
    });
    this.#chains.set(
      takeId,
      turn.catch(() => undefined),
    );
    return turn;
  }

  #report(takeId: string): void {
    const upload = this.#uploads.get(takeId);
    if (!upload || this.#retiring.has(takeId)) return;
    const record = this.#journal.take(takeId);
    const { state, error, lostFor, receipt, opened, segmentCount, filledCount } = upload;
    const { bytesProduced, bytesAcknowledged, bytesInFlight } = upload;
    const bytes = { bytesProduced, bytesAcknowledged, bytesInFlight };
    this.#events.take({
      record,
      state,
      error,
      lostFor,
      receipt,
      opened,
      segmentCount,
      filledCount,
      ...bytes,
    });
    if (state === 'returned' || (state === 'finalised' && record.kept)) this.#retire(takeId);
  }

  #retire(takeId: string): void {
    this.#retiring.set(takeId, this.#dropBytes(takeId));
  }

  async #dropBytes(takeId: string): Promise<void> {
    this.#uploader.remove(this.#uploads.get(takeId)!);
    await this.#journal.forget(takeId);
    this.#uploads.delete(takeId);
    this.#events.retired(takeId);
  }
}

function isSettled(record: JournalTake): boolean {
  if (record.state === 'finalised' || record.state === 'returned') return true;
  return record.state === 'refused' && settledRefusals.has(record.refusedFor ?? '');
}
