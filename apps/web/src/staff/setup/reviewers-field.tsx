import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../positions/position-queries';
import { ProblemNotice } from '../ui/problem-notice';
import card from '../ui/card.module.css';
import { useText } from '../words/use-text';
import { fieldId, useFault } from './field-faults';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

/** Who reviews: active members of any role. An invited one joins first. */
export function ReviewersField({ setup: { draft, change } }: { setup: Setup }) {
  const t = useText();
  const members = useQuery(membersQuery);
  const fault = useFault('/reviewerIds');
  const offered = (members.data ?? []).filter(
    (member) => member.state === 'active' || draft.reviewerIds.includes(member.memberId),
  );
  return (
    <fieldset className={classes.checks} id={fieldId('/reviewerIds')}>
      <legend>{t('setup.reviewers')}</legend>
      <ProblemNotice error={members.error} onRetry={() => void members.refetch()} />
      {fault && <p className={classes.fault}>{fault}</p>}
      {offered.map((member) => (
        <Checkbox
          key={member.memberId}
          label={
            <>
              {member.name}{' '}
              <span className={card.muted}>
                {t(`role.${member.role}`)}
                {member.state !== 'active' && ` · ${t(`members.state.${member.state}`)}`}
              </span>
            </>
          }
          checked={draft.reviewerIds.includes(member.memberId)}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            change((current) => ({
              ...current,
              reviewerIds: on
                ? [...current.reviewerIds, member.memberId]
                : current.reviewerIds.filter((id) => id !== member.memberId),
            }));
          }}
        />
      ))}
    </fieldset>
  );
}
