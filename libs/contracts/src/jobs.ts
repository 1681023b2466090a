import * as z from 'zod';

const AnswerJob = z.strictObject({
  organisationId: z.uuid(),
  answerId: z.uuid(),
  generation: z.int().min(1),
});

/**
 * Every kind of queue work. Payloads are ids only; both ends parse them. A job may run twice, late, or after its row
 * is gone. `attempts` and `backoffMs` are counted in PostgreSQL (the outbox), Bull only delivers.
 */
export const jobs = {
  /**
   * Answers that do not play from their rows: copy into a seekable file that browsers play progressively. One whose
   * recorder was started again is joined instead, which takes as long as transcoding, hence the time limit.
   */
  'prepare-answer': {
    queue: 'playable',
    payload: AnswerJob,
    attempts: 3,
    backoffMs: 5_000,
    timeoutMs: 2 * 60 * 60_000,
    dedupeBy: ['answerId', 'generation'],
  },
  /** Verify, poster, duration; H.264/AAC rendition where the recording needs one. */
  'finish-answer': {
    queue: 'finish',
    payload: AnswerJob,
    attempts: 3,
    backoffMs: 10_000,
    timeoutMs: 2 * 60 * 60_000,
    dedupeBy: ['answerId', 'generation'],
  },
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]['payload']>;
export type QueueName = (typeof jobs)[JobName]['queue'];
export const queueNames = [...new Set(Object.values(jobs).map((job) => job.queue))] as QueueName[];
