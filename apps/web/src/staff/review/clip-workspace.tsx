import type { BatchClip, ReviewBatch } from '@fairtake/contracts';
import { useRef, useState } from 'react';
import { Page } from '../chrome/page';
import { KeyStrip } from '../keys/key-strip';
import { usePlayer } from '../player/use-player';
import { SaveDot } from '../saving/save-dot';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { ClipSide } from './clip-side';
import { useClipLabel } from './clip-label';
import classes from './clip-workspace.module.css';
import { isPlayable } from './clip-order';
import { RubricSide } from './rubric-side';
import { missingCriteria, useReviewDraft } from './use-review-draft';
import { useRubricFocus } from './use-rubric-focus';
import { useTypedComment } from './use-typed-comment';
import { WorkspaceHeading } from './workspace-heading';
import { keyHints, workspaceShortcuts } from './workspace-shortcuts';

type ClipWorkspaceProps = {
  batch: ReviewBatch;
  clip: BatchClip;
  hasNext: boolean;
  /** After a submit, or from a clip that cannot be scored. */
  onNext: () => void;
  onSkip: () => void;
  onStep: (by: 1 | -1) => void;
};

/** One clip: the person on the left, the rubric on the right, everything by keyboard. */
export function ClipWorkspace(props: ClipWorkspaceProps) {
  const { batch, clip, hasNext, onNext, onSkip, onStep } = props;
  const t = useText();
  const words = useLocalized();
  const label = useClipLabel()(batch.blind, clip.label);
  const region = useRef<HTMLElement>(null);
  const commentBox = useRef<HTMLTextAreaElement>(null);
  const player = usePlayer(clip.media);
  const review = useReviewDraft(batch, clip);
  const focus = useRubricFocus(batch.criteria);
  const [submitError, setSubmitError] = useState<unknown>(null);
  const [submitting, setSubmitting] = useState(false);
  const [asked, setAsked] = useState(false);
  const missing = missingCriteria(batch, review.draft);
  const playable = isPlayable(clip);
  const written = clip.media.response !== null;
  // What is still being prepared is not scored; what never will play can only be marked so.
  const closed = review.submitted || batch.closed || (!playable && clip.media.state !== 'failed');
  const typed = useTypedComment(review, written ? null : player.state.timeSeconds, closed);

  const advanceFrom = (criterionId: string) => {
    const open = missing.filter((criterion) => criterion.criterionId !== criterionId);
    const at = batch.criteria.findIndex((criterion) => criterion.criterionId === criterionId);
    const after = open.find((criterion) => batch.criteria.indexOf(criterion) > at) ?? open[0];
    if (after) focus.moveTo(after.criterionId);
    else focus.submit.current?.focus();
  };
  const score = (criterionId: string, level: number) => {
    if (!playable) return;
    review.score(criterionId, level);
    advanceFrom(criterionId);
  };
  const submit = async () => {
    if (closed) return onNext();
    if (missing[0]) {
      setAsked(true);
      return focus.moveTo(missing[0].criterionId);
    }
    typed.save();
    setSubmitting(true);
    setSubmitError(null);
    try {
      await review.submit();
      onNext();
    } catch (error) {
      setSubmitError(error);
    } finally {
      setSubmitting(false);
    }
  };
  const comment = () => {
    player.controls.pause();
    commentBox.current?.focus();
  };
  const shortcuts = workspaceShortcuts({
    t,
    player,
    written,
    closed,
    focusedId: focus.focusedId,
    score,
    clear: review.clear,
    moveCriterion: focus.step,
    cannotRate: focus.openCannotRate,
    comment,
    submit: () => void submit(),
    skip: onSkip,
    step: onStep,
  });
  return (
    <Page
      title={`${label} · ${words(batch.text)}`}
      heading={<WorkspaceHeading batch={batch} clip={clip} />}
      status={<SaveDot status={review.status} />}
      region={region}
      className={classes.workspace}
      immersive
      shortcuts={shortcuts}
    >
      <ClipSide
        batch={batch}
        clip={clip}
        player={player}
        comments={review.draft.comments}
        onSkip={onSkip}
        playable={playable}
      />
      <RubricSide
        batch={batch}
        clip={clip}
        player={player}
        review={review}
        typed={typed}
        focus={focus}
        missing={missing}
        asked={asked}
        closed={closed}
        playable={playable}
        hasNext={hasNext}
        submitting={submitting}
        submitError={submitError}
        commentBox={commentBox}
        onScore={score}
        onCannotRate={(criterionId, reason) => {
          review.cannotRate(criterionId, reason);
          advanceFrom(criterionId);
        }}
        onSubmit={() => void submit()}
        onSkip={onSkip}
        onLeaveComment={() => region.current?.focus({ preventScroll: true })}
      />
      <KeyStrip hints={keyHints(t, written)} />
    </Page>
  );
}
