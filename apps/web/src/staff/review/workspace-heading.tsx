import type { BatchClip, ReviewBatch } from '@fairtake/contracts';
import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Localized } from '../words/localized';
import { useText } from '../words/use-text';
import { isSubmitted } from './clip-order';
import { ProgressBar } from './progress-bar';
import classes from './workspace-heading.module.css';

/** Back, the question, and where one is in the batch. */
export function WorkspaceHeading({ batch, clip }: { batch: ReviewBatch; clip: BatchClip }) {
  const t = useText();
  const at = batch.clips.indexOf(clip);
  const total = batch.clips.length;
  return (
    <>
      <ActionIcon
        className={classes.back}
        aria-label={t('review.toQueue')}
        renderRoot={(props) => <Link {...props} to="/review" />}
      >
        <IconArrowLeft size={18} stroke={1.5} />
      </ActionIcon>
      <span className={classes.number}>{t('setup.questionShort', { number: batch.questionNumber })}</span>
      <h1 className={classes.question}>
        <Localized text={batch.text} />
      </h1>
      <span className={classes.space} />
      <span className={classes.progress}>
        <ProgressBar done={batch.clips.filter(isSubmitted).length} total={total} />
      </span>
      <span className={classes.count} aria-label={t('review.clipOf', { number: at + 1, total })}>
        <b>{at + 1}</b> / {total}
      </span>
    </>
  );
}
