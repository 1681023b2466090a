import { positionDefaults, type PositionDraft } from '@fairtake/contracts';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useLocale } from '../../intl/locale-provider';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { createPosition, positionQuery } from './position-queries';

/** A draft with our defaults in the writer's language; everything else is asked on the set-up page. */
export function emptyPosition(title: string, locale: string): PositionDraft {
  return {
    title: { [locale]: title },
    languages: [locale],
    deadlineAt: null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
    blind: true,
    autoSubmit: false,
    adjustmentPolicy: positionDefaults.adjustmentPolicy,
    adjustmentKinds: [...positionDefaults.adjustmentKinds],
    reviewersPerAnswer: positionDefaults.reviewersPerAnswer,
    replyWorkingDays: positionDefaults.replyWorkingDays,
    retentionDays: positionDefaults.retentionDays,
    questions: [],
    criteria: [],
    reviewerIds: [],
  };
}

/** Asks for a title only and leads to set-up. */
export function NewPositionDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText();
  const { locale } = useLocale();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const fields = useForm<{ title: string }>();
  const create = useMutation({
    mutationFn: ({ title }: { title: string }) => createPosition(emptyPosition(title.trim(), locale)),
    onSuccess: async (position) => {
      queryClient.setQueryData(positionQuery(position.positionId).queryKey, position);
      void queryClient.invalidateQueries({ queryKey: ['positions'] });
      await navigate({ to: '/positions/$positionId/setup', params: { positionId: position.positionId } });
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={t('positions.create')}>
      <form
        className={form.form}
        noValidate
        onSubmit={(event) => void fields.handleSubmit((values) => create.mutate(values))(event)}
      >
        <ProblemNotice error={create.error} />
        <TextInput
          label={t('setup.title')}
          description={t('positions.titleHint')}
          maxLength={200}
          error={fields.formState.errors.title?.message}
          {...fields.register('title', {
            validate: (value) => (value?.trim() ? true : t('field.titleMissing')),
          })}
        />
        <div className={form.actions}>
          <Button variant="subtle" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={create.isPending}>
            {t('positions.createAction')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
