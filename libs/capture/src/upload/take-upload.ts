import type { FinalisedTake, TakeLease } from '@fairtake/contracts';
import { ChunkCarrier } from './chunk-carrier';
import type { ChunkPlan } from './chunk-plan';
import { ControlCalls } from './control-calls';
import type { JournalFragment } from '../journal/journal';
import { TakeStanding, type UploadOptions } from './take-standing';

/**
 * - `sending`: under way or nothing to do yet. `waiting`: the network or the server makes us wait; goes on alone.
 * - `blocked`: needs a person (`error` says why: `take_elsewhere`, `lease_lost`, `signed_out`).
 * - `finalising`, then `finalised`: the server has all of it. `refused`, `returned`: it ends here.
 */
export type UploadState =
  'sending' | 'waiting' | 'blocked' | 'finalising' | 'finalised' | 'refused' | 'returned';

/** The upload of one take. What is sent is the business of its two halves, when it is sent that of `Uploader`. */
export class TakeUpload {
  readonly takeId: string;
  readonly #options: UploadOptions;
  readonly #plan: ChunkPlan;
  readonly #standing: TakeStanding;
  readonly #control: ControlCalls;
  readonly #carrier: ChunkCarrier;

  constructor(takeId: string, plan: ChunkPlan, restored: boolean, options: UploadOptions) {
    this.takeId = takeId;
    this.#plan = plan;
    this.#options = options;
    this.#standing = new TakeStanding(takeId, restored, options);
    this.#control = new ControlCalls(plan, restored, this.#standing, options);
    this.#carrier = new ChunkCarrier(plan, this.#standing, options);
  }

  get state(): UploadState {
    const { blockedFor, end, wait } = this.#standing;
    if (end) return end;
    if (blockedFor !== null) return 'blocked';
    if (wait.failures >= 2 || wait.waitMs > 2_000 || this.#options.link.offline) return 'waiting';
    return this.#control.finishing && this.#plan.sealed && this.#plan.bytesInFlight === 0
      ? 'finalising'
      : 'sending';
  }

  /** Why it is not moving: a problem code, or `offline`, `unreachable`, `server_unavailable`, `device_lost_bytes`. */
  get error(): string | null {
    const { blockedFor, end, lostFor, wait } = this.#standing;
    if (end) return this.#options.journal.take(this.takeId).refusedFor ?? null;
    if (blockedFor !== null) return blockedFor;
    if (this.state !== 'waiting') return lostFor;
    return this.#options.link.offline ? 'offline' : wait.reason;
  }

  /** From here on the take has a hole. What came before is sent, then a salvage follows. */
  loseRest(reason: string): void {
    this.#standing.lose(reason, true);
    this.#options.onChange();
  }

  /** See `TakeStanding.lostFor`. */
  get lostFor(): string | null {
    return this.#standing.lostFor;
  }

  get receipt(): FinalisedTake | null {
    return this.#control.receipt;
  }

  /** The newest answer to an opening in this page. */
  get opened(): TakeLease | null {
    return this.#control.opened;
  }

  get bytesProduced(): number {
    return this.#plan.bytesProduced;
  }

  get bytesAcknowledged(): number {
    const isWhole = this.#standing.end === 'finalised' && this.#standing.lostFor === null;
    return isWhole ? this.#plan.bytesProduced : this.#plan.bytesAcknowledged;
  }

  get bytesInFlight(): number {
    return this.#plan.bytesInFlight;
  }

  /** The number the next segment has here. */
  get segmentCount(): number {
    return this.#plan.segmentCount;
  }

  /** Segments with bytes in them, as many as the server will have. */
  get filledCount(): number {
    return this.#plan.filledCount;
  }

  /** Still to be sent; nothing once the take has ended. */
  get backlogBytes(): number {
    return this.#standing.end === null ? this.bytesProduced - this.bytesAcknowledged : 0;
  }

  /** Its last tries met nobody; see `OutageProbe`. */
  get meetsNobody(): boolean {
    return Number.isFinite(this.waitMs()) && this.#standing.wait.meetsNobody;
  }

  /** The sequence number the next new fragment of the segment has. */
  nextSequence(segment: number): number {
    return this.#plan.nextSequence(segment);
  }

  segmentOpened(segment: number): void {
    this.#plan.openSegment(segment);
    this.#options.onChange();
  }

  /** The fragment is in the journal and may go out. */
  fragmentStored(fragment: JournalFragment): void {
    this.#plan.addFragment(fragment);
    this.#options.onChange();
  }

  /** What is left of the segment need not wait for more. */
  segmentEnded(segment: number): void {
    this.#plan.endSegment(segment);
    this.#options.onChange();
  }

  /** The take's journal state became `stopped`: nothing more comes, finalise when all of it is out. */
  async finish(): Promise<void> {
    if (this.#plan.filledCount === 0) await this.#standing.close('refused', 'no_media');
    this.#options.onChange();
  }

  /** The take's journal state became `returning`, whatever it was before. */
  giveBack(): void {
    this.#standing.reviveForReturn();
    this.#options.onChange();
  }

  /** Asks the server for a fresh lease, taking it from another holder when the person said so. */
  reopen(takeOver: boolean): void {
    this.#control.reopen(takeOver);
    this.#standing.unblock();
    this.#options.onChange();
  }

  /** The network or the person came back: waiting of our own making ends, what the server asked for stays. */
  nudge(): void {
    this.#standing.nudge();
    this.#options.onChange();
  }

  /** Somebody answers again: try now. How often it failed is remembered until something succeeds. */
  tryNow(): void {
    this.#standing.wait.skip();
    this.#options.onChange();
  }

  /** Something outside this upload changed that its state depends on. */
  changed(): void {
    this.#options.onChange();
  }

  stop(): void {
    this.#standing.stop();
  }

  /** Milliseconds until this upload may try again; infinite when it waits for something else than time. */
  waitMs(): number {
    return this.#standing.waitMs();
  }

  /** Starts the next opening, status, return or finalise call if one is due. */
  startControl(): boolean {
    return this.waitMs() === 0 && this.#control.start();
  }

  /** Starts the next chunk if there is one. The caller made sure that the link has a slot. */
  startChunk(): boolean {
    if (this.waitMs() > 0 || !this.#control.chunksMayGo) return false;
    return this.#carrier.start(this.#control.finishing);
  }
}
