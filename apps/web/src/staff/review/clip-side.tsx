import type { BatchClip, CommentEntry, ReviewBatch } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { GivenResponse } from '../given/given-response';
import { MissingPart } from '../player/missing-part';
import { PlayerBar } from '../player/player-bar';
import { PlayerStage } from '../player/player-stage';
import { Timeline } from '../player/timeline';
import type { Player } from '../player/use-player';
import { Notice } from '../ui/notice';
import { Segmented } from '../ui/segmented';
import { Tag } from '../ui/tag';
import { clock } from '../words/clock';
import { useText } from '../words/use-text';
import { useClipLabel } from './clip-label';
import classes from './clip-side.module.css';

type ClipSideProps = {
  batch: ReviewBatch;
  clip: BatchClip;
  player: Player;
  playable: boolean;
  comments: readonly CommentEntry[];
  onSkip: () => void;
};

/** Who is speaking, as far as the blind lets one know, and the player. */
export function ClipSide({ batch, clip, player, playable, comments, onSkip }: ClipSideProps) {
  const t = useText();
  const label = useClipLabel()(batch.blind, clip.label);
  const { response } = clip.media;
  const [mode, setMode] = useState<'video' | 'audio'>('video');
  const name = t('review.playerName', { number: batch.questionNumber, label });
  const pins = comments.flatMap(({ commentId, atSeconds }) =>
    atSeconds === null
      ? []
      : [{ id: commentId, atSeconds, name: t('comments.at', { at: clock(atSeconds) }) }],
  );
  return (
    <section className={classes.side} aria-label={t('review.answer')}>
      <div className={classes.who}>
        <strong>{label}</strong>
        {batch.blind && (
          <>
            <Tag>
              <IconEyeOff size={14} stroke={1.5} aria-hidden />
              {t('review.blind')}
            </Tag>
            {response?.kind !== 'choice' && (
              <span className={classes.truth}>{t(response ? 'review.truthWritten' : 'review.truth')}</span>
            )}
          </>
        )}
        {playable && !response && !clip.media.audioOnly && (
          <span className={classes.mode}>
            <Segmented
              name={t('review.mode')}
              value={mode}
              onChange={setMode}
              choices={[
                { value: 'video', words: t('review.modeVideo') },
                { value: 'audio', words: t('review.modeAudio') },
              ]}
            />
          </span>
        )}
      </div>
      {response ? (
        <GivenResponse media={clip.media} given={response} />
      ) : playable ? (
        <>
          <div className={classes.player}>
            <PlayerStage player={player} name={name} hidePicture={mode === 'audio'} />
          </div>
          <PlayerBar player={player} />
          <Timeline player={player} pins={pins} />
          {clip.media.partialMissingSeconds !== null && (
            <div className={classes.flag}>
              <MissingPart media={clip.media} />
            </div>
          )}
          {clip.media.flagged && (
            <p className={classes.flag}>
              <Notice tone="warn">{t('review.flagged')}</Notice>
            </p>
          )}
        </>
      ) : (
        <NotReady clip={clip} onSkip={onSkip} />
      )}
    </section>
  );
}

function NotReady({ clip, onSkip }: { clip: BatchClip; onSkip: () => void }) {
  const t = useText();
  const broken = clip.media.state === 'failed';
  return (
    <div className={classes.notReady} role="status">
      <p>{t(broken ? 'review.mediaFailed' : 'review.notReady')}</p>
      <Button onClick={onSkip}>{t('rubric.skip')}</Button>
    </div>
  );
}
