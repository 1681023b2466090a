import { Button, Loader } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../words/use-text';
import classes from './player-stage.module.css';
import type { Player } from './use-player';

type PlayerStageProps = {
  player: Player;
  /** Names the picture, such as the question and the candidate. */
  name: string;
  /** Listening only: the picture is not shown though the answer has one. */
  hidePicture?: boolean;
  children?: ReactNode;
};

/** The picture, or what stands in its place: only sound, waiting, or a clip that cannot be played. */
export function PlayerStage({ player, name, hidePicture = false, children }: PlayerStageProps) {
  const t = useText();
  const { media, state, failed, controls } = player;
  const soundOnly = media.audioOnly || hidePicture;
  return (
    <div className={classes.stage} role="group" aria-label={name}>
      <video
        ref={player.attach}
        className={classes.video}
        data-hidden={soundOnly || undefined}
        poster={media.posterUrl ?? undefined}
        playsInline
        preload="auto"
        aria-label={name}
        onClick={controls.toggle}
      />
      {soundOnly && (
        <div className={classes.sound} onClick={controls.toggle} aria-hidden="true">
          <IconMicrophone size={32} stroke={1.25} />
          <span>{t(media.audioOnly ? 'player.soundOnly' : 'player.pictureHidden')}</span>
        </div>
      )}
      {state.waiting && !failed && (
        <div className={classes.waiting}>
          <Loader color="#f2f1ee" size={28} aria-label={t('state.loading')} />
        </div>
      )}
      {failed && (
        <div className={classes.failed} role="alert">
          <p>{t('player.failed')}</p>
          <Button size="compact-sm" onClick={player.retry}>
            {t('action.tryAgain')}
          </Button>
        </div>
      )}
      {children}
    </div>
  );
}
