import type { CandidateInterview } from '@fairtake/contracts';
import { useChosenHere } from '../answers/chosen-here';
import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { duration } from '../moments';
import { Callout } from '../parts/callout';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { useLocale } from '../../intl/locale-provider';
import { useRecording } from '../recording/recording-context';
import { useOnline } from '../recording/online';
import { useSentences } from '../sentences';
import { TroubleNote } from '../trouble/trouble-note';
import { AnswerList } from './answer-list';

/** Shown while something is still going out after the last answer; ends by itself. */
export function SendingScreen(props: {
  interview: CandidateInterview;
  trouble: Trouble | null;
  onRetry: () => void;
  onRedo: (number: number) => void;
}) {
  const { interview, trouble, onRetry, onRedo } = props;
  const t = useText();
  const online = useOnline();
  const { lost } = useRecording();
  return (
    <>
      <PageTitle tab={t('sending.title')} organisation={interview.organisation}>
        {online ? t('sending.title') : t('sending.title.offline')}
      </PageTitle>
      {trouble ? <TroubleNote trouble={trouble} onRetry={onRetry} /> : null}
      {online ? <NotYet /> : <Offline interview={interview} />}
      <AnswerList interview={interview} {...(lost.size > 0 ? { onRedo } : {})} />
      <p className={classNames(ui.promise, ui.small, ui.muted)}>
        <Icon name="shield" />
        <span>{t('sending.resume')}</span>
      </p>
    </>
  );
}

function NotYet() {
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  const seconds = useSecondsLeft();
  return (
    <Callout tone="info" icon="clock" role="status" title={t('sending.close')}>
      {sentences(
        seconds === null ? null : t('sending.left', { length: duration(seconds, locale) }),
        t('sending.nothing'),
      )}
    </Callout>
  );
}

function Offline({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { kept } = useRecording();
  const chosen = useChosenHere(interview);
  return (
    <Callout tone="warn" icon="network" role="status" title={t('sending.offline')}>
      {t('sending.offline.body', { answers: Object.keys(kept).length + chosen.size })}
    </Callout>
  );
}

/** From what the server really acknowledged lately; rounded, so that it does not twitch. */
function useSecondsLeft(): number | null {
  const { session, snapshot } = useRecording();
  const rate = session?.bytesPerSecond ?? null;
  const left = snapshot.takes.reduce((sum, take) => sum + take.bytesProduced - take.bytesAcknowledged, 0);
  if (rate === null || rate <= 0) return null;
  const step = left / rate > 60 ? 30 : 10;
  return Math.max(step, Math.ceil(left / rate / step) * step);
}
