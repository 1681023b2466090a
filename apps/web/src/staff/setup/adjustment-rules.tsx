import { AdjustmentKind, type PositionDraft } from '@fairtake/contracts';
import { Checkbox, Radio, Stack } from '@mantine/core';
import { useText } from '../words/use-text';
import type { Setup } from './use-setup';

/** What candidates may have changed for them, and whether they have to ask. May change at any time. */
export function AdjustmentRules({ setup }: { setup: Setup }) {
  const t = useText();
  const { draft, change } = setup;
  const set = (part: Partial<PositionDraft>) => change((current) => ({ ...current, ...part }));
  return (
    <>
      <Radio.Group
        label={t('setup.adjustments')}
        description={t('setup.adjustmentsHint')}
        value={draft.adjustmentPolicy}
        onChange={(value) => set({ adjustmentPolicy: value === 'ask' ? 'ask' : 'self_service' })}
      >
        <Stack gap={4} mt={8}>
          <Radio value="self_service" label={t('setup.adjustments.self')} />
          <Radio value="ask" label={t('setup.adjustments.ask')} />
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label={t('setup.adjustmentKinds')}
        value={draft.adjustmentKinds}
        onChange={(kinds) =>
          set({ adjustmentKinds: AdjustmentKind.options.filter((kind) => kinds.includes(kind)) })
        }
      >
        <Stack gap={4} mt={8}>
          {AdjustmentKind.options.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`setup.adjustmentKind.${kind}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </>
  );
}
