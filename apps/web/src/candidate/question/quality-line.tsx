import { useRef } from 'react';
import { useText, type MessageId } from '../messages';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import type { Take } from './phase';
import { qualityChange, type Quality } from './quality';
import { useTicking } from './use-ticking';

const words = {
  smaller: 'quality.smaller',
  soundOnly: 'quality.soundOnly',
  pictureBack: 'quality.pictureBack',
} as const satisfies Record<string, MessageId>;

/** One calm line when the connection makes us record less than at the start of the take, and when that is over. */
export function QualityLine({ take }: { take: Take }) {
  const t = useText();
  const seen = useRef<Quality | null>(null);
  const rung = useTicking(true, () => take.rung?.() ?? null);
  seen.current = qualityChange(seen.current, rung);
  const said = seen.current?.said ?? null;
  return (
    <p className={classNames(ui.small, ui.muted)} role="status">
      {said === null ? null : t(words[said])}
    </p>
  );
}
