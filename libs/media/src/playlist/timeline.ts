import type { PlaylistFragment } from './media-playlist';

/** A fragment as the index gave it, with the object it lies in. `offset` is from the start of that object. */
export interface PlacedFragment {
  readonly uri: string;
  readonly offset: number;
  readonly sizeBytes: number;
  readonly startTicks: number;
  readonly durationTicks: number;
}

/** A gap longer than this between two fragments is a fault in the recording, not a long frame. */
const longestFrameSeconds = 10;

/**
 * Turns the indexed fragments of one segment into playlist entries. Pure.
 *
 * A fragment lasts until the next one starts: a recorder does not know how long its last frame will stand, so its own
 * sum of sample durations drifts. Where starts run backwards or jump, the fragment's own duration is used, which is
 * also right for the last. A fragment that lasts no time joins the one before when their bytes touch; otherwise it is
 * left out, because a player waits for ever for media it does not hold.
 *
 * @param fragments in playing order.
 * @param timescale ticks per second: `init.timescale` of the segment.
 */
export function playlistFragments(
  fragments: readonly PlacedFragment[],
  timescale: number,
): PlaylistFragment[] {
  const entries: PlaylistFragment[] = [];
  fragments.forEach((fragment, index) => {
    const { uri, offset, sizeBytes } = fragment;
    const durationSeconds = lasting(fragment, fragments[index + 1], timescale);
    const previous = entries.at(-1);
    if (durationSeconds > 0) entries.push({ uri, offset, sizeBytes, durationSeconds });
    else if (previous && previous.uri === uri && previous.offset + previous.sizeBytes === offset) {
      entries[entries.length - 1] = { ...previous, sizeBytes: previous.sizeBytes + sizeBytes };
    }
  });
  return entries;
}

function lasting(fragment: PlacedFragment, next: PlacedFragment | undefined, timescale: number): number {
  const own = fragment.durationTicks / timescale;
  if (!next || fragment.durationTicks === 0) return own;
  const untilNext = (next.startTicks - fragment.startTicks) / timescale;
  return untilNext > 0 && untilNext < own + longestFrameSeconds ? untilNext : own;
}
