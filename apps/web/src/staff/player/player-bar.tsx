import { ActionIcon } from '@mantine/core';
import {
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { clock } from '../words/clock';
import { useText } from '../words/use-text';
import classes from './player-bar.module.css';
import { RateMenu } from './rate-menu';
import type { Player } from './use-player';

/** Full screen takes the picture with its frame; iPhones only know the element itself. */
function openFullScreen(video: HTMLVideoElement | null): void {
  const frame = video?.parentElement;
  if (frame?.requestFullscreen) void frame.requestFullscreen().catch(() => undefined);
  else
    (video as (HTMLVideoElement & { webkitEnterFullscreen?: () => void }) | null)?.webkitEnterFullscreen?.();
}

/** Play, ten seconds back and forth, clock, speed, volume, full screen. */
export function PlayerBar({ player }: { player: Player }) {
  const t = useText();
  const { state, controls, durationSeconds } = player;
  return (
    <div className={classes.bar}>
      <ActionIcon
        variant="filled"
        radius="xl"
        size={36}
        className={classes.play}
        aria-label={t(state.paused ? 'player.play' : 'player.pause')}
        aria-keyshortcuts="Space k"
        onClick={controls.toggle}
      >
        {state.paused ? <IconPlayerPlayFilled size={18} /> : <IconPlayerPauseFilled size={18} />}
      </ActionIcon>
      <ActionIcon aria-label={t('player.back10')} aria-keyshortcuts="j" onClick={() => controls.seekBy(-10)}>
        <IconRewindBackward10 size={20} stroke={1.5} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('player.forward10')}
        aria-keyshortcuts="l"
        onClick={() => controls.seekBy(10)}
      >
        <IconRewindForward10 size={20} stroke={1.5} />
      </ActionIcon>
      <span className={classes.clock}>
        <b>{clock(state.timeSeconds)}</b> <span>/ {clock(durationSeconds)}</span>
      </span>
      <span className={classes.space} />
      <RateMenu rate={state.rate} onRate={controls.setRate} />
      <ActionIcon
        aria-label={t(state.muted ? 'player.unmute' : 'player.mute')}
        aria-keyshortcuts="m"
        aria-pressed={state.muted}
        onClick={() => controls.setMuted(!state.muted)}
      >
        {state.muted ? <IconVolumeOff size={18} stroke={1.5} /> : <IconVolume size={18} stroke={1.5} />}
      </ActionIcon>
      <input
        type="range"
        className={classes.volume}
        aria-label={t('player.volume')}
        min={0}
        max={1}
        step={0.05}
        value={state.muted ? 0 : state.volume}
        onChange={(event) => controls.setVolume(event.currentTarget.valueAsNumber)}
      />
      <ActionIcon
        aria-label={t('player.fullScreen')}
        aria-keyshortcuts="f"
        onClick={() => openFullScreen(player.video)}
      >
        <IconMaximize size={18} stroke={1.5} />
      </ActionIcon>
    </div>
  );
}
