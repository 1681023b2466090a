import { listBoxes, Mp4Unreadable, type Mp4Problem } from './boxes';
import { FragmentList, type Mp4Fragment, type Mp4Init } from './fragment-list';
import type { Mp4Track } from './tracks';

/** Offsets are from the start of the bytes that were indexed; `init` is there for the first chunk of a segment. */
export type Mp4Index =
  | { readonly ok: true; readonly init?: Mp4Init; readonly fragments: readonly Mp4Fragment[] }
  | { readonly ok: false; readonly reason: Mp4Problem };

/**
 * Indexes one uploaded chunk of a fragmented MP4 recording. Pure: about a millisecond per MiB, no copies.
 *
 * @param options.first whether this is chunk 0 of its segment, which has to carry `ftyp` + `moov`.
 * @param options.tracks `init.tracks` of chunk 0; needed for every later chunk.
 * @returns a refusal as a value, never an exception, whatever the bytes: the caller falls back to server assembly.
 * Source: ISO/IEC 14496-12 (boxes, §8.8 movie fragments), measured on Chromium and Safari recordings.
 */
export function indexChunk(
  bytes: Buffer,
  options: { first: boolean; tracks?: readonly Mp4Track[] },
): Mp4Index {
  const tracks = options.first ? [] : (options.tracks ?? []);
  try {
    if (options.first && bytes.toString('latin1', 4, 8) !== 'ftyp') {
      return { ok: false, reason: bytes.length < 8 ? 'not_whole_fragments' : 'not_fragmented_mp4' };
    }
    const list = new FragmentList(tracks);
    for (const box of listBoxes(bytes, 0, bytes.length, 'not_whole_fragments')) {
      list.add(bytes, box, box.start);
    }
    list.finish();
    if (!options.first) return { ok: true, fragments: list.fragments };
    if (!list.init) return { ok: false, reason: 'missing_init' };
    return { ok: true, init: list.init, fragments: list.fragments };
  } catch (error) {
    if (error instanceof Mp4Unreadable) return { ok: false, reason: error.reason };
    throw error;
  }
}
