import { JobRunner, type DeliveredJob } from '@fairtake/queue';
import { Process, Processor } from '@nestjs/bull';
import type { Type } from '@nestjs/common';
import type { Job } from 'bull';

/** @param concurrency jobs at once; the decorator wants it before there is an instance, hence a function */
export function playableProcessor(concurrency: number): Type {
  @Processor('playable')
  class PlayableProcessor {
    constructor(private readonly runner: JobRunner) {}

    @Process({ name: 'prepare-answer', concurrency })
    prepareAnswer(job: Job<DeliveredJob>): Promise<void> {
      return this.runner.run('prepare-answer', job.data);
    }
  }
  return PlayableProcessor;
}
