import { ChunkPlan } from './chunk-plan';
import { Link } from './link';
import type { NetworkSignals } from '../network-signals';
import { Observable } from '../observable';
import { OutageProbe } from './outage-probe';
import type { LinkReport, LinkReports } from '../recording-sink';
import type { UploadOptions } from './take-standing';
import { TakeUpload } from './take-upload';
import { Turns } from './turns';

/** So long an outage is asked about every few seconds although nobody records; after that the back-off has to do. */
const probedOutageMs = 10 * 60_000;

export interface UploaderOptions extends Omit<UploadOptions, 'link' | 'onChange'> {
  random: () => number;
  signals: NetworkSignals;
}

/**
 * Shares one link between the uploads of a page (see {@link Turns}): an earlier answer that is stuck never blocks the
 * one being recorded. Every way of waiting ends in one timer here.
 */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #link: Link;
  /** Oldest first. */
  readonly #takes: TakeUpload[] = [];
  readonly #turns = new Turns<TakeUpload>();
  readonly #probe: OutageProbe;
  readonly #unsubscribe: () => void;
  readonly #reports = new Observable<LinkReport>({
    bytesPerSecond: null,
    roundTripMs: null,
    backlogBytes: 0,
  });
  #outageSinceMs: number | null = null;
  #cancelWake: () => void = () => undefined;
  #stopped = false;
  #pumping = false;

  constructor(options: UploaderOptions) {
    const { api, clock, random, signals } = options;
    this.#options = options;
    this.#link = new Link(random);
    this.#probe = new OutageProbe({
      clock,
      random,
      ask: async (timeoutMs) => {
        const waiting = this.#takes.find((take) => take.meetsNobody);
        if (!waiting) return false;
        const signal = new AbortController().signal;
        const outcome = await api.status(waiting.takeId, { timeoutMs, signal });
        // A take that never reached the server is unknown there: also an answer.
        return outcome.ok || outcome.failure.kind === 'refused';
      },
      onBack: () => this.#takes.filter((take) => take.meetsNobody).forEach((take) => take.tryNow()),
    });
    this.#unsubscribe = signals.subscribe((signal) => {
      if (signal === 'offline') this.#link.lost(clock.nowMs());
      if (signal === 'online') this.#link.found();
      for (const take of [...this.#takes])
        if (signal === 'offline') take.changed();
        else take.nudge();
    });
  }

  /** For whoever chooses how much to record; changes after each response and each fragment. */
  get link(): LinkReports {
    return this.#reports;
  }

  /**
   * Starts uploading a take that is in the journal. `onChange` is called after every change of its state.
   * `openSegments` are those of a restored take that a recorder still fills.
   */
  async add(
    takeId: string,
    restored: boolean,
    onChange: () => void,
    openSegments: readonly number[] = [],
  ): Promise<TakeUpload> {
    const { journal } = this.#options;
    const plan = restored
      ? ChunkPlan.restore(await journal.contents(takeId), journal.take(takeId).mimeTypes.length, openSegments)
      : new ChunkPlan();
    const take = new TakeUpload(takeId, plan, restored, {
      ...this.#options,
      link: this.#link,
      onChange: () => {
        this.#changed();
        onChange();
      },
    });
    this.#takes.push(take);
    this.#changed();
    return take;
  }

  /** Stops sending this take; its bytes stay in the journal. */
  remove(take: TakeUpload): void {
    take.stop();
    const at = this.#takes.indexOf(take);
    if (at >= 0) this.#takes.splice(at, 1);
    this.#changed();
  }

  /** Gives all running requests up. The journal knows what is left. */
  stop(): void {
    this.#stopped = true;
    this.#cancelWake();
    this.#probe.end();
    this.#unsubscribe();
    for (const take of this.#takes) take.stop();
  }

  #changed(): void {
    if (this.#stopped) return;
    this.#link.backlogBytes = this.#takes.reduce((sum, take) => sum + take.backlogBytes, 0);
    this.#pump();
    this.#watchOutage();
    const { backlogBytes, goodput, roundTripMs } = this.#link;
    this.#reports.set({ bytesPerSecond: goodput.bytesPerSecond, roundTripMs, backlogBytes });
  }

  #pump(): void {
    if (this.#stopped || this.#pumping) return;
    this.#pumping = true;
    this.#cancelWake();
    while (this.#startOne());
    this.#pumping = false;
    this.#wake();
  }

  #startOne(): boolean {
    const mayStart = (): boolean => this.#link.pauseMs(this.#options.clock.nowMs()) === 0;
    const takes = [...this.#takes];
    // Calls without bytes cost next to nothing: they go first and for every take.
    const called = takes.filter((take) => mayStart() && take.startControl()).length > 0;
    const sent =
      mayStart() && this.#link.hasSlot && this.#turns.next(takes, (take) => mayStart() && take.startChunk());
    return called || sent;
  }

  #wake(): void {
    const pauseMs = this.#link.pauseMs(this.#options.clock.nowMs());
    const waits = this.#takes.map((take) => take.waitMs()).filter((waitMs) => waitMs > 0);
    const delayMs = pauseMs > 0 ? pauseMs : Math.min(...waits);
    if (Number.isFinite(delayMs)) this.#cancelWake = this.#options.clock.after(delayMs, () => this.#pump());
  }

  /** Offline by the browser's own word has its own probe, in `Link`. */
  #watchOutage(): void {
    const { clock, journal } = this.#options;
    const waiting = this.#takes.filter((take) => take.meetsNobody);
    if (waiting.length === 0) {
      this.#outageSinceMs = null;
      this.#probe.end();
      return;
    }
    this.#outageSinceMs ??= clock.nowMs();
    const isRecording = this.#takes.some((take) => journal.take(take.takeId).state === 'recording');
    const isYoung = clock.nowMs() - this.#outageSinceMs < probedOutageMs;
    if ((isRecording || isYoung) && !this.#link.offline) this.#probe.begin();
    else this.#probe.end();
  }
}
