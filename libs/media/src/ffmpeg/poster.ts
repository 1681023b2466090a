import { stat } from 'node:fs/promises';
import { MediaRejected } from './errors';
import { runFfmpeg, type MediaWork } from './run-ffmpeg';
import type { FfmpegTools } from './tools';

export interface PosterOptions extends MediaWork {
  /** Absolute path of the JPEG to write; overwritten. */
  readonly outputPath: string;
  /** From `probe`; `undefined` for audio only. */
  readonly video: { readonly width: number; readonly height: number } | undefined;
}

export interface Poster {
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
}

const maxWidth = 640;

/**
 * Writes the first key frame as a JPEG, at most 640 pixels wide. Only key frames are decoded: 0.08 CPU seconds per
 * minute of media.
 *
 * @returns `null`, and writes nothing, for audio only.
 * @throws MediaRejected `no_media` when there is a video track without a picture; see `runFfmpeg`.
 */
export async function poster(tools: FfmpegTools, options: PosterOptions): Promise<Poster | null> {
  if (!options.video) return null;
  const width = Math.min(maxWidth, options.video.width);
  const height = Math.max(1, Math.round((options.video.height * width) / options.video.width));
  await runFfmpeg(
    tools,
    options,
    ['-skip_frame', 'nokey'],
    [
      {
        path: options.outputPath,
        options: [
          ...['-map', '0:v:0', '-an', '-frames:v', '1'],
          // Full range is what JPEG is; ffmpeg 7 refuses the other without being told.
          ...['-vf', `scale=${width}:${height}:out_range=full,format=yuvj420p`],
          ...['-c:v', 'mjpeg', '-q:v', '4', '-f', 'image2', '-update', '1'],
        ],
      },
    ],
  );
  const written = await stat(options.outputPath).catch(() => undefined);
  if (!written || written.size === 0) throw new MediaRejected('no_media');
  return { width, height, sizeBytes: written.size };
}
