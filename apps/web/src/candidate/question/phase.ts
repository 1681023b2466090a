import type { RecordingFault, StartTake, Take as SentTake, TakeSnapshot } from '@fairtake/capture';
import type { CandidateAnswer, QuestionKind, ReturnTake } from '@fairtake/contracts';
import type { Trouble } from '../arrival';

/** What these screens need of a take. Practice has takes of its own that exist in the page only. */
export type Take = Pick<
  SentTake,
  | 'takeId'
  | 'questionId'
  | 'elapsedMs'
  | 'getSnapshot'
  | 'record'
  | 'stop'
  | 'giveBack'
  | 'discard'
  | 'recordedBlobs'
> &
  // Practice records for as long as the page asks, at one quality, and what was cut cannot go on.
  Partial<Pick<SentTake, 'stopAfter' | 'rung' | 'interrupt'>>;

/** Where takes come from: the session of the interview, or practice. */
export type TakeSource = {
  takes(): readonly Take[];
  startTake(start: StartTake): Promise<Take>;
  /** Earlier recordings can still be chosen after a new one. */
  keepsEarlier?: boolean;
};

/** Why nothing is being recorded although something was; said above the picture. */
export type Notice =
  | { kind: 'returned'; cause: 'device' | 'hidden' | 'stalled' | 'short' }
  | { kind: 'not_started' }
  /** The browser's question of what to share was closed. */
  | { kind: 'not_shared' }
  /** A cut recording cannot go on now, or not on this device. */
  | { kind: 'offline' }
  | { kind: 'foreign_segments' }
  | { kind: 'problem'; trouble: Trouble };

/** What cut a recording: the page closed, the question was left, or a fault; `lost`: a part of its bytes is gone. */
export type FoundWhy = 'page' | 'left' | 'device' | 'hidden' | 'asleep' | 'stalled' | 'lost';

/** `goOn` is the cut take that recording will add to; null starts a new one. */
export type QuestionPhase =
  | { name: 'think'; notice: Notice | null }
  | { name: 'countdown'; goOn: Take | null }
  | { name: 'record'; take: Take }
  | { name: 'stopping'; take: Take }
  | { name: 'review'; take: Take; blobs: readonly Blob[] }
  /** Recorded and received, but this device has no copy to play. */
  | { name: 'received'; takeId: string; startedAt: string }
  /** This take was cut; the person decides. `notice`: why the last choice could not be done. */
  | { name: 'found'; take: Take; why: FoundWhy; notice?: Notice };

const stopped = new Set<TakeSnapshot['phase']>(['draining', 'finalising', 'parked', 'done']);

/** What an earlier page left of this question: a cut take, or a recording nobody has decided about yet. */
export function leftOver(
  takes: readonly Take[],
  answer: CandidateAnswer | undefined,
  keptHere: string | undefined,
): { kind: 'found' | 'review'; take: Take } | { kind: 'received'; takeId: string; startedAt: string } | null {
  const newestFirst = [...takes].reverse();
  // One that still runs was left a moment ago: its end is under way.
  const cut = newestFirst.find((take) => ['interrupted', 'recording'].includes(take.getSnapshot().phase));
  if (cut) return { kind: 'found', take: cut };
  if (keptHere !== undefined) return null;
  const undecided = newestFirst.find(
    (take) => stopped.has(take.getSnapshot().phase) && !take.getSnapshot().kept,
  );
  if (undecided) return { kind: 'review', take: undecided };
  // Ids sort by time: a recording made before the chosen one was turned down by choosing.
  const keptTakeId = answer?.keptTakeId ?? '';
  const received = answer?.takes.findLast(
    ({ takeId, state }) => state === 'finalised' && takeId > keptTakeId,
  );
  return received ? { kind: 'received', takeId: received.takeId, startedAt: received.startedAt } : null;
}

/** Recordings of this question that could still become the answer, newest first; not the one on screen. */
export function otherRecordings(takes: readonly Take[], questionId: string, phase: QuestionPhase): Take[] {
  if (phase.name !== 'think' && phase.name !== 'review') return [];
  const shown = phase.name === 'review' ? phase.take : null;
  return takes
    .filter((take) => take.questionId === questionId && take !== shown)
    .filter((take) => stopped.has(take.getSnapshot().phase) && !take.getSnapshot().kept)
    .reverse();
}

/** The recording ended without a press: its limit was reached, or the page was told to keep what there is. */
export const hasEnded = (take: Take): boolean => stopped.has(take.getSnapshot().phase);

/** What the server is told, and what the person is told, when a fault ended a recording. */
export function returnedBy(
  fault: RecordingFault,
  pageWasHidden: boolean,
): { reason: ReturnTake['reason']; notice: Notice } {
  if (fault.kind === 'stalled' || fault.kind === 'recorder_error') {
    return { reason: 'encoder_stalled', notice: { kind: 'returned', cause: 'stalled' } };
  }
  return { reason: 'device_lost', notice: { kind: 'returned', cause: pageWasHidden ? 'hidden' : 'device' } };
}

/** Why a take waits for the person's decision; a reload leaves no fault behind. */
export function cutBy(fault: RecordingFault | null, pageWasHidden: boolean): FoundWhy {
  if (fault?.detail === 'device_lost_bytes') return 'lost';
  switch (fault?.kind) {
    case 'stalled':
    case 'recorder_error':
      return 'stalled';
    case 'device_ended':
    case 'device_muted':
      return pageWasHidden ? 'hidden' : 'device';
    case 'asleep':
      return 'asleep';
    case 'left_page':
      return 'left';
    default:
      return 'page';
  }
}

/** What the server is told when the person rather records again. */
export function returnReasonOf(why: FoundWhy): ReturnTake['reason'] {
  if (why === 'device' || why === 'hidden') return 'device_lost';
  return why === 'stalled' || why === 'lost' ? 'encoder_stalled' : 'page_closed';
}

/** The person ended the sharing in the browser's own bar: a way to stop, not a fault. */
export const endedBySharer = (fault: RecordingFault | null, kind: QuestionKind): boolean =>
  kind === 'screen' && fault?.kind === 'device_ended' && fault.device === 'camera';

/** Seconds left of a soft think time; null when there is none. Never below zero: nothing happens at zero. */
export function thinkSecondsLeft(
  thinkSeconds: number | null,
  thinkStartedAt: string | null,
  serverNowMs: number,
): number | null {
  if (thinkSeconds === null) return null;
  if (thinkStartedAt === null) return thinkSeconds;
  const gone = (serverNowMs - Date.parse(thinkStartedAt)) / 1000;
  return Math.max(0, Math.ceil(thinkSeconds - gone));
}

/**
 * The try on screen: the next one while it is prepared, otherwise the one that is recorded or looked at. Going on with
 * a cut one is no new try.
 *
 * @param tries the takes that count, oldest first
 */
export function tryNumber(phase: QuestionPhase, tries: readonly string[], takes: number): number {
  const shown = shownTake(phase);
  if (shown === null) return Math.min(tries.length + 1, takes);
  const place = tries.indexOf(shown);
  return place >= 0 ? place + 1 : Math.max(1, tries.length);
}

function shownTake(phase: QuestionPhase): string | null {
  if (phase.name === 'think') return null;
  if (phase.name === 'countdown') return phase.goOn?.takeId ?? null;
  return phase.name === 'received' ? phase.takeId : phase.take.takeId;
}
