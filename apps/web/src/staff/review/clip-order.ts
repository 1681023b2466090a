import type { BatchClip } from '@fairtake/contracts';

export const isSubmitted = (clip: BatchClip): boolean => clip.review?.state === 'submitted';

/** There is something to judge: words, or sources that nothing says cannot be played. */
export const isPlayable = ({ media }: BatchClip): boolean =>
  media.response !== null || (media.sources.length > 0 && media.state !== 'failed');

/**
 * The clip to score after `from`: the next open one that plays, around the end; then open ones that do not play (yet).
 * Null when everything else is submitted.
 */
export function nextOpenClip(clips: readonly BatchClip[], from: string | null): BatchClip | null {
  const at = clips.findIndex((clip) => clip.answerId === from);
  const round = [...clips.slice(at + 1), ...clips.slice(0, Math.max(0, at))];
  const open = round.filter((clip) => !isSubmitted(clip));
  return open.find(isPlayable) ?? open[0] ?? null;
}

/** The clip a visit starts with: the one named in the address, else the first open one, else the first. */
export function openingClip(clips: readonly BatchClip[], named: string | undefined): BatchClip | null {
  const wanted = clips.find((clip) => clip.answerId === named);
  if (wanted) return wanted;
  const open = clips.filter((clip) => !isSubmitted(clip));
  return open.find(isPlayable) ?? open[0] ?? clips[0] ?? null;
}
