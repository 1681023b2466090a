import type { SegmentRow, TakeRow, TenantContext } from '@fairtake/database';
import { isOverlong, recordingSeconds } from '@fairtake/domain';
import { indexedSeconds } from './take-proof';

/**
 * Makes a kept take the answer that is played: MP4 made of whole fragments plays from its rows at once, anything else
 * is prepared by the worker first.
 */
export async function publishTake(tx: TenantContext, take: TakeRow): Promise<void> {
  const segments = (await tx.segments.proved(take.id)).filter(({ fragments }) => fragments?.length !== 0);
  const plays = segments.every((segment) => segment.fragments !== null);
  const durationSeconds = plays ? totalSeconds(segments) : null;
  const generation = await tx.answers.keep(take.answerId, take.id, {
    state: plays ? 'playable' : 'processing',
    durationSeconds,
    audioOnly:
      plays && segments.every((segment) => !segment.init!.tracks.some((track) => track.kind === 'video')),
    // What was not measured yet is judged by the worker, which measures everything again.
    flagged: durationSeconds !== null && isOverlong(durationSeconds, recordingSeconds(take)),
  });
  const payload = { organisationId: tx.organisationId, answerId: take.answerId, generation };
  await tx.outbox.add(plays ? 'finish-answer' : 'prepare-answer', payload);
}

const totalSeconds = (segments: readonly SegmentRow[]): number =>
  segments.reduce((sum, segment) => sum + (indexedSeconds(segment) ?? 0), 0);
