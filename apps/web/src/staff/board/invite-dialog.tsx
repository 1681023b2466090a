import type { InvitationLink, PositionView } from '@fairtake/contracts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useIntl } from 'react-intl';
import { instantInZone } from '../setup/zoned-time';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { ProblemNotice } from '../ui/problem-notice';
import { useTimeWords } from '../words/time-words';
import { languageName } from '../words/language-name';
import { useText } from '../words/use-text';
import { boardQuery, inviteCandidate } from './board-queries';

type InviteDialogProps = {
  open: boolean;
  position: PositionView;
  onClose: () => void;
  onInvited: (name: string, link: InvitationLink) => void;
};
type Fields = { name: string; email: string; locale: string; deadline: string };

/** Invites one candidate. The link is shown next; an e-mail address is optional. */
export function InviteDialog({ open, position, onClose, onInvited }: InviteDialogProps) {
  const t = useText();
  const intl = useIntl();
  const time = useTimeWords();
  const queryClient = useQueryClient();
  const fields = useForm<Fields>({
    defaultValues: { name: '', email: '', locale: position.languages[0] ?? 'en', deadline: '' },
  });
  const { errors } = fields.formState;
  const invite = useMutation({
    mutationFn: ({ name, email, locale, deadline }: Fields) => {
      const deadlineAt = deadline ? instantInZone(deadline, position.timeZone) : null;
      return inviteCandidate(position.positionId, {
        name: name.trim(),
        ...(email.trim() ? { email: email.trim() } : {}),
        locale,
        ...(deadlineAt ? { deadlineAt } : {}),
      });
    },
    onSuccess: (link, { name }) => {
      void queryClient.invalidateQueries({ queryKey: boardQuery(position.positionId).queryKey });
      fields.reset();
      onClose();
      onInvited(name.trim(), link);
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={t('invite.title')}>
      <form
        className={form.form}
        noValidate
        onSubmit={(event) => void fields.handleSubmit((values) => invite.mutate(values))(event)}
      >
        <ProblemNotice error={invite.error} />
        <TextInput
          label={t('invite.name')}
          maxLength={120}
          autoComplete="off"
          error={errors.name?.message}
          {...fields.register('name', {
            validate: (value) => (value.trim() ? true : t('field.candidateNameMissing')),
          })}
        />
        <TextInput
          label={t('invite.email')}
          description={t('invite.emailHint')}
          type="email"
          autoComplete="off"
          error={errors.email?.message}
          {...fields.register('email', {
            validate: (value) =>
              value.trim() === '' || /^\S+@\S+\.\S+$/.test(value.trim()) || t('field.emailWrong'),
          })}
        />
        <div className={form.pair}>
          <NativeSelect
            label={t('invite.language')}
            data={position.languages.map((language) => ({
              value: language,
              label: languageName(intl, language),
            }))}
            {...fields.register('locale')}
          />
          <TextInput
            type="datetime-local"
            label={t('invite.deadline')}
            error={errors.deadline?.message}
            {...fields.register('deadline', {
              validate: (value) => {
                const at = value && instantInZone(value, position.timeZone);
                return !at || Date.parse(at) > Date.now() || t('fault.inThePast');
              },
            })}
          />
        </div>
        <p style={{ color: 'var(--muted)', fontSize: 'var(--text-12)', lineHeight: 'var(--line-12)' }}>
          {position.deadlineAt
            ? t('invite.deadlineHint', {
                at: time.dateTime(position.deadlineAt, position.timeZone),
                zone: position.timeZone,
              })
            : t('invite.noDeadlineHint', { zone: position.timeZone })}
        </p>
        <div className={form.actions}>
          <Button variant="subtle" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            {t('invite.action')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
