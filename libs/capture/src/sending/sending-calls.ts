import type { FinalisedTake, OpenTake, ReturnTake, TakeLease } from '@fairtake/contracts';
import type { JournalTake } from '../journal/journal';
import type { LinkReport } from '../recording-sink';
import type { UploadState } from '../upload/take-upload';

/** Everything the page knows of one take's journal and upload. */
export interface TakeReport {
  record: JournalTake;
  state: UploadState;
  /** See `TakeSnapshot.error`. */
  error: string | null;
  /** Why the take can never be whole on the server; it is salvaged when it is stopped. */
  lostFor: string | null;
  receipt: FinalisedTake | null;
  opened: TakeLease | null;
  bytesProduced: number;
  bytesAcknowledged: number;
  bytesInFlight: number;
  /** The number the next segment has. */
  segmentCount: number;
  /** Segments with bytes in them, as many as the server will have. */
  filledCount: number;
}

/** A take of this page whose engine died: segments listed are still being recorded. */
export interface KnownTake {
  takeId: string;
  openSegments: number[];
}

/**
 * What the page asks of the engine, wherever that runs. Every call may be made again with the same arguments (its
 * answer may have died with a worker) and then changes nothing. A call about a take the engine does not know does
 * nothing. All arguments and results can be cloned.
 */
export interface SendingCalls {
  /**
   * Picks up what the journal holds of the interview: uploads go on, stopped takes are finalised, what is settled is
   * pruned except for `known`, which the page still shows. Reports arrive as events.
   */
  restore(known: KnownTake[]): Promise<void>;
  begin(take: JournalTake): Promise<void>;
  openSegment(
    takeId: string,
    segment: number,
    recorder: OpenTake['recorder'],
    mimeType: string,
  ): Promise<void>;
  /** Resolves when the fragment is in the journal. */
  append(
    takeId: string,
    segment: number,
    sequence: number,
    bytes: ArrayBuffer,
    recordedMs: number,
  ): Promise<void>;
  endSegment(takeId: string, segment: number, recordedMs: number): Promise<void>;
  /** Nothing more is recorded: finalise when all of it is out. */
  stop(takeId: string): Promise<void>;
  giveBack(takeId: string, reason: ReturnTake['reason']): Promise<void>;
  /** Asks for a fresh lease. */
  reopen(takeId: string, takeOver: boolean): Promise<void>;
  retry(takeId: string): Promise<void>;
  keep(takeId: string): Promise<void>;
  /** Stops sending and drops the local bytes. */
  forget(takeId: string): Promise<void>;
  /** The recorded bytes per segment, in order; segments whose bytes are gone are left out. */
  readBack(takeId: string): Promise<{ mimeType: string; bytes: ArrayBuffer }[]>;
}

export type SendingMethod = keyof SendingCalls;

/** What the engine tells the page. */
export interface SendingEvents {
  take(report: TakeReport): void;
  /** The take is done with and its local bytes are gone; its last report stands. */
  retired(takeId: string): void;
  link(report: LinkReport): void;
  /** The device gives no storage (any more): what is recorded from now on lives as long as the engine. */
  memoryOnly(): void;
  /** The server says that the session ended; true when there is a new one. */
  renewSession(): Promise<boolean>;
}
