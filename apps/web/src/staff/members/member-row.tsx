import { Role, type MemberLink, type MemberView } from '@fairtake/contracts';
import { ActionIcon, Menu, NativeSelect } from '@mantine/core';
import { IconDots, IconLink, IconUserCheck, IconUserOff } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { membersQuery } from '../positions/position-queries';
import { useSession } from '../session/session-query';
import { Tag } from '../ui/tag';
import { useText } from '../words/use-text';
import { changeMember, newMemberLink } from './member-requests';
import classes from './members-page.module.css';

type MemberRowProps = {
  member: MemberView;
  onLink: (link: MemberLink) => void;
  onFault: (error: unknown) => void;
};

const tones = { invited: 'info', active: 'good', disabled: 'plain' } as const;

/** One member: role by a plain select, the rest in a menu. */
export function MemberRow({ member, onLink, onFault }: MemberRowProps) {
  const t = useText();
  const session = useSession();
  const queryClient = useQueryClient();
  const settled = {
    onError: onFault,
    onSuccess: () => onFault(null),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery.queryKey }),
  };
  const change = useMutation({
    mutationFn: (body: { role?: Role; disabled?: boolean }) => changeMember(member.memberId, body),
    ...settled,
  });
  const link = useMutation({
    mutationFn: () => newMemberLink(member.memberId),
    ...settled,
    onSuccess: onLink,
  });
  const oneself = member.memberId === session.memberId;
  const disabled = member.state === 'disabled';
  return (
    <tr>
      <td className={classes.who}>
        <b>{member.name}</b>
        <span>{member.email}</span>
      </td>
      <td>
        <NativeSelect
          className={classes.role}
          aria-label={t('members.roleOf', { name: member.name })}
          value={change.isPending ? (change.variables.role ?? member.role) : member.role}
          disabled={disabled || change.isPending}
          onChange={(event) => change.mutate({ role: Role.parse(event.currentTarget.value) })}
          data={Role.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        />
      </td>
      <td>
        <Tag tone={tones[member.state]}>{t(`members.state.${member.state}`)}</Tag>
      </td>
      <td>
        <Menu>
          <Menu.Target>
            <ActionIcon aria-label={t('members.actionsFor', { name: member.name })}>
              <IconDots size={18} stroke={1.5} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {!disabled && (
              <Menu.Item
                leftSection={<IconLink size={16} stroke={1.5} aria-hidden />}
                onClick={() => link.mutate()}
              >
                {t(member.state === 'invited' ? 'members.newInvitation' : 'members.newPassword')}
              </Menu.Item>
            )}
            <Menu.Item
              disabled={oneself}
              leftSection={
                disabled ? (
                  <IconUserCheck size={16} stroke={1.5} aria-hidden />
                ) : (
                  <IconUserOff size={16} stroke={1.5} aria-hidden />
                )
              }
              onClick={() => change.mutate({ disabled: !disabled })}
            >
              {t(disabled ? 'members.enable' : 'members.disable')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  );
}
