import ffmpegCommand, { type FfmpegCommand } from 'fluent-ffmpeg';
import type { Container } from './container';
import type { FfmpegTools } from './tools';

/** Demuxer per container. Pinned, because a guess follows the bytes into playlists that open other files. */
const demuxers: Record<Container, string> = { mp4: 'mov', webm: 'matroska' };

/** What browsers record; `libdav1d` is how Debian's ffmpeg spells its AV1 decoder. */
const decoders = 'vp8,vp9,av1,libdav1d,h264,opus,aac';

/** 4096 × 2176: one frame of 16000 × 16000 takes 1.2 GB to decode. */
export const maxPixels = 8_912_896;

/** A recording has two. Leaves room for a cover or data track that is then not mapped. */
const maxStreams = 4;

/** Options in front of every input, of ffmpeg and ffprobe alike. */
export function inputGuards(container: Container): string[] {
  const demuxer = demuxers[container];
  return [
    ...['-protocol_whitelist', 'file,pipe'],
    ...['-format_whitelist', demuxer],
    ...['-codec_whitelist', decoders],
    ...['-max_pixels', String(maxPixels)],
    ...['-max_streams', String(maxStreams)],
    ...['-probesize', '5M'],
    ...['-analyzeduration', '5M'],
    ...['-f', demuxer],
  ];
}

/** Names a file so that no part of its name is read as a protocol. */
export function fileUrl(path: string): string {
  return `file:${path}`;
}

/** One input file; the guards go in front of `options` and cannot be left out. */
export interface InputArguments {
  readonly path: string;
  readonly container: Container;
  readonly options?: readonly string[];
}

/** One output file and its options. */
export interface OutputArguments {
  readonly path: string;
  readonly options: readonly string[];
}

/**
 * Builds the arguments of one ffmpeg run. fluent-ffmpeg puts inputs, filters and outputs in order; it never starts
 * anything here: its format parser breaks on ffmpeg 7 and its runner has none of our limits.
 */
export function ffmpegArguments(
  tools: FfmpegTools,
  inputs: readonly InputArguments[],
  outputs: readonly OutputArguments[],
): string[] {
  const threads = String(tools.threads);
  const command = ffmpegCommand();
  for (const input of inputs) {
    command
      .input(fileUrl(input.path))
      .inputOptions([...inputGuards(input.container), '-threads', threads, ...(input.options ?? [])]);
  }
  for (const output of outputs) {
    command
      .output(fileUrl(output.path))
      // No names, places or chapters of the recording device travel on; no attachments, subtitles or data.
      .outputOptions(['-map_metadata', '-1', '-map_chapters', '-1', '-sn', '-dn', '-threads', threads])
      .outputOptions([...output.options]);
  }
  const globals = ['-nostdin', '-hide_banner', '-y', '-nostats', '-v', 'error', '-progress', 'pipe:1'];
  return [...globals, ...builtArguments(command)];
}

/** `_getArguments` is how fluent-ffmpeg hands out what it built without running it; its types leave it out. */
function builtArguments(command: FfmpegCommand): string[] {
  return (command as unknown as { _getArguments(): string[] })._getArguments();
}
