import type { FinalisedTake, TakeLease } from '@fairtake/contracts';
import type { RecordingFault } from '../recording/recorder';
import type { TakeReport } from '../sending/sending-calls';

/**
 * - `open`: nothing recorded yet. `recording`. `interrupted`: a fault or a reload ended the recording; the person
 *   goes on (`record`), keeps what there is (`stop`), or gives the take back (`giveBack`).
 * - `draining`: stopped, bytes are going out. `finalising`. `parked`: waits for network, server or person (`error`).
 * - `done`: the server has verified all of it. `refused`: it never will (`error`). `returned`: does not count.
 *   `discarded`: the person gave it up, the local bytes are gone.
 */
export type TakePhase =
  | 'open'
  | 'recording'
  | 'interrupted'
  | 'draining'
  | 'finalising'
  | 'parked'
  | 'done'
  | 'refused'
  | 'returned'
  | 'discarded';

export interface TakeSnapshot {
  takeId: string;
  questionId: string;
  phase: TakePhase;
  /** ISO date and time by this device's clock, for showing only. */
  startedAt: string;
  /** Up to the last bytes received from the recorder. For a running clock use `Take.elapsedMs()`. */
  recordedMs: number;
  bytesProduced: number;
  bytesAcknowledged: number;
  /** `received` means durable and verified on the server, nothing less. */
  saved: 'device' | 'sending' | 'received';
  kept: boolean;
  /** What ended the recording, when it was not the person. */
  fault: RecordingFault | null;
  /**
   * Why it is parked or refused: a problem code, or `offline`, `unreachable`,
   * `server_unavailable`, `no_media`, `device_lost_bytes`. A take that lost bytes is salvaged when it is stopped.
   */
  error: string | null;
  /** The server's times and limits for this take, once it answered. */
  lease: TakeLease | null;
  /** The server's receipt with its verdict (`partial` after a salvage); null when it was finalised by an earlier page. */
  receipt: FinalisedTake | null;
}

/** What the recorder is doing for the take: nothing, recording, or handing over its last bytes. */
export type RecordingActivity = 'none' | 'recording' | 'ending';

export function snapshotOf(
  report: TakeReport,
  activity: RecordingActivity,
  fault: RecordingFault | null,
): TakeSnapshot {
  const { record, bytesProduced, bytesAcknowledged, error, opened, receipt } = report;
  return {
    takeId: record.takeId,
    questionId: record.questionId,
    phase: phaseOf(report, activity),
    startedAt: record.startedAt,
    recordedMs: record.recordedMs,
    bytesProduced,
    bytesAcknowledged,
    saved: savedWhere(report),
    kept: record.kept,
    fault,
    error,
    lease: opened,
    receipt,
  };
}

/** Of a take whose recorder has just started. */
export function emptySnapshot(take: { takeId: string; questionId: string; startedAt: string }): TakeSnapshot {
  return {
    takeId: take.takeId,
    questionId: take.questionId,
    phase: 'open',
    startedAt: take.startedAt,
    recordedMs: 0,
    bytesProduced: 0,
    bytesAcknowledged: 0,
    saved: 'device',
    kept: false,
    fault: null,
    error: null,
    lease: null,
    receipt: null,
  };
}

function phaseOf({ record, state }: TakeReport, activity: RecordingActivity): TakePhase {
  if (state === 'finalised') return 'done';
  if (state === 'refused' || state === 'returned') return state;
  if (activity !== 'none') return activity === 'ending' ? 'draining' : 'recording';
  if (record.state === 'recording') return 'interrupted';
  if (state === 'waiting' || state === 'blocked') return 'parked';
  return state === 'finalising' ? 'finalising' : 'draining';
}

function savedWhere({ state, bytesAcknowledged, bytesInFlight }: TakeReport): TakeSnapshot['saved'] {
  if (state === 'finalised') return 'received';
  const moving = bytesAcknowledged > 0 || bytesInFlight > 0;
  return moving && (state === 'sending' || state === 'finalising') ? 'sending' : 'device';
}
