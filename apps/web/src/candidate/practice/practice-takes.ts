import type { CaptureSession, MemoryClip, MemoryRecording, StartTake, TakeSnapshot } from '@fairtake/capture';
import { v7 as uuidv7 } from 'uuid';
import type { KeptNotes } from '../question/notes';
import type { Take, TakeSource } from '../question/phase';

/** Takes of practice: made by the recorders of real ones, kept in this page's memory and nowhere else. */
export function practiceTakes(session: Pick<CaptureSession, 'recordToMemory'>): TakeSource {
  return {
    takes: () => [],
    startTake: async ({ questionId, stream }: StartTake) =>
      new PracticeTake(questionId, await session.recordToMemory(stream)),
  };
}

/** Notes of practice are forgotten with the page. */
export const practiceNotes: KeptNotes = {
  read: async () => '',
  write: async () => undefined,
};

class PracticeTake implements Take {
  readonly takeId = uuidv7();
  readonly #startedAt = new Date().toISOString();
  readonly #recording: MemoryRecording;
  #clip: MemoryClip | null = null;
  #gone = false;

  constructor(
    readonly questionId: string,
    recording: MemoryRecording,
  ) {
    this.#recording = recording;
  }

  elapsedMs(): number {
    return this.#clip?.recordedMs ?? this.#recording.recordedMs;
  }

  getSnapshot(): TakeSnapshot {
    const { takeId, questionId } = this;
    return {
      ...{ takeId, questionId, startedAt: this.#startedAt, recordedMs: this.elapsedMs() },
      phase: this.#gone ? 'discarded' : this.#clip ? 'done' : 'recording',
      ...{ bytesProduced: 0, bytesAcknowledged: 0, saved: 'device', kept: false },
      ...{ fault: this.#recording.fault, error: null, lease: null, receipt: null },
    };
  }

  /** Only a take that an earlier page left can go on, and practice leaves none. */
  record(): Promise<void> {
    return Promise.reject(new Error('A practice take is recorded once'));
  }

  async stop(): Promise<void> {
    this.#clip = await this.#recording.stop();
  }

  giveBack(): Promise<void> {
    return this.discard();
  }

  async discard(): Promise<void> {
    this.#gone = true;
    if (this.#clip) this.#clip = { ...this.#clip, blobs: [] };
    else await this.#recording.abandon();
  }

  async recordedBlobs(): Promise<Blob[]> {
    return this.#clip?.blobs ?? [];
  }
}
