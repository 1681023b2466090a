import { stat } from 'node:fs/promises';
import { runFfmpeg, type MediaWork } from './run-ffmpeg';
import type { FfmpegTools } from './tools';

export interface RemuxOptions extends MediaWork {
  /** Absolute path of the file to write; overwritten. */
  readonly outputPath: string;
}

/**
 * Copies a recording into a file of the same container that plays progressively and can be sought in: WebM with cues
 * and duration, MP4 with `moov`, both at the front. Nothing is decoded: about 0.1 s per minute of media.
 *
 * @throws see `runFfmpeg`.
 */
export async function remux(tools: FfmpegTools, options: RemuxOptions): Promise<{ sizeBytes: number }> {
  const muxer =
    options.container === 'webm'
      ? // matroska, not webm: Chromium's WebM with H.264 is no WebM by the letter. The bytes are the same else.
        ['-f', 'matroska', '-cues_to_front', '1']
      : ['-f', 'mp4', '-movflags', '+faststart'];
  await runFfmpeg(
    tools,
    options,
    [],
    [{ path: options.outputPath, options: ['-map', '0:v:0?', '-map', '0:a:0?', '-c', 'copy', ...muxer] }],
  );
  return { sizeBytes: (await stat(options.outputPath)).size };
}
