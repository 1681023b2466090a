import type { AnswerMedia, Comparison } from '@fairtake/contracts';
import { ActionIcon } from '@mantine/core';
import {
  IconLock,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useEffect } from 'react';
import { GivenResponse } from '../given/given-response';
import { Kbd } from '../keys/kbd';
import { MissingPart } from '../player/missing-part';
import { PlayerStage } from '../player/player-stage';
import { Timeline } from '../player/timeline';
import { usePlayer } from '../player/use-player';
import card from '../ui/card.module.css';
import { Localized } from '../words/localized';
import { clock } from '../words/clock';
import { useText } from '../words/use-text';
import classes from './compare-pane.module.css';
import { DotStrip } from './dot-strip';
import type { Wall } from './use-wall';

type Pane = Comparison['panes'][number];
type ComparePaneProps = { pane: Pane; index: number; wall: Wall; criteria: Comparison['criteria'] };

/** One person's answer on the wall. */
export function ComparePane({ pane, index, wall, criteria }: ComparePaneProps) {
  const t = useText();
  const audible = wall.audible === index;
  return (
    <article className={classes.pane} data-audible={audible || undefined} aria-label={pane.name}>
      {pane.media?.response ? (
        <div className={classes.given}>
          <b>{pane.name}</b>
          <GivenResponse media={pane.media} given={pane.media.response} />
        </div>
      ) : pane.media && pane.media.sources.length > 0 ? (
        <PanePlayer pane={pane} media={pane.media} index={index} wall={wall} audible={audible} />
      ) : (
        <div className={classes.none}>
          <b>{pane.name}</b>
          {t(pane.media ? 'review.notReadyShort' : 'compare.noAnswer')}
        </div>
      )}
      <PaneScores pane={pane} criteria={criteria} />
    </article>
  );
}

type PanePlayerProps = Omit<ComparePaneProps, 'criteria'> & { media: AnswerMedia; audible: boolean };

function PanePlayer({ pane, media, index, wall, audible }: PanePlayerProps) {
  const t = useText();
  const player = usePlayer(media);
  const { register } = wall;
  const { video, state, controls, durationSeconds } = player;
  useEffect(() => {
    register(index, video);
    return () => register(index, null);
  }, [register, index, video]);
  const pins = pane.comments.flatMap(({ atSeconds, reviewer }, at) =>
    atSeconds === null
      ? []
      : [{ id: String(at), atSeconds, name: t('compare.commentOf', { reviewer, at: clock(atSeconds) }) }],
  );
  return (
    <>
      <div className={classes.stage}>
        <PlayerStage player={player} name={pane.name}>
          <span className={classes.name}>
            <Kbd name={String(index + 1)} />
            {pane.name}
          </span>
          <button
            type="button"
            className={classes.listen}
            aria-pressed={audible}
            aria-keyshortcuts={String(index + 1)}
            onClick={() => wall.listenTo(index)}
          >
            {audible ? (
              <IconVolume size={16} stroke={1.5} aria-hidden />
            ) : (
              <IconVolumeOff size={16} stroke={1.5} aria-hidden />
            )}
            {t(audible ? 'compare.listening' : 'compare.muted')}
            <span className={card.hidden}>{t('compare.listenTo', { name: pane.name })}</span>
          </button>
        </PlayerStage>
      </div>
      <MissingPart media={media} />
      <div className={classes.line}>
        <Timeline player={player} pins={pins} short />
      </div>
      <div className={classes.controls}>
        <ActionIcon
          size={28}
          aria-label={t(state.paused ? 'compare.playOne' : 'compare.pauseOne', { name: pane.name })}
          onClick={controls.toggle}
        >
          {state.paused ? <IconPlayerPlayFilled size={16} /> : <IconPlayerPauseFilled size={16} />}
        </ActionIcon>
        <b>{clock(state.timeSeconds)}</b>
        <span>/ {clock(durationSeconds)}</span>
      </div>
    </>
  );
}

function PaneScores({ pane, criteria }: { pane: Pane; criteria: Comparison['criteria'] }) {
  const t = useText();
  const [comment] = pane.comments;
  if (pane.withheld)
    return (
      <p className={classes.withheld}>
        <IconLock size={14} stroke={1.5} aria-hidden />
        {t('compare.withheldPane')}
      </p>
    );
  return (
    <>
      <ul className={classes.scores}>
        {pane.cells.map((cell) => {
          const criterion = criteria.find((each) => each.criterionId === cell.criterionId);
          return (
            <li key={cell.criterionId}>
              {criterion && <Localized text={criterion.name} />}
              <DotStrip levels={cell.dots.map((dot) => dot.level)} />
            </li>
          );
        })}
      </ul>
      {comment && (
        <p className={classes.comment}>
          {comment.atSeconds !== null && <b>{clock(comment.atSeconds)}</b>}
          <span title={comment.text}>{comment.text}</span>
        </p>
      )}
    </>
  );
}
