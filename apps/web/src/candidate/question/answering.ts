import { CaptureError, keepAwake, type LevelReading } from '@fairtake/capture';
import type { CandidateQuestion } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import type { Trouble } from '../arrival';
import type { Camera } from '../recording/camera';
import {
  cutBy,
  endedBySharer,
  hasEnded,
  returnReasonOf,
  returnedBy,
  type Notice,
  type QuestionPhase,
  type Take,
  type TakeSource,
} from './phase';

/** Loudness heard while a take was recorded, for its waveform in review. In memory only. */
const heardLevels = new WeakMap<Take, number[]>();
export const levelsOf = (take: Take): readonly number[] => heardLevels.get(take) ?? [];

const checkEveryMs = 100;

export type AnsweringParts = {
  source: TakeSource;
  camera: Pick<Camera, 'getSnapshot' | 'open' | 'share' | 'subscribeLevel'>;
  question: CandidateQuestion;
  /** Something about takes changed that the server knows more about. */
  onChanged: () => void;
};

/** What of the browser is replaced in tests. */
export type AnsweringTools = {
  every: (ms: number, work: () => void) => () => void;
  isHidden: () => boolean;
  keepAwake: () => () => void;
};

const browserTools: AnsweringTools = {
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  isHidden: () => document.hidden,
  keepAwake,
};

/**
 * The phases of one question. What is recorded is always on screen: leaving the question ends the recording, and a
 * start that was cancelled is given back whenever the recorder comes up.
 */
export class Answering {
  /** The question's limits may change while it is shown. */
  parts: AnsweringParts;
  #phase: QuestionPhase;
  /** Every press and every leaving makes what an earlier one still waits for unwanted. */
  #turn = 0;
  /** The last start, cancelled or not: there is one recorder at a time. */
  #starting: Promise<void> = Promise.resolve();
  /** The recording a new one replaces. Dropped only once the new one runs. */
  #replaced: Take | null = null;
  #endWatch: () => void = () => undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    parts: AnsweringParts,
    first: QuestionPhase,
    private readonly tools: AnsweringTools = browserTools,
  ) {
    this.parts = parts;
    this.#phase = first;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): QuestionPhase => this.#phase;

  /** The question is on screen. A recording found in the journal is shown as soon as its bytes are read. */
  enter(): void {
    if (this.#phase.name === 'stopping') void this.#show(this.#phase.take);
  }

  /** The question leaves the screen: nothing goes on being recorded that nobody sees. */
  leave(): void {
    this.#turn++;
    this.#endWatch();
    const phase = this.#phase;
    if (phase.name === 'countdown') this.#set(before(phase.goOn));
    const take = 'take' in phase ? phase.take : null;
    if (take && !take.interrupt) void take.discard().catch(() => undefined);
    if (!this.parts.source.keepsEarlier) void this.#replaced?.discard().catch(() => undefined);
    if (phase.name !== 'record') return;
    end(phase.take);
    this.#set(
      phase.take.interrupt
        ? { name: 'found', take: phase.take, why: 'left' }
        : { name: 'think', notice: null },
    );
  }

  readonly ready = (): void => void this.#countDown(null);

  readonly cancel = (): void => {
    if (this.#phase.name !== 'countdown') return;
    this.#turn++;
    const { goOn } = this.#phase;
    if (goOn) this.#set(before(goOn));
    else this.#think(null);
  };

  /** The countdown is over. */
  readonly begin = (): void => {
    if (this.#phase.name !== 'countdown') return;
    const { goOn } = this.#phase;
    const turn = ++this.#turn;
    this.#starting = this.#starting.then(() => this.#start(goOn, turn));
  };

  readonly stop = (): void => {
    if (this.#phase.name === 'record') void this.#stop(this.#phase.take);
  };

  /** Back to think time; the recording under review stays within reach. */
  readonly again = (): void => {
    if (this.#phase.name === 'review') this.#replaced = this.#phase.take;
    this.#think(null);
  };

  /** Shows an earlier recording, which may still become the answer. */
  readonly look = (take: Take): void => void this.#show(take);

  /** Goes on with a take that was cut. */
  readonly goOn = (): void => {
    if (this.#phase.name === 'found') void this.#countDown(this.#phase.take);
  };

  readonly keepFound = (): void => {
    if (this.#phase.name === 'found') void this.#keep(this.#phase.take);
  };

  readonly giveBackFound = (): void => {
    if (this.#phase.name !== 'found') return;
    const { take, why } = this.#phase;
    take.giveBack(returnReasonOf(why)).then(
      () => this.#think(null),
      () => this.#set({ name: 'found', take, why, notice: failed }),
    );
  };

  /** What a device sent that recorded before this one: nothing that goes on here is disturbed. */
  receivedElsewhere(takeId: string, startedAt: string): void {
    if (this.#phase.name === 'think' && this.#phase.notice === null)
      this.#set({ name: 'received', takeId, startedAt });
  }

  async #countDown(goOn: Take | null): Promise<void> {
    const { camera, question } = this.parts;
    const screen = question.kind === 'screen';
    const turn = ++this.#turn;
    const state = camera.getSnapshot();
    const live = state.status === 'live' ? state : await (screen ? camera.share() : camera.open());
    if (turn !== this.#turn) return;
    if (live.status === 'live') this.#set({ name: 'countdown', goOn });
    else if (live.status === 'off' && screen && !goOn) this.#think({ kind: 'not_shared' });
  }

  async #start(goOn: Take | null, turn: number): Promise<void> {
    if (turn !== this.#turn) return;
    const { source, camera, question } = this.parts;
    const state = camera.getSnapshot();
    if (state.status !== 'live') return this.#notStarted(goOn, { kind: 'not_started' });
    const { stream } = state;
    const stopAfterMs = (question.answerSeconds + question.graceSeconds) * 1000;
    try {
      const { questionId } = question;
      const take = goOn ?? (await source.startTake({ questionId, stream, stopAfterMs }));
      await goOn?.record(stream);
      // Cancelled, or left, while the recorder came up.
      if (turn !== this.#turn) return await (goOn ? end(take) : take.giveBack('too_short'));
      goOn?.stopAfter?.(stopAfterMs);
      const replaced = this.#replaced;
      this.#replaced = null;
      this.#set({ name: 'record', take });
      this.#watch(take);
      this.parts.onChanged();
      // Where recordings add up in memory only the newest is kept.
      if (!source.keepsEarlier) await replaced?.discard();
    } catch (error) {
      if (turn === this.#turn) this.#notStarted(goOn, noticeOf(error));
    }
  }

  #notStarted(goOn: Take | null, notice: Notice): void {
    if (goOn) this.#set({ ...before(goOn), notice });
    else this.#think(notice);
  }

  /** Looks after a running recording until it ends. */
  #watch(take: Take): void {
    const levels = heardLevels.get(take) ?? [];
    heardLevels.set(take, levels);
    const unsubscribeLevel = this.parts.camera.subscribeLevel(({ level }: LevelReading) =>
      levels.push(level),
    );
    const letSleep = this.tools.keepAwake();
    let hidden = this.tools.isHidden();
    const stopChecking = this.tools.every(checkEveryMs, () => {
      hidden ||= this.tools.isHidden();
      this.#check(take, hidden);
    });
    this.#endWatch = () => {
      this.#endWatch = () => undefined;
      stopChecking();
      unsubscribeLevel();
      letSleep();
    };
  }

  #check(take: Take, hidden: boolean): void {
    const { answerSeconds, graceSeconds, kind } = this.parts.question;
    // First: asking for the time is how a sleep is noticed.
    const atLimit = take.elapsedMs() >= (answerSeconds + graceSeconds) * 1000;
    const { fault, phase, error } = take.getSnapshot();
    if (phase !== 'refused' && !fault && !atLimit && !hasEnded(take)) return;
    this.#endWatch();
    if (phase === 'refused') {
      this.#think({ kind: 'problem', trouble: { code: (error ?? 'internal') as Trouble['code'] } });
    } else if (fault && fault.kind !== 'memory_full' && !endedBySharer(fault, kind)) {
      // A full memory is none of these: what it holds is the answer up to here, and it is kept.
      if (take.interrupt && take.elapsedMs() >= shortTakeMs)
        this.#set({ name: 'found', take, why: cutBy(fault, hidden) });
      else {
        const { reason, notice } = returnedBy(fault, hidden);
        void take.giveBack(reason).catch(() => undefined);
        this.#think(notice);
      }
    } else void this.#stop(take);
  }

  async #stop(take: Take): Promise<void> {
    this.#endWatch();
    const turn = ++this.#turn;
    this.#set({ name: 'stopping', take });
    try {
      if (take.elapsedMs() < shortTakeMs) {
        await take.giveBack('too_short');
        if (turn === this.#turn) this.#think({ kind: 'returned', cause: 'short' });
        return;
      }
      await take.stop();
    } catch {
      // What is in the journal is there: keeping it can be tried once more.
      if (turn === this.#turn) this.#set({ ...before(take), notice: failed });
      return;
    }
    if (turn === this.#turn) await this.#show(take);
  }

  async #keep(take: Take): Promise<void> {
    const turn = ++this.#turn;
    try {
      await take.stop();
      if (turn === this.#turn) await this.#show(take);
    } catch {
      if (turn === this.#turn) this.#set({ ...before(take), notice: failed });
    }
  }

  async #show(take: Take): Promise<void> {
    const turn = ++this.#turn;
    // A recording that cannot be read back here is sent all the same, and can be chosen.
    const blobs = await take.recordedBlobs().catch((): Blob[] => []);
    if (turn !== this.#turn) return;
    this.#set({ name: 'review', take, blobs });
    this.parts.onChanged();
  }

  #think(notice: Notice | null): void {
    this.#turn++;
    this.#set({ name: 'think', notice });
    this.parts.onChanged();
  }

  #set(phase: QuestionPhase): void {
    this.#phase = phase;
    for (const listener of [...this.#listeners]) listener();
  }
}

const shortTakeMs = limits.shortTakeSeconds * 1000;
const failed: Notice = { kind: 'problem', trouble: { code: 'internal' } };

/** Where a countdown came from. */
const before = (goOn: Take | null): Extract<QuestionPhase, { name: 'found' | 'think' }> =>
  goOn
    ? { name: 'found', take: goOn, why: cutBy(goOn.getSnapshot().fault, false) }
    : { name: 'think', notice: null };

/** Ends what runs; what was recorded stays, and the person decides. Practice keeps nothing. */
function end(take: Take): void {
  take.interrupt?.({ kind: 'left_page', device: null, detail: '' });
}

/** Why a recording did not start, or did not go on. */
function noticeOf(error: unknown): Notice {
  if (!(error instanceof CaptureError)) return { kind: 'not_started' };
  if (error.code === 'refused' && error.reason)
    return { kind: 'problem', trouble: { code: error.reason as Trouble['code'] } };
  if (error.code === 'offline') return { kind: 'offline' };
  if (error.code === 'foreign_segments') return { kind: 'foreign_segments' };
  return { kind: 'not_started' };
}
