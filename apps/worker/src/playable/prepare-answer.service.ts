import path from 'node:path';
import type { MediaFailure } from '@fairtake/contracts';
import { Database, type TenantContext } from '@fairtake/database';
import { joinParts, probe, remux, withJobDirectory, type FfmpegTools } from '@fairtake/media';
import type { JobHandler, RunningJob } from '@fairtake/queue';
import { Failpoints } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { asJob } from '../answers/job-errors';
import { giveUpAnswer, KeptAnswers, type AnswerJob, type KeptAnswer } from '../answers/kept-answers';
import { Outputs } from '../answers/outputs';
import { RecordingFiles, type RecordedFile } from '../answers/recording-files';
import { hlsRendition, progressiveRendition, type DescribedRendition } from '../answers/renditions';
import { FFMPEG, WORK_DIRECTORY } from '../infrastructure.module';
import type { WorkDirectory } from '../work-directory';

type PrepareJob = RunningJob<'prepare-answer'>;

/** What a job directory holds when the work is done. */
interface Prepared {
  filePath: string;
  rendition: DescribedRendition;
  audioOnly: boolean;
}

/** Makes answers playable that do not play from their rows: everything but MP4 in whole fragments. */
@Injectable()
export class PrepareAnswerService implements JobHandler<'prepare-answer'> {
  constructor(
    private readonly answers: KeptAnswers,
    private readonly recordings: RecordingFiles,
    private readonly outputs: Outputs,
    private readonly database: Database,
    private readonly failpoints: Failpoints,
    @Inject(FFMPEG) private readonly tools: FfmpegTools,
    @Inject(WORK_DIRECTORY) private readonly workDirectory: WorkDirectory,
  ) {}

  async handle(job: PrepareJob): Promise<void> {
    const answer = await this.answers.find(job.payload);
    // Gone, or an earlier run has published it.
    if (!answer || answer.mediaState === 'playable' || answer.mediaState === 'finished') return;
    await asJob(() =>
      withJobDirectory(this.workDirectory.path, (directory) => this.prepare(job, answer, directory)),
    );
  }

  giveUp(tx: TenantContext, payload: AnswerJob, failure: MediaFailure): Promise<void> {
    return giveUpAnswer(tx, payload, failure);
  }

  private async prepare(job: PrepareJob, answer: KeptAnswer, jobDirectory: string): Promise<void> {
    const files = await this.recordings.assemble(answer.segments, jobDirectory, job.signal);
    const [only] = files;
    const prepared =
      files.length === 1
        ? await this.copy(only!, jobDirectory, job.signal)
        : await this.join(files, jobDirectory, job.signal);
    job.signal.throwIfAborted();
    const [contentType, extension] = [
      prepared.rendition.mimeType,
      prepared.rendition.mimeType.split('/')[1]!,
    ];
    const name = prepared.rendition.kind;
    const output = { kind: 'rendition', name, extension, contentType } as const;
    const stored = await this.outputs.store(job.payload, prepared.filePath, output);
    await this.failpoints.reach('prepare.after_put');
    const published = await this.publish(job, prepared, stored);
    if (!published) await this.outputs.discard([stored]);
    await this.failpoints.reach('prepare.after_publish');
  }

  /** A recorder leaves no duration and no index: a copy has both. */
  private async copy(file: RecordedFile, jobDirectory: string, signal: AbortSignal): Promise<Prepared> {
    const source = await probe(this.tools, { ...file, jobDirectory, signal });
    const { durationSeconds } = source;
    const filePath = path.join(jobDirectory, `progressive.${file.container}`);
    await remux(this.tools, { ...file, jobDirectory, signal, durationSeconds, outputPath: filePath });
    // Exit code 0 is not success: what was written is read back before anybody is told of it.
    const copied = await probe(this.tools, { ...file, inputPath: filePath, jobDirectory, signal });
    if (copied.frames < source.frames) {
      throw new Error(`The copy has ${copied.frames} pictures, the recording ${source.frames}.`);
    }
    return { filePath, rendition: progressiveRendition(file.container, copied), audioOnly: !copied.video };
  }

  /** The recorder was started again: no container takes two recordings, so they are decoded and joined. */
  private async join(
    files: readonly RecordedFile[],
    jobDirectory: string,
    signal: AbortSignal,
  ): Promise<Prepared> {
    const parts = [];
    for (const file of files) {
      parts.push({ ...file, source: await probe(this.tools, { ...file, jobDirectory, signal }) });
    }
    const filePath = path.join(jobDirectory, 'joined.mp4');
    const { renditions } = await joinParts(this.tools, { parts, outputPath: filePath, jobDirectory, signal });
    const rendition = hlsRendition(renditions[0]!);
    return { filePath, rendition, audioOnly: rendition.kind === 'hls_audio' };
  }

  private publish(
    { jobId, payload }: PrepareJob,
    { rendition, audioOnly }: Prepared,
    stored: Awaited<ReturnType<Outputs['store']>>,
  ): Promise<boolean> {
    const { organisationId, answerId, generation } = payload;
    return this.database.inOrganisation(organisationId, async (tx) => {
      const { durationSeconds } = rendition;
      const publication = { durationSeconds, audioOnly };
      if (!(await tx.answers.publish(answerId, generation, 'playable', publication))) return false;
      await tx.media.addRendition(answerId, generation, { ...rendition, ...stored });
      await tx.outbox.add('finish-answer', payload);
      await tx.outbox.markDone(jobId);
      return true;
    });
  }
}
