import type { RubricCriterion } from '@fairtake/contracts';
import { useQuery } from '@tanstack/react-query';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { Score } from '../ui/score';
import { Localized } from '../words/localized';
import { clock } from '../words/clock';
import { useText } from '../words/use-text';
import classes from './others-panel.module.css';
import { reviewQuery } from './review-queries';

/** What the others thought, once one's own view is on record. */
export function OthersPanel({ answerId, criteria }: { answerId: string; criteria: RubricCriterion[] }) {
  const t = useText();
  const reply = useQuery(reviewQuery(answerId));
  return (
    <section className={classes.others} aria-label={t('others.title')}>
      <h3>{t('others.title')}</h3>
      {reply.isLoading && <Loading />}
      <ProblemNotice error={reply.error} onRetry={() => void reply.refetch()} />
      {reply.data?.others.length === 0 && <p className={classes.none}>{t('others.none')}</p>}
      {reply.data?.others.map((other) => (
        <article key={other.reviewer}>
          <h4>{other.reviewer}</h4>
          <dl>
            {criteria.map((criterion) => {
              const score = other.scores.find((each) => each.criterionId === criterion.criterionId);
              return (
                <div key={criterion.criterionId}>
                  <dt>
                    <Localized text={criterion.name} />
                  </dt>
                  <dd>
                    {score?.cannotRate ? (
                      t(`cannotRate.${score.cannotRate}`)
                    ) : (
                      <Score value={score?.level ?? null} />
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
          <ul>
            {other.comments.map((comment) => (
              <li key={comment.commentId}>
                {comment.atSeconds !== null && <b>{clock(comment.atSeconds)}</b>} {comment.text}
              </li>
            ))}
          </ul>
        </article>
      ))}
    </section>
  );
}
