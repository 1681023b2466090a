import type { UnfinishedJobRow } from '@fairtake/database';
import { minutes, type Finding } from './violation';

/** Relays look for silent jobs every few seconds and put them back; after ten minutes none of them does its work. */
const silenceLimitMs = 10 * 60_000;

/** I7: what Redis or a worker lost is found and delivered again. */
export function redisIsDisposable(job: UnfinishedJobRow, now: Date): Finding[] {
  if (job.state !== 'enqueued') return [];
  const silentMs = job.enqueuedAt ? now.getTime() - job.enqueuedAt.getTime() : Infinity;
  if (silentMs <= silenceLimitMs) return [];
  const since = job.enqueuedAt ? `${minutes(silentMs)} ago` : 'at no known time';
  const message = `${job.name} was handed over ${since}, and nothing was heard of it since`;
  return [{ invariant: 'I7', subject: 'job', id: job.id, message }];
}
