import { JobRunner, type DeliveredJob } from '@fairtake/queue';
import { Process, Processor } from '@nestjs/bull';
import type { Type } from '@nestjs/common';
import type { Job } from 'bull';

/** @param concurrency jobs at once; the decorator wants it before there is an instance, hence a function */
export function finishProcessor(concurrency: number): Type {
  @Processor('finish')
  class FinishProcessor {
    constructor(private readonly runner: JobRunner) {}

    @Process({ name: 'finish-answer', concurrency })
    finishAnswer(job: Job<DeliveredJob>): Promise<void> {
      return this.runner.run('finish-answer', job.data);
    }
  }
  return FinishProcessor;
}
