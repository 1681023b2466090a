import type { BoardRow } from '@fairtake/contracts';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCheck,
  IconDots,
  IconLink,
  IconLinkOff,
  IconStar,
  IconStarOff,
  IconUserCog,
} from '@tabler/icons-react';
import { useText } from '../words/use-text';
import type { RowActions } from './use-board';

/** What can be done with one candidate. Everything dragging could do is here. */
export function RowMenu({ row, actions }: { row: BoardRow; actions: RowActions }) {
  const t = useText();
  const reachable = row.state === 'invited' || row.state === 'started';
  const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={28} data-row-menu aria-label={t('board.actionsFor', { name: row.name })}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={row.shortlisted ? <IconStarOff {...icon} /> : <IconStar {...icon} />}
          onClick={() => actions.toggleShortlist(row)}
        >
          {t(row.shortlisted ? 'board.takeOffShortlist' : 'board.moveToShortlist')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCheck {...icon} />} onClick={() => actions.toggleSelected(row)}>
          {t('board.selectToCompare')}
        </Menu.Item>
        <Menu.Item leftSection={<IconUserCog {...icon} />} onClick={() => actions.openPerson(row)}>
          {t('person.open')}
        </Menu.Item>
        {reachable && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconLink {...icon} />} onClick={() => actions.reissue(row)}>
              {t('board.reissue')}
            </Menu.Item>
            {!row.invitationRevoked && (
              <Menu.Item leftSection={<IconLinkOff {...icon} />} onClick={() => actions.revoke(row)}>
                {t('board.revoke')}
              </Menu.Item>
            )}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
