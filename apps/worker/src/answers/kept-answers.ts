import type { JobPayload, MediaFailure, MediaState } from '@fairtake/contracts';
import { Database, type ChunkRow, type SegmentRow, type TenantContext } from '@fairtake/database';
import { recordingSeconds } from '@fairtake/domain';
import { Injectable } from '@nestjs/common';

/** Which generation of which answer a job is about. */
export type AnswerJob = JobPayload<'prepare-answer' | 'finish-answer'>;

/** One recorder start, whole: finalise proved it. */
export interface KeptSegment extends Pick<SegmentRow, 'number' | 'container' | 'init' | 'sha256'> {
  chunks: ChunkRow[];
}

/** What a candidate gave, as the rows know it. */
export interface KeptAnswer {
  mediaState: MediaState;
  /** As the recorder counted it. */
  declaredSeconds: number | null;
  /** As long as the take was allowed to be. */
  allowedSeconds: number;
  segments: KeptSegment[];
}

/** The rows behind a job's ids. */
@Injectable()
export class KeptAnswers {
  constructor(private readonly database: Database) {}

  /** @returns null when there is nothing to do any more: a newer take was kept, or the answer was erased */
  find({ organisationId, answerId, generation }: AnswerJob): Promise<KeptAnswer | null> {
    return this.database.inOrganisation(
      organisationId,
      async (tx) => {
        const answer = await tx.answers.find(answerId);
        if (!answer?.keptTakeId || answer.generation !== generation) return null;
        const take = await tx.takes.find(answer.interviewId, answer.keptTakeId);
        if (!take) return null;
        const segments = await tx.segments.proved(take.id);
        const chunks = await tx.segments.chunks(take.id);
        return {
          mediaState: answer.mediaState,
          declaredSeconds: take.durationMs === null ? null : take.durationMs / 1_000,
          allowedSeconds: recordingSeconds(take),
          // A header alone: nothing to read, decode or join.
          segments: segments
            .filter(({ fragments }) => fragments?.length !== 0)
            .map((segment) => ({
              ...segment,
              // Of a salvaged take also chunks behind a gap are held; only what was proved is played.
              chunks: chunks.filter(
                (chunk) => chunk.segment === segment.number && chunk.index < segment.chunkCount,
              ),
            })),
        };
      },
      { readOnly: true },
    );
  }
}

/** An answer that plays goes on playing, with a word about it; one that never did is shown as failed (I5). */
export async function giveUpAnswer(
  tx: TenantContext,
  { answerId, generation }: AnswerJob,
  failure: MediaFailure,
): Promise<void> {
  const failed = await tx.answers.fail(answerId, generation, failure);
  if (!failed) await tx.answers.flag(answerId, generation);
}
