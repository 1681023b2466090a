import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { decode, locateFfmpeg } from '@fairtake/media';
import { makeTemporaryDirectory } from '@fairtake/testing';
import type { RecorderOutput } from '../harness/recorded-bytes';
import type { Recorded } from './page';

const run = promisify(execFile);

interface PacketLine {
  kind: 'video' | 'audio';
  atSeconds: number;
  durationSeconds: number;
  sizeBytes: number;
}

export interface DecodedSegment {
  packets: PacketLine[];
  /** Pictures a decoder really gave back. */
  pictures: number;
  width: number;
  height: number;
  /** What a full decode complained about, as the worker does it; anything here would flag the answer. */
  complaints: string;
}

/** The bytes of one segment as the sink got them. */
export const bytesOf = ({ pieces }: Recorded, segment: number): Buffer =>
  Buffer.concat(
    pieces.filter((piece) => piece.segment === segment).map(({ base64 }) => Buffer.from(base64, 'base64')),
  );

/** Reads a segment packet by packet and decodes all of it. */
export async function decodeSegment(directory: string, bytes: Buffer): Promise<DecodedSegment> {
  const file = path.join(directory, 'segment.mp4');
  await writeFile(file, bytes);
  const probe = await run(
    'ffprobe',
    [...['-v', 'error', '-count_frames', '-of', 'json', '-show_packets', '-show_streams'], file],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { packets, streams } = JSON.parse(probe.stdout) as {
    packets: { codec_type: 'video' | 'audio'; pts_time: string; duration_time?: string; size: string }[];
    streams: { codec_type: string; nb_read_frames?: string; width?: number; height?: number }[];
  };
  const video = streams.find((stream) => stream.codec_type === 'video');
  const { stderrTail } = await decode(await locateFfmpeg(), {
    ...{ inputPath: file, container: 'mp4', jobDirectory: directory },
    durationSeconds: 60,
  });
  return {
    packets: packets.map((packet) => ({
      kind: packet.codec_type,
      atSeconds: Number(packet.pts_time),
      durationSeconds: Number(packet.duration_time ?? 0),
      sizeBytes: Number(packet.size),
    })),
    pictures: Number(video?.nb_read_frames ?? 0),
    width: video?.width ?? 0,
    height: video?.height ?? 0,
    complaints: stderrTail,
  };
}

/** Seconds from the beginning of a track to its end. */
export function lastsSeconds({ packets }: DecodedSegment, kind: 'video' | 'audio'): number {
  const own = packets.filter((packet) => packet.kind === kind);
  const last = own.at(-1);
  return last ? last.atSeconds + last.durationSeconds - own[0]!.atSeconds : 0;
}

/** Seconds between the beginnings of picture and sound; 0 where there is only one of them. */
export function startsApart({ packets }: DecodedSegment): number {
  const first = (kind: 'video' | 'audio'): number | undefined =>
    packets.find((packet) => packet.kind === kind)?.atSeconds;
  const [video, audio] = [first('video'), first('audio')];
  return video === undefined || audio === undefined ? 0 : Math.abs(video - audio);
}

/** Seconds between the ends of picture and sound; 0 where there is only one of them. */
export function endsApart({ packets }: DecodedSegment): number {
  const end = (kind: 'video' | 'audio'): number | undefined => {
    const last = packets.filter((packet) => packet.kind === kind).at(-1);
    return last && last.atSeconds + last.durationSeconds;
  };
  const [video, audio] = [end('video'), end('audio')];
  return video === undefined || audio === undefined ? 0 : Math.abs(video - audio);
}

/** Seconds from the beginning of the last picture to the end of the sound; negative where the sound ends first. */
function soundBeyondPicture({ packets }: DecodedSegment): number {
  const last = (kind: 'video' | 'audio'): PacketLine => packets.filter((each) => each.kind === kind).at(-1)!;
  const sound = last('audio');
  return sound.atSeconds + sound.durationSeconds - last('video').atSeconds;
}

/** Seconds of a recorded tone in which nothing is heard. */
export async function silentSeconds(directory: string, bytes: Buffer): Promise<number> {
  const file = path.join(directory, 'tone.mp4');
  await writeFile(file, bytes);
  const { stderr } = await run(process.env.FFMPEG_PATH || 'ffmpeg', [
    ...['-nostdin', '-hide_banner', '-i', file, '-vn', '-af', 'silencedetect=noise=-45dB:d=0.02'],
    ...['-f', 'null', '-'],
  ]);
  const found = stderr.matchAll(/silence_duration: ([\d.]+)/g);
  return [...found].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}

/** Bits per second of the pictures between two times of the segment. */
export function bitsPerSecond({ packets }: DecodedSegment, fromSeconds: number, toSeconds: number): number {
  const own = packets.filter(
    ({ kind, atSeconds }) => kind === 'video' && atSeconds >= fromSeconds && atSeconds < toSeconds,
  );
  return (own.reduce((sum, packet) => sum + packet.sizeBytes, 0) * 8) / (toSeconds - fromSeconds);
}

/**
 * What the server has of one recorder of ours decodes without a complaint, begins and ends with sound and picture
 * together, and lasts as long as the recording did by this process's clock, which hears of beginning and end late.
 */
export async function expectWhole(output: RecorderOutput, bytes: Buffer): Promise<void> {
  const directory = await makeTemporaryDirectory({ name: 'decoded' });
  try {
    const segment = await decodeSegment(directory.path, bytes);
    expect(segment.complaints).toBe('');
    expect(segment.pictures).toBeGreaterThan(10);
    expect(startsApart(segment)).toBeLessThan(0.15);
    // The other way round, sound was pulled forward; a picture may stand for a while on a busy machine.
    expect(soundBeyondPicture(segment)).toBeGreaterThan(-0.1);
    expect(soundBeyondPicture(segment)).toBeLessThan(0.6);
    const passed = output.elapsedMs() / 1_000;
    for (const kind of ['audio', 'video'] as const)
      expect(Math.abs(lastsSeconds(segment, kind) - passed)).toBeLessThan(1.5);
  } finally {
    await directory.remove();
  }
}
