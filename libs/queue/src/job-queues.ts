import { jobs, type JobName, type QueueName } from '@fairtake/contracts';
import type { ClaimedJob } from '@fairtake/database';
import type { Queue } from 'bull';
import * as z from 'zod';
import { QueueUnavailable } from './errors';

/**
 * What lies in Redis: which delivery of which row. Nothing else, so that whoever writes to Redis can neither invent
 * work nor point a worker at anything.
 */
export const DeliveredJob = z.strictObject({
  organisationId: z.uuid(),
  jobId: z.uuid(),
  delivery: z.int().min(1),
});
export type DeliveredJob = z.infer<typeof DeliveredJob>;

/** How long the relay waits for Redis. A frozen one keeps its connections open and would be waited for without end. */
const answerTimeoutMs = 2_000;

/** The queues of the registry. Bull only delivers: it retries nothing, keeps nothing, and may be emptied at any time. */
export class JobQueues {
  constructor(private readonly queues: Readonly<Record<QueueName, Queue<DeliveredJob>>>) {}

  /**
   * Hands a claimed job to its queue. Jobs with a lower turn come first, so that an organisation with a thousand jobs
   * delays another's first one by no more than what is running.
   *
   * @throws QueueUnavailable; the job may have arrived nevertheless
   */
  async enqueue(job: ClaimedJob): Promise<void> {
    const { organisationId, jobId, delivery } = job;
    const queue = this.queues[jobs[job.name].queue];
    await answered(
      queue.add(
        job.name,
        { organisationId, jobId, delivery },
        { jobId: deliveryId(job), priority: job.turn },
      ),
    );
  }

  /** Deliveries that no worker has taken yet, as `deliveryId` writes them. @throws QueueUnavailable */
  async waiting(): Promise<Set<string>> {
    const lists = Object.values(this.queues).flatMap((queue) =>
      ['wait', 'paused'].map((list) => queue.client.lrange(queue.toKey(list), 0, -1)),
    );
    return new Set((await answered(Promise.all(lists))).flat());
  }

  /** @throws QueueUnavailable */
  async checkHealth(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => answered(queue.client.ping())));
  }

  /** Takes no further job; running ones go on. Best effort where Redis is away: nothing arrives from there anyway. */
  async stopTaking(): Promise<void> {
    await Promise.allSettled(Object.values(this.queues).map((queue) => answered(queue.pause(true, true))));
  }

  /** Tells about trouble with Redis; Bull reconnects by itself. */
  onTrouble(listener: (error: Error) => void): void {
    for (const queue of Object.values(this.queues)) queue.on('error', listener);
  }

  /** @throws Error naming a job whose queue nobody listens to, for boot to end with */
  assertProcessors(): void {
    for (const [name, { queue }] of Object.entries(jobs) as [JobName, { queue: QueueName }][]) {
      // Bull keeps its processors here and has no question for it.
      const { handlers } = this.queues[queue] as unknown as { handlers: Record<string, unknown> };
      if (!handlers[name]) {
        throw new Error(
          `No processor takes ${name} from the queue ${queue}: add one to the worker's module.`,
        );
      }
    }
  }
}

/** Bull's job id: one per delivery, because an id that Bull still knows would be swallowed. */
export const deliveryId = (job: { jobId: string; delivery: number }): string =>
  `${job.jobId}:${job.delivery}`;

async function answered<T>(reply: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QueueUnavailable()), answerTimeoutMs);
  });
  try {
    return await Promise.race([reply, late]);
  } catch (cause) {
    throw cause instanceof QueueUnavailable ? cause : new QueueUnavailable({ cause });
  } finally {
    clearTimeout(timer);
  }
}
