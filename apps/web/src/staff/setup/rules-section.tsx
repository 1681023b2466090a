import type { PositionDraft } from '@fairtake/contracts';
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import card from '../ui/card.module.css';
import { useText, type MessageId } from '../words/use-text';
import { AdjustmentRules } from './adjustment-rules';
import { Section } from './section';
import classes from './setup.module.css';
import type { Setup } from './use-setup';

type NumberRule = 'replyWorkingDays' | 'retentionDays';
const numberRules: { rule: NumberRule; label: MessageId; hint: MessageId; max: number }[] = [
  { rule: 'replyWorkingDays', label: 'setup.reply', hint: 'setup.replyHint', max: 60 },
  { rule: 'retentionDays', label: 'setup.retention', hint: 'setup.retentionHint', max: 730 },
];

/** Blindness, reviewers per answer, sending, promises to the candidate. */
export function RulesSection({ setup, fixed }: { setup: Setup; fixed: boolean }) {
  const t = useText();
  const { draft, change } = setup;
  const set = (part: Partial<PositionDraft>) => change((current) => ({ ...current, ...part }));
  return (
    <Section id="setup-rules" title={t('setup.rules')}>
      <div className={`${card.card} ${classes.panel}`}>
        <Checkbox
          label={t('setup.blind')}
          description={t('setup.blindHint')}
          disabled={fixed}
          checked={draft.blind}
          onChange={(event) => set({ blind: event.currentTarget.checked })}
        />
        <Checkbox
          label={t('setup.autoSubmit')}
          description={t('setup.autoSubmitHint')}
          disabled={fixed}
          checked={draft.autoSubmit}
          onChange={(event) => set({ autoSubmit: event.currentTarget.checked })}
        />
        <AdjustmentRules setup={setup} />
        <div className={classes.rules}>
          <NativeSelect
            label={t('setup.reviewersPerAnswer')}
            description={t('setup.reviewersPerAnswerHint')}
            disabled={fixed}
            value={String(draft.reviewersPerAnswer)}
            data={Array.from({ length: 10 }, (_none, index) => String(index + 1))}
            onChange={(event) => set({ reviewersPerAnswer: Number(event.currentTarget.value) })}
          />
          {numberRules.map(({ rule, label, hint, max }) => (
            <TextInput
              key={rule}
              type="number"
              label={t(label)}
              description={t(hint)}
              min={1}
              max={max}
              disabled={fixed && rule === 'retentionDays'}
              defaultValue={draft[rule]}
              onChange={(event) => {
                const value = event.currentTarget.valueAsNumber;
                if (Number.isInteger(value) && value >= 1 && value <= max) set({ [rule]: value });
              }}
            />
          ))}
        </div>
      </div>
    </Section>
  );
}
