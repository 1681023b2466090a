import type { MemberLink } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NoAccess } from '../chrome/no-access';
import { Page } from '../chrome/page';
import { membersQuery } from '../positions/position-queries';
import { useSession } from '../session/session-query';
import card from '../ui/card.module.css';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { InviteMemberDialog } from './invite-member-dialog';
import { MemberLinkDialog } from './member-link-dialog';
import { MemberRow } from './member-row';
import classes from './members-page.module.css';

/** Who belongs to the organisation, and with which role. Admins only. */
export function MembersPage() {
  return useSession().role === 'admin' ? <Members /> : <NoAccess />;
}

function Members() {
  const t = useText();
  const members = useQuery(membersQuery);
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<MemberLink | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const invite = (
    <Button
      variant="filled"
      leftSection={<IconUserPlus size={16} stroke={1.5} />}
      onClick={() => setInviting(true)}
    >
      {t('members.invite')}
    </Button>
  );
  return (
    <Page title={t('members.title')} action={invite} className={classes.page}>
      <ProblemNotice error={members.error} onRetry={() => void members.refetch()} />
      <ProblemNotice error={fault} />
      {members.isLoading && <Loading />}
      {members.data && (
        <div className={card.card}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('members.name')}</th>
                <th scope="col">{t('members.role')}</th>
                <th scope="col">{t('members.state')}</th>
                <th scope="col">
                  <span className={card.hidden}>{t('action.actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {members.data.map((member) => (
                <MemberRow key={member.memberId} member={member} onLink={setLink} onFault={setFault} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <InviteMemberDialog open={inviting} onClose={() => setInviting(false)} onLink={setLink} />
      <MemberLinkDialog link={link} onClose={() => setLink(null)} />
    </Page>
  );
}
