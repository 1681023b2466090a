import { stat } from 'node:fs/promises';
import type { Mp4Fragment, Mp4Init } from '../mp4/fragment-list';
import { indexFile } from '../mp4/index-file';
import { MediaCrashed, MediaRejected } from './errors';
import { probe, type MediaInput, type MediaSummary } from './probe';
import { runFfmpeg, type MediaWork } from './run-ffmpeg';
import type { FfmpegTools } from './tools';

/** One file to make. The audio is always AAC, 48 kHz, stereo. */
export interface RenditionOptions {
  /** Absolute path of the fragmented MP4 to write; overwritten. */
  readonly outputPath: string;
  /** `encode` to H.264, or `copy` H.264 that is there already (an Opus recording that needs AAC). */
  readonly video: 'encode' | 'copy';
  /** Height limit in pixels; smaller pictures stay as they are. Default 720. */
  readonly maxHeight?: number;
  /** Frames per second at most; by default every frame keeps its own time. */
  readonly maxFps?: number;
  /** Speed of x264. Default `veryfast`. */
  readonly preset?: 'ultrafast' | 'superfast' | 'veryfast' | 'fast';
  /** Constant quality of x264, lower is better. Default 23. */
  readonly quality?: number;
}

export interface TranscodeOptions extends MediaInput, Omit<MediaWork, 'durationSeconds'> {
  /** From `probe` of the same file. */
  readonly source: MediaSummary;
  /** All are made in one process from one decode: 27 CPU seconds instead of 31 for 720p and 360p of a minute. */
  readonly renditions: readonly RenditionOptions[];
}

/** A finished rendition, indexed like a recording, so that its playlist is rendered from rows in the same way. */
export interface Rendition {
  readonly outputPath: string;
  readonly sizeBytes: number;
  /** Of the file as it was written, sound and pictures together, read back from it. */
  readonly durationSeconds: number;
  /** Pictures in the file; 0 for audio only. */
  readonly frames: number;
  /** Peak bits per second over one fragment, for the master playlist. */
  readonly bandwidth: number;
  readonly init: Mp4Init;
  readonly fragments: readonly Mp4Fragment[];
}

export interface Transcoded {
  /** In the order asked for. */
  readonly renditions: readonly Rendition[];
  /** What ffmpeg said at level `error`; not empty when the media was damaged but readable. */
  readonly stderrTail: string;
}

/** Seconds between key frames, and so the length of a fragment. */
const fragmentSeconds = 2;

/**
 * Makes H.264 + AAC renditions, each one fragmented MP4 file. Audio only gives audio only.
 *
 * @throws MediaRejected; MediaTimeout; MediaCrashed (also when ffmpeg ended well with a file that is none: exit code 0
 * is not success); InfrastructureError.
 */
export async function transcode(tools: FfmpegTools, options: TranscodeOptions): Promise<Transcoded> {
  const { source, renditions } = options;
  const { stderrTail } = await runFfmpeg(
    tools,
    { ...options, durationSeconds: source.durationSeconds },
    [],
    renditions.map((rendition) => ({
      path: rendition.outputPath,
      options: renditionOptions(source, rendition),
    })),
  );
  const made: Rendition[] = [];
  for (const { outputPath } of renditions) made.push(await readBack(tools, options, outputPath, stderrTail));
  return { renditions: made, stderrTail };
}

function renditionOptions(source: MediaSummary, rendition: RenditionOptions): string[] {
  return [
    ...(source.video ? ['-map', '0:v:0', ...videoOptions(source.video, rendition)] : []),
    ...(source.audio ? ['-map', '0:a:0', '-af', steadyAudio, ...audioEncoding] : []),
    ...fragmentedMp4(source.video !== undefined),
  ];
}

/** Muxer of every rendition. Without pictures there are no key frames to cut at. */
export function fragmentedMp4(hasVideo: boolean): string[] {
  const flags = `+empty_moov+default_base_moof+skip_trailer${hasVideo ? '+frag_keyframe' : ''}`;
  const cut = hasVideo ? [] : ['-frag_duration', String(fragmentSeconds * 1e6)];
  return ['-f', 'mp4', '-movflags', flags, ...cut];
}

/** Fills the holes a recorder leaves, so that sound stays with the picture. */
export const steadyAudio = 'aresample=async=1:first_pts=0';

export const audioEncoding = ['-c:a', 'aac', '-b:a', '96k', '-ar', '48000', '-ac', '2'];

function videoOptions(video: { width: number; height: number }, rendition: RenditionOptions): string[] {
  if (rendition.video === 'copy') return ['-c:v', 'copy'];
  const { width, height } = fitted(video, rendition.maxHeight ?? 720);
  const filters = [...(rendition.maxFps ? [`fps=${rendition.maxFps}`] : []), fittedInto(width, height)];
  return ['-vf', filters.join(','), ...videoEncoding(height, rendition)];
}

/** A fixed size: a phone turned in the middle of an answer must not change the encoder's. */
export function fittedInto(width: number, height: number): string {
  return [
    `scale=${width}:${height}:force_original_aspect_ratio=decrease`,
    `pad=${width}:${height}:-1:-1`,
    'setsar=1',
    'format=yuv420p',
  ].join(',');
}

export function videoEncoding(
  height: number,
  rendition: Pick<RenditionOptions, 'preset' | 'quality'> = {},
): string[] {
  return [
    ...['-c:v', 'libx264', '-preset', rendition.preset ?? 'veryfast', '-profile:v', 'high'],
    ...['-crf', String(rendition.quality ?? 23), '-maxrate', maxRate(height), '-bufsize', maxRate(height, 2)],
    // Without B-frames the first picture is at 0; with them a file that has no edit list starts 70 ms late.
    ...['-bf', '0'],
    // By time, never by frame rate: ffprobe calls a browser's WebM 1000 frames a second.
    ...['-force_key_frames', `expr:gte(t,n_forced*${fragmentSeconds})`, '-sc_threshold', '0', '-g', '600'],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1/90000'],
  ];
}

/** A noisy picture must not cost more than the recording did: 2.5 Mbit/s at 720p, 1.3 at 360p, 0.6 at least. */
function maxRate(height: number, seconds = 1): string {
  return `${Math.round(Math.max(600, height * 3.5) * seconds)}k`;
}

/** The largest even size within the height limit; H.264 with 4:2:0 colour has no odd ones. */
export function fitted(
  video: { width: number; height: number },
  maxHeight: number,
): { width: number; height: number } {
  const scale = Math.min(1, maxHeight / video.height);
  const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2);
  // Tolerance for 853.33 × … style divisions that land a hair under an even number.
  return { width: even(video.width * scale + 1e-6), height: even(video.height * scale + 1e-6) };
}

/** Exit code 0 is not success: what was written is indexed and counted before anybody is told of it. */
export async function readBack(
  tools: FfmpegTools,
  { jobDirectory, signal }: Pick<MediaInput, 'jobDirectory' | 'signal'>,
  outputPath: string,
  stderrTail: string,
): Promise<Rendition> {
  const index = await indexFile(outputPath).catch(() => undefined);
  if (!index?.ok || !index.init) throw new MediaCrashed(0, null, stderrTail);
  const { init, fragments } = index;
  if (fragments.length === 0) throw new MediaRejected('no_media', stderrTail);
  const { durationSeconds, frames } = await probe(tools, {
    ...{ inputPath: outputPath, container: 'mp4', jobDirectory, signal },
  });
  return {
    outputPath,
    sizeBytes: (await stat(outputPath)).size,
    durationSeconds,
    frames,
    bandwidth: peakBitsPerSecond(fragments, init.timescale),
    init,
    fragments,
  };
}

function peakBitsPerSecond(fragments: readonly Mp4Fragment[], timescale: number): number {
  // A last fragment of a few milliseconds says nothing about the line it needs.
  const rates = fragments.map(
    ({ sizeBytes, durationTicks }) => (sizeBytes * 8) / Math.max(1, durationTicks / timescale),
  );
  return Math.ceil(Math.max(...rates));
}
