import type {
  BatchClip,
  CannotRate,
  CommentEntry,
  ReviewBatch,
  ReviewView,
  ScoreEntry,
} from '@fairtake/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { ApiProblem } from '../../api/api-client';
import { SerialSaver, type SaveStatus } from '../saving/serial-saver';
import { useSaver } from '../saving/use-saver';
import { batchQuery, reviewQuery, saveReview, submitReview } from './review-queries';

export type Draft = { scores: readonly ScoreEntry[]; comments: readonly CommentEntry[] };

export type ReviewDraft = {
  draft: Draft;
  submitted: boolean;
  status: SaveStatus;
  /** The same review was changed in another window; saving waits for a choice. */
  conflict: boolean;
  score: (criterionId: string, level: number) => void;
  cannotRate: (criterionId: string, reason: CannotRate) => void;
  clear: (criterionId: string) => void;
  saveComment: (comment: CommentEntry) => void;
  removeComment: (commentId: string) => void;
  /** Sends what is outstanding without waiting for a quiet moment. */
  sendNow: () => void;
  /** Sends what is outstanding, then submits. Rejects with the server's refusal. */
  submit: () => Promise<void>;
  settle: (whose: 'theirs' | 'mine') => Promise<void>;
};

const empty: Draft = { scores: [], comments: [] };
const draftOf = (review: ReviewView | null): Draft =>
  review ? { scores: review.scores, comments: review.comments } : empty;

const conflictCodes = ['state_conflict', 'edit_conflict', 'review_submitted'];

/** One reviewer's draft of one answer: kept here, sent as it changes, submitted once. */
export function useReviewDraft(batch: ReviewBatch, clip: BatchClip): ReviewDraft {
  const queryClient = useQueryClient();
  const { answerId } = clip;
  const batchKey = batchQuery(batch.roundId, batch.questionId).queryKey;
  const [draft, setDraft] = useState(() => draftOf(clip.review));
  const latest = useRef(draft);
  const version = useRef(clip.review?.version ?? 0);

  /** The batch keeps each clip's review, so that going back shows what was saved. */
  const remember = useCallback(
    (review: ReviewView) => {
      version.current = review.version;
      queryClient.setQueryData(
        batchKey,
        (old) =>
          old && {
            ...old,
            clips: old.clips.map((each) => (each.answerId === review.answerId ? { ...each, review } : each)),
          },
      );
    },
    // The key's parts are what identifies it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [queryClient, batch.roundId, batch.questionId],
  );
  const [saver] = useState(
    () =>
      new SerialSaver<Draft>({
        delayMs: 500,
        save: async ({ scores, comments }) => {
          const body = { rubricId: batch.rubricId, version: version.current };
          const reply = await saveReview(answerId, { ...body, scores: [...scores], comments: [...comments] });
          remember(reply.review);
        },
      }),
  );
  const status = useSaver(saver);

  const change = (next: Draft) => {
    latest.current = next;
    setDraft(next);
    saver.set(next);
  };
  const others = (criterionId: string) =>
    latest.current.scores.filter((score) => score.criterionId !== criterionId);
  const put = (entry: ScoreEntry) =>
    change({ ...latest.current, scores: [...others(entry.criterionId), entry] });

  return {
    draft,
    submitted: clip.review?.state === 'submitted',
    status,
    conflict:
      status.kind === 'refused' &&
      status.error instanceof ApiProblem &&
      conflictCodes.includes(status.error.code),
    score: (criterionId, level) => put({ criterionId, level, cannotRate: null, evidence: null }),
    cannotRate: (criterionId, reason) =>
      put({ criterionId, level: null, cannotRate: reason, evidence: null }),
    clear: (criterionId) => change({ ...latest.current, scores: others(criterionId) }),
    saveComment: (comment) =>
      change({
        ...latest.current,
        comments: [
          ...latest.current.comments.filter((each) => each.commentId !== comment.commentId),
          comment,
        ].sort((a, b) => (a.atSeconds ?? Infinity) - (b.atSeconds ?? Infinity)),
      }),
    removeComment: (commentId) =>
      change({
        ...latest.current,
        comments: latest.current.comments.filter((each) => each.commentId !== commentId),
      }),
    // A fault shows in the status; nobody waits for this.
    sendNow: () => void saver.flush().catch(() => undefined),
    submit: async () => {
      await saver.flush();
      const reply = await submitReview(answerId, version.current);
      remember(reply.review);
      queryClient.setQueryData(reviewQuery(answerId).queryKey, reply);
      void queryClient.invalidateQueries({ queryKey: ['review', 'queue'] });
    },
    settle: async (whose) => {
      const reply = await queryClient.fetchQuery({ ...reviewQuery(answerId), staleTime: 0 });
      remember(reply.review);
      if (whose === 'mine' && reply.review.state === 'draft') return saver.resume();
      saver.discard();
      latest.current = draftOf(reply.review);
      setDraft(latest.current);
    },
  };
}

/** Criteria without a level or a reason, in the rubric's order. */
export function missingCriteria(batch: ReviewBatch, draft: Draft): ReviewBatch['criteria'] {
  return batch.criteria.filter(
    (criterion) => !draft.scores.some((score) => score.criterionId === criterion.criterionId),
  );
}
