import { Mp4Unreadable, type Box } from './boxes';
import { readTrackFragments, type TrackFragment } from './track-fragment';
import { readTracks, referenceTrack, type Mp4Track } from './tracks';

/** `ftyp` + `moov` of a segment: what a player needs before any fragment (EXT-X-MAP). */
export interface Mp4Init {
  /** Bytes from the start of the indexed bytes. */
  readonly offset: number;
  readonly sizeBytes: number;
  /** Ticks per second of every `startTicks` and `durationTicks` of this segment: that of `referenceTrack(tracks)`. */
  readonly timescale: number;
  readonly tracks: readonly Mp4Track[];
}

/** One `moof` + `mdat`, times in ticks of the segment's reference track. */
export interface Mp4Fragment {
  /** Bytes from the start of the indexed bytes. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly startTicks: number;
  readonly durationTicks: number;
  /** Whether playback can begin here. */
  readonly keyFrame: boolean;
}

/** Boxes that may stand beside fragments and mean nothing to a playlist. */
const strayBoxes = new Set([
  ...['styp', 'sidx', 'ssix', 'free', 'skip', 'wide', 'mfra', 'prft', 'emsg', 'uuid', 'pdin', 'meta'],
]);
/** Fragments of one indexed run of bytes: 30 minutes of one every 2 s is 900. */
const maxFragments = 100_000;

/**
 * Takes the top-level boxes of a recording in order and keeps what a playlist needs. It never sees media bytes, so
 * the same rules serve a chunk in memory and a file of any length.
 */
export class FragmentList {
  init: Mp4Init | undefined;
  readonly fragments: Mp4Fragment[] = [];
  private ftypOffset: number | undefined;
  private open: { offset: number; trackFragments: TrackFragment[] } | undefined;

  constructor(private tracks: readonly Mp4Track[]) {}

  /** Whether `add` reads inside a box of this type: its whole body has to be in the Buffer. */
  static needsBody(type: string): boolean {
    return type === 'moov' || type === 'moof';
  }

  /**
   * @param bytes holds the box's body when `needsBody(box.type)`; `box` is relative to it.
   * @param offset where the box begins in the indexed bytes.
   */
  add(bytes: Buffer, box: Box, offset: number): void {
    const sizeBytes = box.end - box.start;
    if (box.type === 'ftyp') this.addFileType(offset);
    else if (box.type === 'moov') this.addMovie(bytes, box, offset + sizeBytes);
    else if (box.type === 'moof') this.addMovieFragment(bytes, box, offset);
    else if (box.type === 'mdat') this.addMediaData(offset + sizeBytes);
    else if (!strayBoxes.has(box.type)) throw new Mp4Unreadable('not_fragmented_mp4');
  }

  /** To be called after the last box. */
  finish(): void {
    if (this.open || (this.ftypOffset !== undefined && !this.init)) {
      throw new Mp4Unreadable('not_whole_fragments');
    }
  }

  private addFileType(offset: number): void {
    if (this.tracks.length > 0 || this.ftypOffset !== undefined) throw new Mp4Unreadable('unexpected_init');
    this.ftypOffset = offset;
  }

  private addMovie(bytes: Buffer, moov: Box, endOffset: number): void {
    if (this.tracks.length > 0) throw new Mp4Unreadable('unexpected_init');
    if (this.ftypOffset === undefined) throw new Mp4Unreadable('not_fragmented_mp4');
    const tracks = readTracks(bytes, moov);
    const timescale = referenceTrack(tracks)!.timescale;
    this.tracks = tracks;
    this.init = { offset: this.ftypOffset, sizeBytes: endOffset - this.ftypOffset, timescale, tracks };
  }

  private addMovieFragment(bytes: Buffer, moof: Box, offset: number): void {
    if (this.tracks.length === 0) throw new Mp4Unreadable('missing_init');
    if (this.open) throw new Mp4Unreadable('not_whole_fragments');
    if (this.fragments.length >= maxFragments) throw new Mp4Unreadable('too_complex');
    this.open = { offset, trackFragments: readTrackFragments(bytes, moof, this.tracks) };
  }

  private addMediaData(endOffset: number): void {
    // Media before any fragment header is an ordinary MP4, whose `moov` lists the samples.
    if (!this.open)
      throw new Mp4Unreadable(this.tracks.length ? 'not_whole_fragments' : 'not_fragmented_mp4');
    const { offset, trackFragments } = this.open;
    this.open = undefined;
    const reference = referenceTrack(this.tracks)!;
    const own = trackFragments.filter((fragment) => fragment.track === reference && fragment.sampleCount > 0);
    if (own.length > 0) this.fragments.push(timedByReference(offset, endOffset, own));
    else this.addWithoutReference(offset, endOffset, reference, trackFragments);
  }

  /**
   * The last fragment of a recording can hold no video. Given a full fragment's length, a player waits for frames
   * that never come (hls.js: `bufferAppendNoProgress`), so it joins the fragment before it, or stands alone with the
   * length of its audio.
   */
  private addWithoutReference(
    offset: number,
    endOffset: number,
    reference: Mp4Track,
    others: TrackFragment[],
  ): void {
    const previous = this.fragments.at(-1);
    const other = others.find((fragment) => fragment.sampleCount > 0);
    const scale = other ? reference.timescale / other.track.timescale : 1;
    const previousEnd = previous ? previous.startTicks + previous.durationTicks : 0;
    const startTicks = other?.startTicks === undefined ? previousEnd : toTicks(other.startTicks * scale);
    const durationTicks = other ? toTicks(other.durationTicks * scale) : 0;
    if (!previous) {
      this.fragments.push({
        offset,
        sizeBytes: endOffset - offset,
        startTicks,
        durationTicks,
        keyFrame: false,
      });
      return;
    }
    const endTicks = Math.max(previousEnd, startTicks + durationTicks);
    this.fragments[this.fragments.length - 1] = {
      ...previous,
      sizeBytes: endOffset - previous.offset,
      durationTicks: endTicks - previous.startTicks,
    };
  }
}

function timedByReference(offset: number, endOffset: number, own: TrackFragment[]): Mp4Fragment {
  const startTicks = own[0]!.startTicks;
  // Without a decode time a fragment can only be placed by everything before it, and chunks arrive in any order.
  if (startTicks === undefined) throw new Mp4Unreadable('malformed');
  return {
    offset,
    sizeBytes: endOffset - offset,
    startTicks,
    durationTicks: toTicks(own.reduce((sum, fragment) => sum + fragment.durationTicks, 0)),
    keyFrame: own[0]!.track.kind === 'audio' || own[0]!.startsAtSyncSample,
  };
}

function toTicks(value: number): number {
  const ticks = Math.round(value);
  if (!Number.isSafeInteger(ticks)) throw new Mp4Unreadable('malformed');
  return ticks;
}
