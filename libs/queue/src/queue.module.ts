import { queueNames, type QueueName } from '@fairtake/contracts';
import { Database } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import { BullModule, getQueueToken } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Queue } from 'bull';
import { JobQueues, type DeliveredJob } from './job-queues';
import { OutboxRelay, relayTiming, type RelayTiming } from './outbox-relay';
import { redisOptions } from './redis-options';

export interface QueueModuleOptions {
  redisUrl: string;
  /** Before every key in Redis (default `fairtake`). */
  prefix?: string;
  logger: Logger;
  timing?: RelayTiming;
}

/** The queues of the registry and the relay that fills them. Asks for the `Database` of a global module. */
@Module({})
export class QueueModule {
  static forRoot(options: QueueModuleOptions): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      imports: [
        BullModule.forRoot({
          redis: redisOptions(options.redisUrl),
          prefix: options.prefix ?? 'fairtake',
          // Bull only delivers. An id it remembers would swallow the next delivery, so it remembers nothing.
          defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
          // A stalled job is forgotten here; the relay finds it silent in the table and delivers it anew.
          settings: { maxStalledCount: 0, retryProcessDelay: 500, drainDelay: 1 },
        }),
        BullModule.registerQueue(...queueNames.map((name) => ({ name }))),
      ],
      providers: [
        {
          provide: JobQueues,
          inject: queueNames.map((name) => getQueueToken(name)),
          useFactory: (...queues: Queue<DeliveredJob>[]) =>
            new JobQueues(
              Object.fromEntries(queueNames.map((name, index) => [name, queues[index]!])) as Record<
                QueueName,
                Queue<DeliveredJob>
              >,
            ),
        },
        {
          provide: OutboxRelay,
          inject: [Database, JobQueues],
          useFactory: (database: Database, queues: JobQueues) =>
            new OutboxRelay(database, queues, options.logger, options.timing ?? relayTiming),
        },
      ],
      exports: [JobQueues, OutboxRelay],
    };
  }
}
