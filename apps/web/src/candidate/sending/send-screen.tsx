import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useUnchosen } from '../answers/use-unchosen';
import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { Button } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import { usePressGuard } from '../parts/press-guard';
import ui from '../parts/ui.module.css';
import { UploadHealth } from '../recording/upload-health';
import { TroubleNote } from '../trouble/trouble-note';
import { AnswerList } from './answer-list';

/** All answers before they are sent. Until **Send my answers**, or the deadline, only the candidate can see them. */
export function SendScreen(props: {
  interview: CandidateInterview;
  /** A required question has no chosen answer. */
  incomplete: boolean;
  busy: boolean;
  trouble: Trouble | null;
  onRedo: (number: number) => void;
  onSend: () => void;
}) {
  const { interview, incomplete, busy, trouble, onRedo, onSend } = props;
  const unchosen = useUnchosen(interview);
  const t = useText();
  const { locale } = useLocale();
  const promise = interview.deadlineAt ? 'send.lead.deadline' : 'send.lead';
  const lead = incomplete ? 'send.lead.incomplete' : promise;
  // **Use this answer** of the last question was in the same place.
  const { settling, guard } = usePressGuard('send');
  return (
    <>
      <PageTitle tab={t('send.title')} organisation={interview.organisation}>
        {t('send.title')}
      </PageTitle>
      <p className={ui.lead}>{t(lead)}</p>
      <UploadHealth />
      {trouble ? <TroubleNote trouble={trouble} /> : null}
      <AnswerList interview={interview} unchosen={unchosen} onRedo={onRedo} />
      {interview.deadlineAt ? (
        <p className={classNames(ui.promise, ui.small, ui.muted)}>
          <Icon name="clock" />
          <span>{t('send.deadline', { moment: dayAndTime(interview.deadlineAt, locale) })}</span>
        </p>
      ) : null}
      {incomplete ? null : (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button primary busy={busy} settling={settling} onPress={guard(onSend)}>
            {t('send.send')}
          </Button>
        </div>
      )}
    </>
  );
}
