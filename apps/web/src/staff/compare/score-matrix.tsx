import type { Comparison, MatrixCell } from '@fairtake/contracts';
import { IconLock } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import card from '../ui/card.module.css';
import { Score } from '../ui/score';
import { Localized } from '../words/localized';
import { useText } from '../words/use-text';
import { DotStrip } from './dot-strip';
import classes from './score-matrix.module.css';

/** Everyone's scores: a real table of medians, one dot per reviewer, disagreement in a word. */
export function ScoreMatrix({ comparison }: { comparison: Comparison }) {
  const t = useText();
  const intl = useIntl();
  const { criteria, questions, questionId, matrix } = comparison;
  const numbersOf = (criterionId: string) =>
    questions.flatMap((question, index) => (question.criterionIds.includes(criterionId) ? [index + 1] : []));
  const scoresShown = (criterionId: string) =>
    questions.find((question) => question.questionId === questionId)?.criterionIds.includes(criterionId);
  return (
    <div>
      <header className={classes.head}>
        <h2 id="matrix-title">{t('matrix.title')}</h2>
        <span className={classes.legend} aria-hidden="true">
          <Score value={4} small /> {t('matrix.median')} <i /> {t('matrix.oneReviewer')}
        </span>
      </header>
      <div
        className={`${card.card} ${classes.scroll}`}
        tabIndex={0}
        role="region"
        aria-labelledby="matrix-title"
      >
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('matrix.candidate')}</th>
              <th scope="col">{t('matrix.score')}</th>
              {criteria.map((criterion) => (
                <th
                  key={criterion.criterionId}
                  scope="col"
                  data-shown={scoresShown(criterion.criterionId) || undefined}
                >
                  <b>
                    {numbersOf(criterion.criterionId)
                      .map((number) => t('setup.questionShort', { number }))
                      .join(' ')}
                  </b>
                  <Localized text={criterion.name} />
                  <span>{intl.formatNumber(criterion.share, { style: 'percent' })}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row) => (
              <tr key={row.interviewId}>
                <th scope="row">{row.name}</th>
                {row.withheld ? (
                  <td colSpan={criteria.length + 1} className={classes.withheld}>
                    <IconLock size={14} stroke={1.5} aria-hidden /> {t('matrix.withheld')}
                  </td>
                ) : (
                  <>
                    <InterviewScore score={row.score} low={row.low} high={row.high} />
                    {criteria.map((criterion) => (
                      <Cell
                        key={criterion.criterionId}
                        cell={row.cells.find((each) => each.criterionId === criterion.criterionId)}
                      />
                    ))}
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Cell({ cell }: { cell: MatrixCell | undefined }) {
  const t = useText();
  return (
    <td>
      <span className={classes.cell}>
        <Score value={cell?.median ?? null} />
        <DotStrip levels={cell?.dots.map((dot) => dot.level) ?? []} />
        {cell?.split && <b className={classes.split}>{t('matrix.split')}</b>}
        {cell !== undefined && cell.cannotRate > 0 && (
          <span className={classes.cannotRate}>{t('matrix.cannotRate', { count: cell.cannotRate })}</span>
        )}
      </span>
    </td>
  );
}

type InterviewScoreProps = { score: number | null; low: number | null; high: number | null };

function InterviewScore({ score, low, high }: InterviewScoreProps) {
  const t = useText();
  const intl = useIntl();
  const one = (value: number) =>
    intl.formatNumber(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const place = (value: number) => 4 + ((value - 1) / 4) * 84;
  if (score === null) return <td className={classes.pending}>{t('matrix.noScoreYet')}</td>;
  const known = low !== null && high !== null;
  return (
    <td>
      <span className={classes.interview}>
        <b>{one(score)}</b>
        <svg width="92" height="14" viewBox="0 0 92 14" aria-hidden="true">
          <path d="M4 7H88M4 5v4M25 5v4M46 5v4M67 5v4M88 5v4" stroke="var(--edge)" fill="none" />
          {known && (
            <path
              d={`M${place(low)} 7H${Math.max(place(high), place(low) + 0.1)}`}
              stroke="var(--score-3)"
              strokeWidth="6"
              strokeLinecap="round"
            />
          )}
          <circle
            cx={place(score)}
            cy="7"
            r="4"
            fill="var(--score-5)"
            stroke="var(--surface)"
            strokeWidth="1.5"
          />
        </svg>
        {known && (
          <span title={t('matrix.interval')}>
            {one(low)}–{one(high)}
          </span>
        )}
      </span>
    </td>
  );
}
