import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { locateFfmpeg, withJobDirectory, type Container, type FfmpegTools } from '@fairtake/media';

const run = promisify(execFile);

/** A parent of job directories that has to be empty when a test is over. */
export interface Bench {
  readonly tools: FfmpegTools;
  readonly root: string;
  /** Runs `work` in a job directory that holds `bytes` as a file. */
  withFile<T>(
    bytes: Buffer,
    container: Container,
    work: (file: { inputPath: string; container: Container; jobDirectory: string }) => Promise<T>,
  ): Promise<T>;
  leftovers(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const tools = await locateFfmpeg({ threads: 2, niceness: 0 });
  const root = await mkdtemp(join(tmpdir(), 'fairtake-media-'));
  return {
    tools,
    root,
    withFile: (bytes, container, work) =>
      withJobDirectory(root, async (jobDirectory) => {
        const inputPath = join(jobDirectory, `input.${container}`);
        await writeFile(inputPath, bytes);
        return work({ inputPath, container, jobDirectory });
      }),
    leftovers: () => readdir(root),
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** An independent opinion: what a plain ffprobe and a full decode by a plain ffmpeg say about a file. */
export async function inspect(path: string): Promise<{
  formatSeconds: number | undefined;
  videoSeconds: number;
  packets: { video: number; audio: number };
  codecs: string[];
  complaints: string;
}> {
  const { stdout } = await run(
    'ffprobe',
    [
      ...['-v', 'error', '-of', 'json', '-show_entries'],
      ...['stream=codec_name:format=duration:packet=codec_type,duration_time', path],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const found = JSON.parse(stdout) as {
    streams: { codec_name: string }[];
    format: { duration?: string };
    packets: { codec_type: string; duration_time?: string }[];
  };
  const video = found.packets.filter((packet) => packet.codec_type === 'video');
  const { stderr } = await run('ffmpeg', ['-v', 'error', '-xerror', '-i', path, '-f', 'null', '-']);
  return {
    formatSeconds: found.format.duration === undefined ? undefined : Number(found.format.duration),
    videoSeconds: video.reduce((sum, packet) => sum + Number(packet.duration_time ?? 0), 0),
    packets: { video: video.length, audio: found.packets.length - video.length },
    codecs: found.streams.map((stream) => stream.codec_name),
    complaints: stderr,
  };
}

/** Cuts ranges out of a file and glues them together, as a player does with a byte-range playlist. */
export async function cutOut(
  path: string,
  ranges: readonly { offset: number; sizeBytes: number }[],
): Promise<Buffer> {
  const bytes = await readFile(path);
  return Buffer.concat(ranges.map(({ offset, sizeBytes }) => bytes.subarray(offset, offset + sizeBytes)));
}
