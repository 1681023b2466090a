import type { BatchClip, CannotRate, ReviewBatch } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { Kbd } from '../keys/kbd';
import type { Player } from '../player/use-player';
import { ProblemNotice } from '../ui/problem-notice';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { CommentsPanel } from './comments-panel';
import { CriterionScores } from './criterion-scores';
import { OthersPanel } from './others-panel';
import { ReviewNotices } from './review-notices';
import classes from './rubric-side.module.css';
import type { ReviewDraft } from './use-review-draft';
import type { RubricFocus } from './use-rubric-focus';
import type { TypedComment } from './use-typed-comment';

type RubricSideProps = {
  batch: ReviewBatch;
  clip: BatchClip;
  player: Player;
  review: ReviewDraft;
  typed: TypedComment;
  focus: RubricFocus;
  missing: ReviewBatch['criteria'];
  /** Submit was pressed while something was missing: now it is named. */
  asked: boolean;
  closed: boolean;
  playable: boolean;
  hasNext: boolean;
  submitting: boolean;
  submitError: unknown;
  commentBox: RefObject<HTMLTextAreaElement | null>;
  onScore: (criterionId: string, level: number) => void;
  onCannotRate: (criterionId: string, reason: CannotRate) => void;
  onSubmit: () => void;
  onSkip: () => void;
  onLeaveComment: () => void;
};

/** The rubric, the comments, and the one way on. Others' scores are not in the page until these are submitted. */
export function RubricSide(props: RubricSideProps) {
  const { batch, clip, player, review, focus, missing, closed } = props;
  const t = useText();
  return (
    <section className={classes.side} aria-label={t('rubric.title')}>
      <header className={classes.head}>
        <h2>{t('rubric.title')}</h2>
        <span>{t('setup.rubricVersion', { version: batch.rubricVersion })}</span>
        {!review.submitted && (
          <span className={classes.independent}>
            <IconLock size={14} stroke={1.5} aria-hidden />
            {t('rubric.independent')}
          </span>
        )}
      </header>
      <form
        ref={focus.panel}
        className={classes.body}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit();
        }}
      >
        <ReviewNotices batch={batch} review={review} />
        {batch.criteria.map((criterion, index) => (
          <CriterionScores
            key={criterion.criterionId}
            criterion={criterion}
            number={index + 1}
            score={review.draft.scores.find((score) => score.criterionId === criterion.criterionId)}
            focused={focus.focusedId === criterion.criterionId && !closed}
            missing={props.asked && missing.includes(criterion)}
            disabled={closed}
            levelsDisabled={!props.playable}
            onFocus={() => focus.setFocusedId(criterion.criterionId)}
            onScore={(level) => props.onScore(criterion.criterionId, level)}
            onCannotRate={(reason) => props.onCannotRate(criterion.criterionId, reason)}
            onClear={() => review.clear(criterion.criterionId)}
          />
        ))}
        <CommentsPanel
          player={player}
          comments={review.draft.comments}
          typed={props.typed}
          box={props.commentBox}
          disabled={closed}
          onRemove={review.removeComment}
          onLeave={props.onLeaveComment}
        />
        {review.submitted && <OthersPanel answerId={clip.answerId} criteria={batch.criteria} />}
      </form>
      <RubricFoot {...props} />
    </section>
  );
}

function RubricFoot(props: RubricSideProps) {
  const { missing, closed, asked, focus, hasNext, review } = props;
  const t = useText();
  const words = useLocalized();
  const first = missing[0];
  let state = '';
  if (review.submitted) state = t('rubric.submitted');
  else if (asked && first) state = t('rubric.missing', { name: words(first.name) });
  else if (missing.length > 0) state = t('rubric.left', { count: missing.length });
  return (
    <footer className={classes.foot}>
      <ProblemNotice error={props.submitError} />
      <div className={classes.actions}>
        {!closed && (
          <Button
            variant="subtle"
            onClick={props.onSkip}
            aria-keyshortcuts="s"
            rightSection={<Kbd name="S" />}
          >
            {t('rubric.skip')}
          </Button>
        )}
        <span className={classes.state} role="status">
          {state}
        </span>
        <Button
          ref={focus.submit}
          variant="filled"
          className={classes.submit}
          loading={props.submitting}
          aria-keyshortcuts="Enter"
          rightSection={<Kbd name="⏎" />}
          onClick={props.onSubmit}
        >
          {t(closed ? 'rubric.next' : hasNext ? 'rubric.submitNext' : 'rubric.submitLast')}
        </Button>
      </div>
    </footer>
  );
}
