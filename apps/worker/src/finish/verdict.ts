import type { Publication } from '@fairtake/database';
import { isOverlong } from '@fairtake/domain';
import type { MediaSummary } from '@fairtake/media';
import { durationsAgree } from '../answers/durations';

export interface Evidence {
  /** Every recorder start, as counted packet by packet. */
  recorded: readonly MediaSummary[];
  /** As the recorder counted it. */
  declaredSeconds: number | null;
  /** As long as the take was allowed to be. */
  allowedSeconds: number;
  /** Length of the rendition made of it, where there is one. */
  renditionSeconds: number | null;
  /** The decoder had something to say. */
  complaints: boolean;
}

/**
 * What is published of a finished answer. Pure. Where the proof fails the answer is flagged: shown with a word, never
 * hidden and never silently replaced (I5).
 */
export function verdictOf({
  recorded,
  declaredSeconds,
  allowedSeconds,
  renditionSeconds,
  complaints,
}: Evidence): Required<Publication> {
  const durationSeconds = recorded.reduce((sum, summary) => sum + summary.durationSeconds, 0);
  const audioOnly = recorded.every((summary) => !summary.video);
  const frames = recorded.reduce((sum, summary) => sum + summary.frames, 0);
  const flagged =
    complaints ||
    (!audioOnly && frames === 0) ||
    isOverlong(durationSeconds, allowedSeconds) ||
    !agree(durationSeconds, declaredSeconds) ||
    !agree(durationSeconds, renditionSeconds);
  return { durationSeconds, audioOnly, flagged };
}

/** What was not said cannot disagree. */
const agree = (seconds: number, said: number | null): boolean =>
  said === null || durationsAgree(seconds, said);
