import { checkFfmpeg, InfrastructureError, locateFfmpeg, type FfmpegTools } from '@fairtake/media';
import type { WorkerConfig } from './config';

/** ffmpeg is missing, too old or too small. The message is for the operator and says everything at once. */
export class FfmpegUnusable extends Error {
  override readonly name = 'FfmpegUnusable';

  constructor(problems: readonly string[]) {
    super(['The worker cannot start without a usable ffmpeg:', ...problems.map((p) => `  ${p}`)].join('\n'));
  }
}

/** Finds ffmpeg and proves that it can do the work. @throws FfmpegUnusable */
export async function usableFfmpeg({ media }: Pick<WorkerConfig, 'media'>): Promise<FfmpegTools> {
  const { ffmpegPath, ffprobePath, threads } = media;
  try {
    const tools = await locateFfmpeg({
      ...(ffmpegPath === undefined ? {} : { ffmpegPath }),
      ...(ffprobePath === undefined ? {} : { ffprobePath }),
      threads,
    });
    const check = await checkFfmpeg(tools);
    if (!check.ok) throw new FfmpegUnusable(check.problems);
    return tools;
  } catch (error) {
    if (error instanceof InfrastructureError) {
      throw new FfmpegUnusable([error.message, 'Install ffmpeg or set FFMPEG_PATH and FFPROBE_PATH.']);
    }
    throw error;
  }
}
