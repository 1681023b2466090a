import { recordingSeconds } from './take-bounds';
import { heldSeconds, type SeenTake } from './take-fault';

/** The pieces of one encoder start that arrived. */
export interface HeldPieces {
  segment: number;
  /** Ascending. */
  indexes: readonly number[];
}

/** How many pieces of each segment can be played: those from its beginning to its first gap. */
export function playablePrefixes(held: readonly HeldPieces[]): { segment: number; count: number }[] {
  return held.flatMap(({ segment, indexes }) => {
    let count = 0;
    while (indexes[count] === count) count += 1;
    // Without its first piece a segment has no header, and nothing of it can be opened.
    return count > 0 ? [{ segment, count }] : [];
  });
}

/** What is known of the length of a recording that lost a part. */
export interface RecordedLength {
  /** What the recorder says; null when nobody knows any more. */
  declaredMs: number | null;
  /** What the pieces that arrived tell, those behind a gap included: it lasted at least as long. */
  recordedSeconds: number;
}

/**
 * Seconds that are known to be missing of a take that lost a part. What was recorded is as long as the recorder said,
 * but no shorter than what arrived of it tells, and within what the take was allowed; when nobody knows any more, at
 * least as long as pieces came in. Whoever lacks a piece lacks a second.
 *
 * @param playableSeconds null when the container does not tell; then the share of pieces has to do
 * @param pieces how many are played, of how many there were at least
 */
export function missingSeconds(
  take: SeenTake,
  { declaredMs, recordedSeconds }: RecordedLength,
  playableSeconds: number | null,
  pieces: { played: number; known: number },
): number {
  const told = declaredMs === null ? heldSeconds({ ...take, durationMs: null }) : declaredMs / 1000;
  const recorded = Math.min(recordingSeconds(take), Math.max(told, recordedSeconds));
  const played = playableSeconds ?? (pieces.known === 0 ? 0 : (recorded * pieces.played) / pieces.known);
  return Math.max(pieces.played < pieces.known ? 1 : 0, Math.round(recorded - played));
}
