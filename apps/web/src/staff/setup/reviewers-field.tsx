import { Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { membersQuery } from '../positions/position-queries';
import { ProblemNotice } from '../ui/problem-notice';
import card from '../ui/card.module.css';
import { useText } from '../words/use-text';
import { fieldId, useFault } from './field-faults';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

/** Who reviews: members who are not disabled, of any role. */
export function ReviewersField({ setup: { draft, change } }: { setup: Setup }) {
  const t = useText();
  const members = useQuery(membersQuery);
  const fault = useFault('/reviewerIds');
  const offered = (members.data ?? []).filter(
    (member) => member.state !== 'disabled' || draft.reviewerIds.includes(member.memberId),
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
                {member.state === 'invited' && ` · ${t('members.state.invited')}`}
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
