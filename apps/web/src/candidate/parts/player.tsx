import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { clockTime, duration } from '../moments';
import { classNames } from './class-names';
import { Icon } from './icon';
import css from './monitor.module.css';
import { EmptyPicture, Monitor, Picture, StripTime } from './monitor';
import type { Playlist } from './use-playlist';
import { usePlaylist } from './use-playlist';
import waveCss from './wave.module.css';
import { resample, wavePath } from './wave-path';

/** A recording of this device, played from its own bytes: true, not mirrored. */
export function Player(props: {
  label: string;
  blobs: readonly Blob[];
  expectedSeconds: number;
  /** Loudness while it was recorded, if this page heard it. */
  levels: readonly number[];
  soundOnly: boolean;
  chip: ReactNode;
}) {
  const { label, blobs, expectedSeconds, levels, soundOnly, chip } = props;
  const t = useText();
  const playlist = usePlaylist(blobs, expectedSeconds);
  const { video, src, playing, position, total, toggle } = playlist;
  const media = <video ref={video} src={src} playsInline preload="auto" tabIndex={-1} {...playlist.on} />;
  return (
    <Monitor
      label={label}
      picture={
        soundOnly ? (
          <>
            <EmptyPicture icon="microphone">{chip}</EmptyPicture>
            <div hidden>{media}</div>
          </>
        ) : (
          <Picture>
            {media}
            {chip}
          </Picture>
        )
      }
      strip={
        <>
          <button
            type="button"
            className={css.round}
            aria-label={playing ? t('player.pause') : t('player.play')}
            onClick={toggle}
          >
            <Icon name={playing ? 'pause' : 'play'} solid={!playing} />
          </button>
          <SeekWave playlist={playlist} levels={levels} />
          <StripTime>
            {clockTime(position)} <small>/ {clockTime(total)}</small>
          </StripTime>
        </>
      }
    />
  );
}

/** The whole answer as a slider: its waveform, played part in accent. */
function SeekWave({ playlist, levels }: { playlist: Playlist; levels: readonly number[] }) {
  const t = useText();
  const { locale } = useLocale();
  const { position, total, seek } = playlist;
  const share = total > 0 ? Math.min(1, position / total) : 0;

  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, position, total);
    if (to === null) return;
    event.preventDefault();
    seek(to);
  };
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointermove' && event.buttons === 0) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    seek(((event.clientX - box.left) / box.width) * total);
  };
  return (
    <div
      className={classNames(waveCss.wave, waveCss.slider)}
      role="slider"
      tabIndex={0}
      aria-label={t('player.position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(total)}
      aria-valuenow={Math.round(position)}
      aria-valuetext={t('player.valueText', {
        position: duration(position, locale),
        total: duration(total, locale),
      })}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <Bars levels={levels} count={56} share={share} className={waveCss.wide} />
      <Bars levels={levels} count={30} share={share} className={waveCss.narrow} />
      <i className={waveCss.head} style={{ insetInlineStart: `${share * 100}%` }} />
    </div>
  );
}

function Bars(props: {
  levels: readonly number[];
  count: number;
  share: number;
  className: string | undefined;
}) {
  const { levels, count, share, className } = props;
  const bars = resample(levels, count);
  const played = Math.round(share * count);
  return (
    <svg className={className} viewBox={`0 0 ${count * 10} 40`} preserveAspectRatio="none" aria-hidden="true">
      <path className={waveCss.played} d={wavePath(bars.slice(0, played), 10)} />
      <path className={waveCss.rest} d={wavePath(bars.slice(played), 10, played)} />
    </svg>
  );
}

/** Arrows go five seconds, Page keys ten, Home and End to the ends. */
function keyTarget(key: string, position: number, total: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return position + 5;
    case 'ArrowLeft':
    case 'ArrowDown':
      return position - 5;
    case 'PageUp':
      return position + 10;
    case 'PageDown':
      return position - 10;
    case 'Home':
      return 0;
    case 'End':
      return total;
    default:
      return null;
  }
}
