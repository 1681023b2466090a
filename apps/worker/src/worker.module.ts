import { Database } from '@fairtake/database';
import { JobQueues, JobRunner, QueueModule, type RelayTiming, type RunnerTiming } from '@fairtake/queue';
import type { Logger } from '@fairtake/server-kit';
import { Module, type DynamicModule } from '@nestjs/common';
import { KeptAnswers } from './answers/kept-answers';
import { Outputs } from './answers/outputs';
import { RecordingFiles } from './answers/recording-files';
import type { WorkerConfig } from './config';
import { FinishingParts } from './finish/finishing-parts';
import { finishProcessor } from './finish/finish-answer.processor';
import { FinishAnswerService } from './finish/finish-answer.service';
import { HousekeepingService } from './housekeeping/housekeeping.service';
import { InfrastructureModule, LOGGER, type Infrastructure } from './infrastructure.module';
import { playableProcessor } from './playable/prepare-answer.processor';
import { PrepareAnswerService } from './playable/prepare-answer.service';

/** Instead of the product's: tests have no half minutes to wait. */
export interface WorkerTiming {
  relay: RelayTiming;
  runner: RunnerTiming;
}

@Module({})
export class WorkerModule {
  static with(config: WorkerConfig, parts: Infrastructure, timing?: WorkerTiming): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        InfrastructureModule.with(parts),
        QueueModule.forRoot({
          redisUrl: config.redis.url,
          logger: parts.logger,
          ...(timing ? { timing: timing.relay } : {}),
        }),
      ],
      providers: [
        ...[KeptAnswers, RecordingFiles, Outputs, PrepareAnswerService, FinishingParts, FinishAnswerService],
        HousekeepingService,
        {
          provide: JobRunner,
          inject: [Database, JobQueues, LOGGER, PrepareAnswerService, FinishAnswerService],
          useFactory: (
            database: Database,
            queues: JobQueues,
            logger: Logger,
            prepare: PrepareAnswerService,
            finish: FinishAnswerService,
          ) => {
            const handlers = { 'prepare-answer': prepare, 'finish-answer': finish };
            return new JobRunner(database, queues, logger, handlers, timing?.runner);
          },
        },
        playableProcessor(config.concurrency.playable),
        finishProcessor(config.concurrency.finish),
      ],
    };
  }
}
