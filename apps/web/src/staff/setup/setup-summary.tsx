import type { PositionDraft } from '@fairtake/contracts';
import { expectedReviewSeconds, isRecorded } from '@fairtake/domain';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { clock } from '../words/clock';
import { useText, type StaffText } from '../words/use-text';
import classes from './setup-summary.module.css';

const setUpSeconds = 180;
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

type Advice = { good: boolean; words: string };

/** What research says about the form: it advises, it never blocks. */
function advice(draft: PositionDraft, t: StaffText): Advice[] {
  const tooShort = draft.questions.filter((question) => (question.thinkSeconds ?? Infinity) < 30).length;
  const oneTry = draft.questions.findIndex(({ kind, takes }) => isRecorded(kind) && takes === 1);
  const count = draft.questions.length;
  return [
    { good: count <= 5, words: t(count <= 5 ? 'advice.count' : 'advice.tooMany', { count }) },
    { good: tooShort === 0, words: t(tooShort === 0 ? 'advice.think' : 'advice.shortThink') },
    {
      good: oneTry < 0,
      words: oneTry < 0 ? t('advice.takes') : t('advice.oneTry', { number: oneTry + 1 }),
    },
  ];
}

type SetupSummaryProps = {
  draft: PositionDraft;
  /** Things missing before publishing; null once published. */
  missing: number | null;
};

/** Live cost of the form in people's time, beside it. */
export function SetupSummary({ draft, missing }: SetupSummaryProps) {
  const t = useText();
  const thinking = sum(
    draft.questions.map(({ kind, thinkSeconds }) => thinkSeconds ?? (isRecorded(kind) ? 60 : 0)),
  );
  const reviewing = sum(draft.questions.map(expectedReviewSeconds));
  const answering = sum(draft.questions.map((question) => question.answerSeconds));
  const parts = [
    { key: 'setUp', seconds: setUpSeconds, words: t('meter.setUp') },
    { key: 'thinking', seconds: thinking, words: t('meter.thinking') },
    { key: 'answering', seconds: answering, words: t('meter.answering') },
  ];
  const total = sum(parts.map((part) => part.seconds));
  return (
    <aside className={classes.summary} aria-label={t('meter.name')}>
      <section>
        <p className={classes.small}>{t('meter.candidate')}</p>
        <p className={classes.big}>{t('meter.minutes', { count: Math.ceil(total / 60) })}</p>
        <div className={classes.meter} aria-hidden="true">
          {parts.map((part) => (
            <i key={part.key} data-part={part.key} style={{ flexGrow: part.seconds }} />
          ))}
        </div>
        <ul className={classes.legend}>
          {parts.map((part) => (
            <li key={part.key}>
              <i data-part={part.key} aria-hidden="true" />
              {part.words}
              <b>{clock(part.seconds)}</b>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <p className={classes.small}>{t('meter.reviewer')}</p>
        <p className={classes.big}>{t('meter.minutesEach', { count: Math.ceil((reviewing * 1.2) / 60) })}</p>
      </section>
      {draft.questions.length > 0 && (
        <ul className={classes.advice}>
          {advice(draft, t).map((item) => (
            <li key={item.words} data-good={item.good}>
              {item.good ? (
                <IconCircleCheck size={16} stroke={1.5} aria-hidden />
              ) : (
                <IconAlertTriangle size={16} stroke={1.5} aria-hidden />
              )}
              <span>{item.words}</span>
            </li>
          ))}
        </ul>
      )}
      {missing !== null && (
        <p className={classes.small}>
          {missing === 0 ? t('setup.ready') : t('setup.beforePublishing', { count: missing })}
        </p>
      )}
    </aside>
  );
}
