/** One track of a segment, as its `moov` declares it. */
export interface MediaTrack {
  readonly trackId: number;
  readonly kind: 'video' | 'audio';
  /** RFC 6381, for example `avc1.42E01E`. */
  readonly codec: string;
  /** Ticks per second. */
  readonly timescale: number;
  readonly width?: number;
  readonly height?: number;
  readonly defaultSampleDurationTicks: number;
  readonly defaultSampleFlags: number;
}

/** Where the initialisation bytes (EXT-X-MAP) of a segment or rendition lie. `offset` counts from its first byte. */
export interface MediaInit {
  readonly offset: number;
  readonly sizeBytes: number;
  /** Ticks per second of every `startTicks` and `durationTicks`. */
  readonly timescale: number;
  readonly tracks: readonly MediaTrack[];
}

/** One playable fragment. `offset` counts from the first byte of the object that holds it. */
export interface MediaFragment {
  readonly offset: number;
  readonly sizeBytes: number;
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly keyFrame: boolean;
}
