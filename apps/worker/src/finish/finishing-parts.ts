import path from 'node:path';
import { Database, type ObjectRow, type TenantContext } from '@fairtake/database';
import {
  decode,
  InfrastructureError,
  joinParts,
  MediaError,
  MediaRejected,
  playsUnchanged,
  poster,
  probe,
  transcode,
  type FfmpegTools,
  type JoinPart,
  type Rendition,
} from '@fairtake/media';
import type { Logger } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { AnswerJob, KeptSegment } from '../answers/kept-answers';
import { Outputs } from '../answers/outputs';
import type { RecordedFile } from '../answers/recording-files';
import { hlsRendition } from '../answers/renditions';
import { FFMPEG, LOGGER } from '../infrastructure.module';

/** What every part of one run needs to know. */
export interface FinishWork {
  payload: AnswerJob;
  segments: readonly KeptSegment[];
  jobDirectory: string;
  signal: AbortSignal;
}

/** What is known of the rendition; `complaints` only when it was made now, from a full decode. */
export interface RenditionReport {
  durationSeconds: number | null;
  complaints: boolean | null;
}

/** The parts of finishing an answer: each is made, stored and recorded on its own. */
@Injectable()
export class FinishingParts {
  constructor(
    private readonly outputs: Outputs,
    private readonly database: Database,
    @Inject(FFMPEG) private readonly tools: FfmpegTools,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async inspect(files: readonly RecordedFile[], { jobDirectory, signal }: FinishWork): Promise<JoinPart[]> {
    const parts: JoinPart[] = [];
    for (const file of files) {
      parts.push({ ...file, source: await probe(this.tools, { ...file, jobDirectory, signal }) });
    }
    return parts;
  }

  /** A missing poster hides nothing: whatever the media does to it is logged and left. */
  async addPoster(recorded: readonly JoinPart[], work: FinishWork): Promise<void> {
    const pictured = recorded.find((part) => part.source.video);
    if (!pictured || (await this.hasPoster(work.payload))) return;
    const outputPath = path.join(work.jobDirectory, 'poster.jpg');
    const { video, durationSeconds } = pictured.source;
    try {
      await poster(this.tools, { ...pictured, ...work, outputPath, video, durationSeconds });
    } catch (error) {
      if (!(error instanceof MediaError) || error instanceof InfrastructureError) throw error;
      this.logger.warn({ err: error, answerId: work.payload.answerId }, 'no poster could be made');
      return;
    }
    const output = { kind: 'asset', name: 'poster', extension: 'jpg', contentType: 'image/jpeg' } as const;
    const stored = await this.outputs.store(work.payload, outputPath, output);
    const { answerId, generation } = work.payload;
    await this.record(work, stored, (tx) => tx.media.addAsset(answerId, generation, 'poster', stored));
  }

  /** H.264 and AAC for what does not play everywhere as it was recorded. */
  async addRendition(recorded: readonly JoinPart[], work: FinishWork): Promise<RenditionReport> {
    const existing = await this.existingRendition(work.payload);
    if (existing) return { durationSeconds: existing.durationSeconds, complaints: null };
    if (playsEverywhere(recorded, work.segments)) return { durationSeconds: null, complaints: null };
    const outputPath = path.join(work.jobDirectory, 'rendition.mp4');
    const { rendition, stderrTail } = await this.make(recorded, outputPath, work);
    work.signal.throwIfAborted();
    const described = hlsRendition(rendition);
    const output = { kind: 'rendition', name: described.kind, extension: 'mp4' } as const;
    const stored = await this.outputs.store(work.payload, outputPath, {
      ...output,
      contentType: described.mimeType,
    });
    const { answerId, generation } = work.payload;
    await this.record(work, stored, (tx) =>
      tx.media.addRendition(answerId, generation, { ...described, ...stored }),
    );
    return { durationSeconds: rendition.durationSeconds, complaints: stderrTail !== '' };
  }

  /** @returns whether a full decode had something to complain about */
  async decode(recorded: readonly JoinPart[], { jobDirectory, signal }: FinishWork): Promise<boolean> {
    for (const { source, ...file } of recorded) {
      try {
        const { durationSeconds } = source;
        const report = await decode(this.tools, { ...file, jobDirectory, signal, durationSeconds });
        if (!report.clean) return true;
      } catch (error) {
        if (error instanceof MediaRejected) return true;
        throw error;
      }
    }
    return false;
  }

  private async make(
    recorded: readonly JoinPart[],
    outputPath: string,
    { jobDirectory, signal }: FinishWork,
  ): Promise<{ rendition: Rendition; stderrTail: string }> {
    const [only] = recorded;
    const { renditions, stderrTail } =
      recorded.length === 1
        ? await transcode(this.tools, {
            ...{ ...only!, jobDirectory, signal },
            renditions: [{ outputPath, video: 'encode' }],
          })
        : await joinParts(this.tools, { parts: recorded, outputPath, jobDirectory, signal });
    return { rendition: renditions[0]!, stderrTail };
  }

  /** Records an object unless the generation is over or another run was first; then it is removed again. */
  private async record(
    { payload }: FinishWork,
    stored: ObjectRow,
    add: (tx: TenantContext) => Promise<boolean>,
  ): Promise<void> {
    const recorded = await this.database.inOrganisation(payload.organisationId, async (tx) => {
      const isOpen = await tx.answers.lockUnfinished(payload.answerId, payload.generation);
      return isOpen && (await add(tx));
    });
    if (!recorded) await this.outputs.discard([stored]);
  }

  private async hasPoster({ organisationId, answerId, generation }: AnswerJob): Promise<boolean> {
    const found = await this.database.inOrganisation(organisationId, (tx) =>
      tx.media.asset(answerId, generation, 'poster'),
    );
    return found !== null;
  }

  private existingRendition({ organisationId, answerId, generation }: AnswerJob) {
    return this.database.inOrganisation(
      organisationId,
      async (tx) =>
        (await tx.media.rendition(answerId, generation, 'hls_720')) ??
        (await tx.media.rendition(answerId, generation, 'hls_audio')),
    );
  }
}

/** H.264 with AAC or Opus in MP4: from its rows when it came in whole fragments, else as the file it was copied to. */
function playsEverywhere(recorded: readonly JoinPart[], segments: readonly KeptSegment[]): boolean {
  if (segments.every((segment) => segment.init && playsUnchanged(segment.init.tracks))) return true;
  const [only] = recorded;
  if (recorded.length !== 1 || only!.container !== 'mp4' || segments[0]!.init) return false;
  const { video, audio } = only!.source;
  return (!video || video.codec === 'h264') && (!audio || ['aac', 'opus'].includes(audio.codec));
}
