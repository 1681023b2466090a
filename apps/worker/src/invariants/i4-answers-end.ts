import type { AnswerFacts } from './facts';
import { minutes, type Finding } from './violation';

const ended = ['playable', 'finished', 'failed'];
const allowanceMs = 10 * 60_000;

/**
 * I4: every submitted answer becomes playable or failed within T = queue wait + 3 × duration + 10 min. How long each
 * one waited is not recorded, so the wait is an allowance. That failed answers keep their chunks is seen with the
 * gaps of takes (I3).
 */
export function answersEnd(
  { id, take, mediaState, keptAt, submittedAt }: AnswerFacts,
  { now, queueWaitMs }: { now: Date; queueWaitMs: number },
): Finding[] {
  if (!take || !keptAt || !submittedAt || ended.includes(mediaState)) return [];
  const waitedMs = now.getTime() - Math.max(keptAt.getTime(), submittedAt.getTime());
  const limitMs = queueWaitMs + 3 * (take.durationMs ?? 0) + allowanceMs;
  if (waitedMs <= limitMs) return [];
  const message = `is still ${mediaState} ${minutes(waitedMs)} after it was submitted (limit ${minutes(limitMs)})`;
  return [{ invariant: 'I4', subject: 'answer', id, message }];
}
