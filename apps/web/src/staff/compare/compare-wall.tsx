import type { Comparison } from '@fairtake/contracts';
import { useMediaQuery } from '@mantine/hooks';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../chrome/page';
import { PositionTabs } from '../chrome/position-tabs';
import { KeyStrip } from '../keys/key-strip';
import { Segmented } from '../ui/segmented';
import { Localized, useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { ComparePane } from './compare-pane';
import classes from './compare-wall.module.css';
import { ScoreMatrix } from './score-matrix';
import { compareHints, compareShortcuts } from './compare-shortcuts';
import { useWall } from './use-wall';
import { WallBar } from './wall-bar';

type CompareWallProps = { positionId: string; comparison: Comparison };

/** Panes of one question side by side, and everyone's scores below. */
export function CompareWall({ positionId, comparison }: CompareWallProps) {
  const t = useText();
  const words = useLocalized();
  const navigate = useNavigate({ from: '/positions/$positionId/compare' });
  const narrow = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const wall = useWall();
  const [shown, setShown] = useState(0);
  const { questions, questionId, panes } = comparison;
  const goTo = (by: 1 | -1) => {
    const to = questions[questions.findIndex((question) => question.questionId === questionId) + by];
    if (to) void navigate({ search: (old) => ({ ...old, question: to.questionId }) });
  };
  const listenTo = (index: number) => {
    wall.listenTo(index);
    setShown(index);
  };
  const visible = narrow ? panes.slice(shown, shown + 1) : panes;
  return (
    <Page
      title={words(comparison.title)}
      tabs={<PositionTabs positionId={positionId} />}
      shortcuts={compareShortcuts({ t, wall, panes: panes.length, listenTo, goTo })}
    >
      <div className={classes.tools}>
        <nav className={classes.questions} aria-label={t('compare.questions')}>
          {questions.map((question, index) => (
            <Link
              key={question.questionId}
              from="/positions/$positionId/compare"
              search={(old) => ({ ...old, question: question.questionId })}
              aria-current={question.questionId === questionId ? 'true' : undefined}
            >
              <b>{t('setup.questionShort', { number: index + 1 })}</b>
              <Localized text={question.text} className={classes.questionText} />
            </Link>
          ))}
        </nav>
        <WallBar wall={wall} />
      </div>
      <div className={classes.content}>
        {narrow && (
          <Segmented
            name={t('compare.candidate')}
            value={String(shown)}
            onChange={(index) => listenTo(Number(index))}
            choices={panes.map((pane, index) => ({ value: String(index), words: pane.name }))}
          />
        )}
        <div className={classes.panes} data-count={visible.length}>
          {visible.map((pane) => (
            <ComparePane
              key={`${pane.interviewId}:${questionId}`}
              pane={pane}
              index={panes.indexOf(pane)}
              wall={wall}
              criteria={comparison.criteria}
            />
          ))}
        </div>
        <ScoreMatrix comparison={comparison} />
      </div>
      <KeyStrip hints={compareHints(t)} />
    </Page>
  );
}
