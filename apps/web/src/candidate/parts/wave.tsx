import type { LevelReading } from '@fairtake/capture';
import { useEffect, useRef } from 'react';
import { classNames } from './class-names';
import css from './wave.module.css';
import { wavePath } from './wave-path';

const slots = 120;
const pitch = 5;
const flat = wavePath(
  Array.from({ length: slots }, () => 0),
  pitch,
);

/** A dotted line: nobody is recorded and nothing is measured. */
export function QuietWave() {
  return (
    <div className={classNames(css.wave, css.quiet)} aria-hidden="true">
      <svg viewBox="0 0 600 40" preserveAspectRatio="xMaxYMid slice">
        <path d={flat} />
      </svg>
    </div>
  );
}

export type SubscribeLevel = (listener: (reading: LevelReading) => void) => () => void;

/** The voice of the last seconds, newest at the end. Drawn without React: it changes twenty times a second. */
export function LiveWave({ subscribeLevel }: { subscribeLevel: SubscribeLevel }) {
  const path = useRef<SVGPathElement>(null);
  useEffect(() => {
    const levels: number[] = Array.from({ length: slots }, () => 0);
    const everyNth = matchMedia('(prefers-reduced-motion: reduce)').matches ? 10 : 1;
    let count = 0;
    return subscribeLevel(({ level }) => {
      levels.push(level);
      levels.shift();
      count += 1;
      if (count % everyNth === 0) path.current?.setAttribute('d', wavePath(levels, pitch));
    });
  }, [subscribeLevel]);
  return (
    <div className={classNames(css.wave, css.live)} aria-hidden="true">
      <svg viewBox="0 0 600 40" preserveAspectRatio="xMaxYMid slice">
        <path ref={path} d={flat} />
      </svg>
    </div>
  );
}
