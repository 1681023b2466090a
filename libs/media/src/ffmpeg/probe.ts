import { fileUrl, inputGuards, maxPixels } from './arguments';
import { assertContainer, type Container } from './container';
import { MediaRejected } from './errors';
import { runTool } from './run-tool';
import type { FfmpegTools } from './tools';

/** A file to work on. Every media function takes one. */
export interface MediaInput {
  /** Absolute path. */
  readonly inputPath: string;
  /** What the bytes were recognised as; checked again before any process starts. */
  readonly container: Container;
  /** Private directory of the job, where the process runs. */
  readonly jobDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** What is really inside, counted packet by packet: headers of recordings made in a browser say little. */
export interface MediaSummary {
  /** From the first packet to the end of the last. */
  readonly durationSeconds: number;
  /** Size as shown, i.e. after the rotation a phone wrote into the file. */
  readonly video?: { readonly codec: string; readonly width: number; readonly height: number };
  readonly audio?: { readonly codec: string };
  /** Video packets; 0 without video. */
  readonly frames: number;
}

export interface ProbeOptions extends MediaInput {
  readonly timeoutMs?: number;
  /** Longer media is refused as `too_large`: 2.7 MB can hold 24 hours. */
  readonly maxDurationSeconds?: number;
}

const probeTimeoutMs = 30_000;
const defaultMaxDurationSeconds = 3 * 3_600;
/** Three hours of 60 pictures and 50 sound packets a second, and some. */
const maxPackets = 2_000_000;
/** Two streams are about a kilobyte of JSON. */
const maxDescriptionBytes = 256 * 1024;

/**
 * Reads streams, true duration and frame count with ffprobe, without decoding.
 *
 * @throws MediaRejected for bytes that are not such media or are too large; MediaTimeout; MediaCrashed;
 * InfrastructureError.
 */
export async function probe(tools: FfmpegTools, options: ProbeOptions): Promise<MediaSummary> {
  await assertContainer(options.inputPath, options.container);
  const streams = await readStreams(tools, options);
  const video = streams.find((stream) => stream.codec_type === 'video' && stream.width && stream.height);
  const audio = streams.find((stream) => stream.codec_type === 'audio' && stream.codec_name);
  if (!video && !audio) throw new MediaRejected('no_media');
  const { durationSeconds, frames } = await countPackets(tools, options, video?.index, audio?.index);
  return {
    durationSeconds,
    frames,
    ...(video && { video: { codec: video.codec_name ?? 'unknown', ...shownSize(video) } }),
    ...(audio && { audio: { codec: audio.codec_name! } }),
  };
}

interface ProbedStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  width?: number;
  height?: number;
  side_data_list?: { rotation?: number }[];
}

async function readStreams(tools: FfmpegTools, options: ProbeOptions): Promise<ProbedStream[]> {
  let json = '';
  const { stderrTail } = await ffprobe(
    tools,
    options,
    [
      '-of',
      'json',
      '-show_entries',
      'stream=index,codec_type,codec_name,width,height:stream_side_data=rotation',
    ],
    (line) => {
      json += line;
      if (json.length > maxDescriptionBytes) throw new MediaRejected('too_large');
    },
  );
  // ffprobe leaves out a size over the limit and goes on, so that a picture bomb would pass as audio only.
  if (namesPictureBomb(stderrTail)) throw new MediaRejected('too_large', stderrTail);
  return (JSON.parse(json) as { streams?: ProbedStream[] }).streams ?? [];
}

async function countPackets(
  tools: FfmpegTools,
  options: ProbeOptions,
  videoIndex: number | undefined,
  audioIndex: number | undefined,
): Promise<{ durationSeconds: number; frames: number }> {
  const maxDurationSeconds = options.maxDurationSeconds ?? defaultMaxDurationSeconds;
  let startSeconds = Infinity;
  let endSeconds = -Infinity;
  let packets = 0;
  let frames = 0;
  await ffprobe(
    tools,
    options,
    ['-of', 'csv=p=0', '-show_entries', 'packet=stream_index,pts_time,duration_time'],
    (line) => {
      // Side data of a packet prints lines of its own, empty ones among them.
      const [, stream, pts, duration] = /^(\d+),([^,]*),([^,]*)/.exec(line) ?? [];
      const index = stream === undefined ? undefined : Number(stream);
      if (index === undefined || (index !== videoIndex && index !== audioIndex)) return;
      packets += 1;
      if (index === videoIndex) frames += 1;
      // `N/A` where the container says nothing.
      const ptsSeconds = Number(pts);
      if (Number.isFinite(ptsSeconds)) {
        startSeconds = Math.min(startSeconds, ptsSeconds);
        endSeconds = Math.max(endSeconds, ptsSeconds + (Number(duration) || 0));
      }
      if (packets > maxPackets || endSeconds - startSeconds > maxDurationSeconds) {
        throw new MediaRejected('too_large');
      }
    },
  );
  if (packets === 0) throw new MediaRejected('empty');
  return { durationSeconds: Math.max(0, endSeconds - startSeconds) || 0, frames };
}

async function ffprobe(
  tools: FfmpegTools,
  options: ProbeOptions,
  show: readonly string[],
  onLine: (line: string) => void,
): Promise<{ stderrTail: string }> {
  const { inputPath, container, jobDirectory, signal, timeoutMs = probeTimeoutMs } = options;
  return runTool(tools, {
    command: tools.ffprobePath,
    args: ['-hide_banner', '-v', 'error', ...inputGuards(container), ...show, fileUrl(inputPath)],
    jobDirectory,
    timeoutMs,
    signal,
    onLine,
  });
}

function namesPictureBomb(stderr: string): boolean {
  const sizes = [...stderr.matchAll(/Picture size (\d+)x(\d+) (?:is invalid|exceeds)/g)];
  return sizes.some(([, width, height]) => Number(width) * Number(height) > maxPixels);
}

function shownSize(stream: ProbedStream): { width: number; height: number } {
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  const width = stream.width!;
  const height = stream.height!;
  return Math.abs(rotation) % 180 === 90 ? { width: height, height: width } : { width, height };
}
