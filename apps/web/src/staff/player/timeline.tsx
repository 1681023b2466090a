import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { clock } from '../words/clock';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { ticks } from './ticks';
import classes from './timeline.module.css';
import type { Player } from './use-player';

export type Pin = { id: string; atSeconds: number; name: string };
type TimelineProps = { player: Player; pins?: Pin[]; short?: boolean };

/** The answer as a line in time: one slider, comment pins above it, times below. */
export function Timeline({ player, pins = [], short = false }: TimelineProps) {
  const t = useText();
  const time = useTimeWords();
  const track = useRef<HTMLDivElement>(null);
  const { state, controls, durationSeconds } = player;
  const share = (seconds: number) =>
    `${durationSeconds > 0 ? Math.min(100, (seconds / durationSeconds) * 100) : 0}%`;

  const seekToPointer = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const along = (event.clientX - box.left) / box.width;
    const fromStart = getComputedStyle(event.currentTarget).direction === 'rtl' ? 1 - along : along;
    controls.seekTo(Math.min(1, Math.max(0, fromStart)) * durationSeconds);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => controls.seekBy(-5),
      ArrowDown: () => controls.seekBy(-5),
      ArrowRight: () => controls.seekBy(5),
      ArrowUp: () => controls.seekBy(5),
      PageDown: () => controls.seekBy(-10),
      PageUp: () => controls.seekBy(10),
      Home: () => controls.seekTo(0),
      End: () => controls.seekTo(durationSeconds - 5),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  };
  return (
    <div className={classes.timeline} data-short={short || undefined}>
      <div className={classes.pins}>
        {pins.map((pin) => (
          <button
            key={pin.id}
            type="button"
            style={{ insetInlineStart: share(pin.atSeconds) }}
            aria-label={pin.name}
            onClick={() => controls.seekTo(pin.atSeconds)}
          >
            <span>{clock(pin.atSeconds)}</span>
          </button>
        ))}
      </div>
      <div
        ref={track}
        className={classes.track}
        role="slider"
        tabIndex={0}
        aria-label={t('player.position')}
        aria-valuemin={0}
        aria-valuemax={Math.round(durationSeconds)}
        aria-valuenow={Math.round(state.timeSeconds)}
        aria-valuetext={t('player.positionOf', {
          at: time.spoken(state.timeSeconds),
          of: time.spoken(durationSeconds),
        })}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          seekToPointer(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) seekToPointer(event);
        }}
      >
        <span className={classes.line} />
        <span className={classes.played} style={{ inlineSize: share(state.timeSeconds) }} />
        <span className={classes.head} style={{ insetInlineStart: share(state.timeSeconds) }} />
      </div>
      {!short && (
        <div className={classes.axis} aria-hidden="true">
          {ticks(durationSeconds).map((at) => (
            <span key={at} style={{ insetInlineStart: share(at) }}>
              {clock(at)}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
