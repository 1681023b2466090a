import { tmpdir } from 'node:os';
import { MediaError } from './errors';
import { runTool } from './run-tool';
import type { FfmpegTools } from './tools';

/** `problems` are sentences for the operator, each saying what to do. */
export type FfmpegCheck =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Debian 12's; `-fps_mode` and `-enc_time_base 1/90000` as used here begin with it. */
export const minimumFfmpegVersion = '5.1';
/** libavcodec of that release: builds from git carry no version number. */
const minimumLibavcodec = [59, 37] as const;
const neededEncoders = ['libx264', 'aac', 'mjpeg'];
const neededDecoders = ['vp8', 'vp9', 'h264', 'opus', 'aac'];

/**
 * Checks version, encoders and decoders, for a worker to refuse its start with a readable reason. Side effects: runs
 * ffmpeg three times, about 0.1 s.
 */
export async function checkFfmpeg(tools: FfmpegTools): Promise<FfmpegCheck> {
  try {
    const banner = await linesOf(tools, ['-version']);
    const problems = [
      ...versionProblems(banner),
      ...missing(await linesOf(tools, ['-hide_banner', '-encoders']), neededEncoders, 'encoder', tools),
      ...missing(await linesOf(tools, ['-hide_banner', '-decoders']), neededDecoders, 'decoder', tools),
    ];
    return problems.length > 0 ? { ok: false, problems } : { ok: true, version: versionOf(banner) };
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    return {
      ok: false,
      problems: [`${tools.ffmpegPath} does not run: ${error.message} ${error.stderrTail}`.trim()],
    };
  }
}

/** Version problems of the output of `ffmpeg -version`. Pure. */
export function versionProblems(banner: readonly string[]): string[] {
  const version = versionOf(banner);
  const release = /^n?(\d+)\.(\d+)/.exec(version);
  const library = /^libavcodec\s+(\d+)\.\s*(\d+)\./.exec(
    banner.find((line) => line.startsWith('libavcodec')) ?? '',
  );
  const found = release ?? library;
  if (!found)
    return [`The version of ffmpeg was not understood; ${minimumFfmpegVersion} or later is needed.`];
  const [major, minor] = release ? minimumFfmpegVersion.split('.').map(Number) : minimumLibavcodec;
  const isEnough = Number(found[1]) > major! || (Number(found[1]) === major && Number(found[2]) >= minor!);
  return isEnough ? [] : [`ffmpeg ${version} is too old; ${minimumFfmpegVersion} or later is needed.`];
}

function versionOf(banner: readonly string[]): string {
  return /^ffmpeg version (\S+)/.exec(banner[0] ?? '')?.[1] ?? 'unknown';
}

function missing(
  lines: readonly string[],
  needed: readonly string[],
  kind: string,
  tools: FfmpegTools,
): string[] {
  // ` V....D libx264   description`
  const present = new Set(lines.map((line) => /^ [A-Z.]{6} (\S+)/.exec(line)?.[1]));
  return needed
    .filter((name) => !present.has(name))
    .map((name) => `${tools.ffmpegPath} has no ${name} ${kind}; install a full build of ffmpeg.`);
}

async function linesOf(tools: FfmpegTools, args: string[]): Promise<string[]> {
  const lines: string[] = [];
  await runTool(tools, {
    command: tools.ffmpegPath,
    args,
    jobDirectory: tmpdir(),
    timeoutMs: 10_000,
    onLine: (line) => {
      if (lines.length < 2_000) lines.push(line);
    },
  });
  return lines;
}
