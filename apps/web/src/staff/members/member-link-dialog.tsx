import type { MemberLink } from '@fairtake/contracts';
import { CopyLink } from '../ui/copy-link';
import { Dialog } from '../ui/dialog';
import form from '../ui/form.module.css';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';

/** The link for one member, shown this once. */
export function MemberLinkDialog({ link, onClose }: { link: MemberLink | null; onClose: () => void }) {
  const t = useText();
  const time = useTimeWords();
  return (
    <Dialog
      open={link !== null}
      onClose={onClose}
      title={t('members.linkTitle', { name: link?.member.name ?? '' })}
    >
      {link && (
        <div className={form.form}>
          <p>{t('members.linkWords', { until: time.dateTime(link.expiresAt) })}</p>
          <CopyLink link={link.link} name={t('members.link')} />
        </div>
      )}
    </Dialog>
  );
}
