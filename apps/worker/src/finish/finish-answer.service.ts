import type { MediaFailure } from '@fairtake/contracts';
import { Database, type TenantContext } from '@fairtake/database';
import { withJobDirectory } from '@fairtake/media';
import type { JobHandler, RunningJob } from '@fairtake/queue';
import { Failpoints } from '@fairtake/server-kit';
import { Inject, Injectable } from '@nestjs/common';
import { asJob } from '../answers/job-errors';
import { giveUpAnswer, KeptAnswers, type AnswerJob, type KeptAnswer } from '../answers/kept-answers';
import { Outputs } from '../answers/outputs';
import { RecordingFiles } from '../answers/recording-files';
import { WORK_DIRECTORY } from '../infrastructure.module';
import type { WorkDirectory } from '../work-directory';
import { FinishingParts } from './finishing-parts';
import { verdictOf } from './verdict';

type FinishJob = RunningJob<'finish-answer'>;

/**
 * Proves an answer that already plays, gives it a poster and, where the recording needs one, a rendition that plays
 * everywhere. Each part is recorded as soon as it is there, so a run that was killed goes on where it stopped.
 */
@Injectable()
export class FinishAnswerService implements JobHandler<'finish-answer'> {
  constructor(
    private readonly answers: KeptAnswers,
    private readonly recordings: RecordingFiles,
    private readonly parts: FinishingParts,
    private readonly outputs: Outputs,
    private readonly database: Database,
    private readonly failpoints: Failpoints,
    @Inject(WORK_DIRECTORY) private readonly workDirectory: WorkDirectory,
  ) {}

  async handle(job: FinishJob): Promise<void> {
    const answer = await this.answers.find(job.payload);
    // Gone, or an earlier run has finished it; failed answers stay as they are.
    if (answer?.mediaState !== 'playable') return;
    await asJob(() =>
      withJobDirectory(this.workDirectory.path, (directory) => this.finish(job, answer, directory)),
    );
    await asJob(() => this.outputs.removeStrays(job.payload));
  }

  giveUp(tx: TenantContext, payload: AnswerJob, failure: MediaFailure): Promise<void> {
    return giveUpAnswer(tx, payload, failure);
  }

  private async finish(job: FinishJob, answer: KeptAnswer, jobDirectory: string): Promise<void> {
    const { payload, signal } = job;
    const files = await this.recordings.assemble(answer.segments, jobDirectory, signal);
    const work = { payload, signal, jobDirectory, segments: answer.segments };
    const recorded = await this.parts.inspect(files, work);
    await this.parts.addPoster(recorded, work);
    await this.failpoints.reach('finish.after_poster');
    const rendition = await this.parts.addRendition(recorded, work);
    await this.failpoints.reach('finish.after_rendition');
    const complaints = rendition.complaints ?? (await this.parts.decode(recorded, work));
    signal.throwIfAborted();
    const verdict = verdictOf({
      recorded: recorded.map((file) => file.source),
      declaredSeconds: answer.declaredSeconds,
      allowedSeconds: answer.allowedSeconds,
      renditionSeconds: rendition.durationSeconds,
      complaints,
    });
    await this.failpoints.reach('finish.before_publish');
    await this.database.inOrganisation(payload.organisationId, async (tx) => {
      await tx.answers.publish(payload.answerId, payload.generation, 'finished', verdict);
      await tx.outbox.markDone(job.jobId);
    });
    await this.failpoints.reach('finish.after_publish');
  }
}
