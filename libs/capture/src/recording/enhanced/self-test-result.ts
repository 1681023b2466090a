/**
 * What the self-test of the enhanced recorder found. `reason` is for logs and for choosing the recorder, never for the
 * candidate: the baseline recorder serves in every one of these cases.
 *
 * - `not_supported` no WebCodecs or no MediaStreamTrackProcessor here. `no_codec` neither H.264 nor Opus/AAC.
 * - `no_frames` nothing came out in time. `encoder_error` it gave up. `too_slow` the encoder cannot keep up.
 * - `key_frames_missing` they do not come where they are asked for. `bitrate_ignored` far more than asked for.
 * - `fragments_broken` not whole fragments. `not_decodable` a decoder refuses what was encoded.
 */
export type EnhancedSelfTestFailure =
  | 'not_supported'
  | 'no_codec'
  | 'no_frames'
  | 'encoder_error'
  | 'too_slow'
  | 'key_frames_missing'
  | 'bitrate_ignored'
  | 'fragments_broken'
  | 'not_decodable';

export type EnhancedSelfTest =
  | {
      ok: true;
      /** The recorder's word for what it made. */
      mimeType: string;
      /** What was recorded: the header, then whole fragments. For the trial upload of the device check. */
      fragments: Uint8Array[];
      durationMs: number;
      framesPerSecond: number;
      videoBitsPerSecond: number;
    }
  | { ok: false; reason: EnhancedSelfTestFailure; detail: string };

export interface EnhancedSelfTestOptions {
  /** Live camera and microphone; its tracks are not stopped. */
  stream: MediaStream;
  /** Milliseconds of recording. Default 2 500. */
  durationMs?: number;
}
