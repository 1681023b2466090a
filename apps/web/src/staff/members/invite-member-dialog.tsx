import { Role, type MemberLink } from '@fairtake/contracts';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { membersQuery } from '../positions/position-queries';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { inviteMember, type NewMember } from './member-requests';

type InviteMemberDialogProps = { open: boolean; onClose: () => void; onLink: (link: MemberLink) => void };

/** Name, e-mail, role; then the link to hand over. */
export function InviteMemberDialog({ open, onClose, onLink }: InviteMemberDialogProps) {
  const t = useText();
  const queryClient = useQueryClient();
  const fields = useForm<NewMember>({ defaultValues: { name: '', email: '', role: 'reviewer' } });
  const { errors } = fields.formState;
  const invite = useMutation({
    mutationFn: inviteMember,
    onSuccess: (link) => {
      void queryClient.invalidateQueries({ queryKey: membersQuery.queryKey });
      fields.reset();
      onClose();
      onLink(link);
    },
  });
  return (
    <Dialog open={open} onClose={onClose} title={t('members.invite')}>
      <form
        className={form.form}
        noValidate
        onSubmit={(event) =>
          void fields.handleSubmit((values) =>
            invite.mutate({ ...values, name: values.name.trim(), email: values.email.trim() }),
          )(event)
        }
      >
        <ProblemNotice error={invite.error} />
        <TextInput
          label={t('members.name')}
          maxLength={120}
          autoComplete="off"
          error={errors.name?.message}
          {...fields.register('name', {
            validate: (value) => (value.trim() ? true : t('field.nameMissing')),
          })}
        />
        <TextInput
          label={t('field.email')}
          type="email"
          autoComplete="off"
          error={errors.email?.message}
          {...fields.register('email', {
            validate: (value) => /^\S+@\S+\.\S+$/.test(value.trim()) || t('field.emailWrong'),
          })}
        />
        <NativeSelect
          label={t('members.role')}
          description={t('members.roleHint')}
          data={Role.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          {...fields.register('role')}
        />
        <div className={form.actions}>
          <Button variant="subtle" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={invite.isPending}>
            {t('members.inviteAction')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
