import { ChunkPlan } from './chunk-plan';
import { Link } from './link';
import type { NetworkSignals } from '../network-signals';
import { Observable } from '../observable';
import type { LinkReport, LinkReports } from '../recording-sink';
import { TakeUpload, type UploadOptions } from './take-upload';

export interface UploaderOptions extends Omit<UploadOptions, 'link' | 'onChange'> {
  random: () => number;
  signals: NetworkSignals;
}

/**
 * Shares one link between the uploads of a page: takes turn about, so an earlier answer that is stuck never blocks
 * the one being recorded. Every way of waiting ends in one timer here.
 */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #link: Link;
  readonly #takes: TakeUpload[] = [];
  readonly #unsubscribe: () => void;
  readonly #reports = new Observable<LinkReport>({
    bytesPerSecond: null,
    roundTripMs: null,
    backlogBytes: 0,
  });
  /** For whoever chooses how much to record; changes after each response and each fragment. */
  readonly link: LinkReports = this.#reports;
  #cancelWake: () => void = () => undefined;
  #stopped = false;
  #pumping = false;

  constructor(options: UploaderOptions) {
    this.#options = options;
    this.#link = new Link(options.random);
    this.#unsubscribe = options.signals.subscribe((signal) => {
      if (signal === 'offline') this.#link.lost(options.clock.nowMs());
      if (signal === 'online') this.#link.found();
      for (const take of [...this.#takes])
        if (signal === 'offline') take.changed();
        else take.nudge();
    });
  }

  /** Starts uploading a take that is in the journal. `onChange` is called after every change of its state. */
  async add(takeId: string, restored: boolean, onChange: () => void): Promise<TakeUpload> {
    const plan = restored ? ChunkPlan.restore(await this.#options.journal.contents(takeId)) : new ChunkPlan();
    const take = new TakeUpload(takeId, plan, restored, {
      ...this.#options,
      link: this.#link,
      onChange: () => {
        this.#pump();
        this.#report();
        onChange();
      },
    });
    this.#takes.push(take);
    this.#pump();
    return take;
  }

  /** Stops sending this take; its bytes stay in the journal. */
  remove(take: TakeUpload): void {
    take.stop();
    const at = this.#takes.indexOf(take);
    if (at >= 0) this.#takes.splice(at, 1);
  }

  /** Bytes per second the server acknowledges, null while unknown. For the adaptive recorder and for showing. */
  get bytesPerSecond(): number | null {
    return this.#link.goodput.bytesPerSecond;
  }

  /** Gives all running requests up. The journal knows what is left. */
  stop(): void {
    this.#stopped = true;
    this.#cancelWake();
    this.#unsubscribe();
    for (const take of this.#takes) take.stop();
  }

  #report(): void {
    const backlogBytes = this.#takes.reduce(
      (sum, take) => sum + take.bytesProduced - take.bytesAcknowledged,
      0,
    );
    const { goodput, roundTripMs } = this.#link;
    this.#reports.set({ bytesPerSecond: goodput.bytesPerSecond, roundTripMs, backlogBytes });
  }

  #pump(): void {
    if (this.#stopped || this.#pumping) return;
    this.#pumping = true;
    this.#cancelWake();
    const { clock } = this.#options;
    for (let started = true; started;) {
      started = false;
      for (const take of [...this.#takes]) {
        if (this.#link.pauseMs(clock.nowMs()) > 0) break;
        if (take.startControl()) started = true;
        if (this.#link.pauseMs(clock.nowMs()) === 0 && this.#link.hasSlot && take.startChunk())
          started = true;
      }
    }
    // Whoever was first goes to the back, so no take keeps the only slot.
    const first = this.#takes.shift();
    if (first) this.#takes.push(first);
    this.#pumping = false;
    this.#wake();
  }

  #wake(): void {
    const pauseMs = this.#link.pauseMs(this.#options.clock.nowMs());
    const waits = this.#takes.map((take) => take.waitMs()).filter((waitMs) => waitMs > 0);
    const delayMs = pauseMs > 0 ? pauseMs : Math.min(...waits);
    if (Number.isFinite(delayMs)) this.#cancelWake = this.#options.clock.after(delayMs, () => this.#pump());
  }
}
