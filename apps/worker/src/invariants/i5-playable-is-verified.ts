import type { StoredRenditionRow } from '@fairtake/database';
import { durationsAgree } from '../answers/durations';
import type { AnswerFacts, SegmentFacts, TakeFacts } from './facts';
import { faultOf } from './held-objects';
import type { Finding } from './violation';

/** I5: what is offered to be played is there, and as long as it says. */
export function playableIsVerified(answer: AnswerFacts): Finding[] {
  if (answer.mediaState !== 'playable' && answer.mediaState !== 'finished') return [];
  // Words, choices and files do not play; that they are there is seen with what is kept (I3) and durable (I1).
  if (!answer.take && answer.keptAt) return [];
  const renditions = answer.renditions.filter((one) => one.generation === answer.generation);
  const assets = answer.assets.filter((one) => one.generation === answer.generation);
  const messages = [
    answer.take?.indexed || renditions.length > 0 ? null : `is ${answer.mediaState}, but nothing of it plays`,
    ...renditions.map((one) => about(`rendition ${one.kind}`, faultOf(one) ?? rangeFaultOf(one))),
    ...assets.map((one) => about(`asset ${one.kind}`, faultOf(one))),
    durationFaultOf(answer, renditions),
  ];
  return messages
    .filter((message) => message !== null)
    .map((message) => ({ invariant: 'I5', subject: 'answer', id: answer.id, message }));
}

/** I5: the playlist of a recording names bytes that its chunks have. One finding per take. */
export function playlistInsideChunks(take: TakeFacts): Finding[] {
  for (const segment of take.segments) {
    const fault = indexFaultOf(segment);
    if (fault)
      return [
        { invariant: 'I5', subject: 'take', id: take.id, message: `segment ${segment.number} ${fault}` },
      ];
  }
  return [];
}

const about = (name: string, fault: string | null): string | null => (fault ? `${name} ${fault}` : null);

interface Range {
  offset: number;
  sizeBytes: number;
}

const lies = ({ offset, sizeBytes }: Range, insideBytes: number): boolean =>
  offset >= 0 && sizeBytes > 0 && offset + sizeBytes <= insideBytes;

function rangeFaultOf({ kind, init, fragments, sizeBytes }: StoredRenditionRow): string | null {
  if (kind === 'progressive') return null;
  if (!init || !fragments || fragments.length === 0) return 'has no playlist';
  if (!lies(init, sizeBytes)) return 'begins outside its object';
  const outside = fragments.findIndex((fragment) => !lies(fragment, sizeBytes));
  return outside < 0 ? null : `names fragment ${outside} outside its object`;
}

/** A chunk that is missing altogether is I3's. */
function indexFaultOf({ init, fragments, chunks }: SegmentFacts): string | null {
  if (!init || !fragments) return null;
  const sizes = new Map(chunks.map((chunk) => [chunk.index, chunk.sizeBytes]));
  if (!lies(init, sizes.get(0) ?? Infinity)) return 'begins outside its first chunk';
  const outside = fragments.findIndex((fragment) => !lies(fragment, sizes.get(fragment.chunk) ?? Infinity));
  return outside < 0 ? null : `names fragment ${outside} outside its chunk`;
}

const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`;

/** A flagged answer was found to differ and says so; one that is not finished was not measured yet. */
function durationFaultOf(
  { durationSeconds, mediaState, mediaFlagged, take }: AnswerFacts,
  renditions: readonly StoredRenditionRow[],
): string | null {
  if (mediaFlagged) return null;
  if (durationSeconds === null || durationSeconds <= 0) return 'plays, but has no duration';
  if (mediaState !== 'finished') return null;
  if (take?.durationMs != null && !durationsAgree(durationSeconds, take.durationMs / 1_000))
    return `lasts ${inSeconds(durationSeconds)}, declared were ${inSeconds(take.durationMs / 1_000)}`;
  const other = renditions.find((rendition) => !durationsAgree(durationSeconds, rendition.durationSeconds));
  return other
    ? `lasts ${inSeconds(durationSeconds)}, its rendition ${other.kind} ${inSeconds(other.durationSeconds)}`
    : null;
}
