import type { MediaInput, MediaSummary } from './probe';
import { runFfmpeg, type MediaWork } from './run-ffmpeg';
import type { FfmpegTools } from './tools';
import {
  audioEncoding,
  fitted,
  fittedInto,
  fragmentedMp4,
  readBack,
  steadyAudio,
  videoEncoding,
  type Transcoded,
} from './transcode';

/** One recording of an answer whose recorder was started again. */
export interface JoinPart extends Pick<MediaInput, 'inputPath' | 'container'> {
  /** From `probe` of the same file. */
  readonly source: MediaSummary;
}

export interface JoinOptions extends Pick<MediaWork, 'jobDirectory' | 'signal' | 'onProgress'> {
  /** In the order they were recorded; one or more. */
  readonly parts: readonly JoinPart[];
  /** Absolute path of the fragmented MP4 to write; overwritten. */
  readonly outputPath: string;
  /** Height limit in pixels. Default 720. */
  readonly maxHeight?: number;
}

/**
 * Makes one H.264 + AAC rendition of recordings that follow one another. They are decoded and joined picture by
 * picture: glued byte to byte, half of the media is lost. Pictures take the size of the first ones; where a part has no
 * pictures or no sound while others have, it gets black or silence.
 *
 * @throws see `transcode`.
 */
export async function joinParts(tools: FfmpegTools, options: JoinOptions): Promise<Transcoded> {
  const { parts, outputPath, maxHeight = 720 } = options;
  const [first, ...others] = parts;
  if (!first) throw new RangeError('There is nothing to join');
  const pictures = parts.find((part) => part.source.video)?.source.video;
  const size = pictures && fitted(pictures, maxHeight);
  const hasAudio = parts.some((part) => part.source.audio);
  const durationSeconds = parts.reduce((sum, part) => sum + part.source.durationSeconds, 0);
  const { stderrTail } = await runFfmpeg(
    tools,
    { ...options, inputPath: first.inputPath, container: first.container, durationSeconds },
    [],
    [
      {
        path: outputPath,
        options: [
          ...['-filter_complex', joinGraph(parts, size, hasAudio)],
          ...(size ? ['-map', '[v]', ...videoEncoding(size.height)] : []),
          ...(hasAudio ? ['-map', '[a]', ...audioEncoding] : []),
          ...fragmentedMp4(size !== undefined),
        ],
      },
    ],
    others,
  );
  return { renditions: [await readBack(tools, options, outputPath, stderrTail)], stderrTail };
}

/** One chain per part and track, and `concat` behind them. Pure. */
export function joinGraph(
  parts: readonly Pick<JoinPart, 'source'>[],
  size: { width: number; height: number } | undefined,
  hasAudio: boolean,
): string {
  const chains = parts.flatMap(({ source }, index) => [
    ...(size ? [`${videoOf(source, index, size)}[v${index}]`] : []),
    ...(hasAudio ? [`${audioOf(source, index)}[a${index}]`] : []),
  ]);
  const inputs = parts.map((_, index) => `${size ? `[v${index}]` : ''}${hasAudio ? `[a${index}]` : ''}`);
  const tracks = `v=${size ? 1 : 0}:a=${hasAudio ? 1 : 0}`;
  const outputs = `${size ? '[v]' : ''}${hasAudio ? '[a]' : ''}`;
  return [...chains, `${inputs.join('')}concat=n=${parts.length}:${tracks}${outputs}`].join(';');
}

function videoOf(source: MediaSummary, index: number, size: { width: number; height: number }): string {
  if (source.video) return `[${index}:v:0]${fittedInto(size.width, size.height)}`;
  return `color=black:size=${size.width}x${size.height}:rate=30:duration=${source.durationSeconds},format=yuv420p`;
}

function audioOf(source: MediaSummary, index: number): string {
  // `concat` wants the same rate and layout from every part.
  const sameForm = 'aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';
  if (source.audio) return `[${index}:a:0]${steadyAudio},${sameForm}`;
  return `anullsrc=sample_rate=48000:channel_layout=stereo,atrim=duration=${source.durationSeconds},${sameForm}`;
}
