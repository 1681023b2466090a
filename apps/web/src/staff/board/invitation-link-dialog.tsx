import { CopyLink } from '../ui/copy-link';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import type { IssuedLink } from './use-board';

type InvitationLinkDialogProps = {
  issued: IssuedLink | null;
  onClose: () => void;
};

/** A candidate's personal link, shown this once. */
export function InvitationLinkDialog({ issued, onClose }: InvitationLinkDialogProps) {
  const t = useText();
  const time = useTimeWords();
  return (
    <Dialog
      open={issued !== null}
      onClose={onClose}
      title={t('invite.linkTitle', { name: issued?.name ?? '' })}
    >
      {issued && (
        <div className={form.form}>
          {issued.replaced && <p>{t('invite.linkReplaced')}</p>}
          <p>
            {issued.link.expiresAt
              ? t('invite.linkUntil', { until: time.dateTime(issued.link.expiresAt) })
              : t('invite.linkWords')}
          </p>
          <CopyLink link={issued.link.link} name={t('invite.link')} />
        </div>
      )}
    </Dialog>
  );
}
