import { ffmpegArguments, type OutputArguments } from './arguments';
import { assertContainer } from './container';
import type { MediaInput } from './probe';
import { runTool } from './run-tool';
import type { FfmpegTools } from './tools';

/** What the functions that write files have in common. */
export interface MediaWork extends MediaInput {
  /** From `probe`; sets the time limit (three times it and a minute) and what 100 % is. */
  readonly durationSeconds: number;
  /** Whole percent, rising, at most once each; 100 when the process has ended well. */
  readonly onProgress?: ((percent: number) => void) | undefined;
  /** Instead of the usual limit. */
  readonly timeoutMs?: number | undefined;
}

/** Longest useful run: three times the duration and a minute for starting on a busy machine. */
export function timeoutFor(durationSeconds: number): number {
  return Math.round((3 * durationSeconds + 60) * 1_000);
}

/**
 * Runs ffmpeg over one input, or over several: `work` names the first, `moreInputs` the others.
 *
 * @returns the last messages at level `error`: not empty when the media was damaged but readable.
 * @throws see `runTool`, and `MediaRejected` when the first bytes are not the container.
 */
export async function runFfmpeg(
  tools: FfmpegTools,
  work: MediaWork,
  inputOptions: readonly string[],
  outputs: readonly OutputArguments[],
  moreInputs: readonly Pick<MediaInput, 'inputPath' | 'container'>[] = [],
): Promise<{ stderrTail: string }> {
  // `3 × duration` with a duration from hostile bytes would be no limit at all.
  if (!(work.durationSeconds >= 0 && work.durationSeconds <= 24 * 3_600)) {
    throw new RangeError(`Not a duration to work on: ${work.durationSeconds} s`);
  }
  const inputs = [work, ...moreInputs];
  for (const { inputPath, container } of inputs) await assertContainer(inputPath, container);
  const progress = new Progress(work.durationSeconds, work.onProgress);
  const result = await runTool(tools, {
    command: tools.ffmpegPath,
    args: ffmpegArguments(
      tools,
      inputs.map(({ inputPath, container }) => ({ path: inputPath, container, options: inputOptions })),
      outputs,
    ),
    jobDirectory: work.jobDirectory,
    timeoutMs: work.timeoutMs ?? timeoutFor(work.durationSeconds),
    signal: work.signal,
    onLine: (line) => progress.read(line),
  });
  progress.finish();
  return result;
}

/** Reads the `key=value` lines of `-progress`. */
export class Progress {
  private percent = -1;

  constructor(
    private readonly durationSeconds: number,
    private readonly onProgress: ((percent: number) => void) | undefined,
  ) {}

  read(line: string): void {
    const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (microseconds === undefined || this.durationSeconds <= 0) return;
    // 100 is kept for the end: ffmpeg still writes its last fragment when the clock has run out.
    this.tell(Math.min(99, Math.floor(Number(microseconds) / 1e4 / this.durationSeconds)));
  }

  finish(): void {
    this.tell(100);
  }

  private tell(percent: number): void {
    if (percent <= this.percent) return;
    this.percent = percent;
    this.onProgress?.(percent);
  }
}
