import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { useRecording } from './recording-context';
import { waitingRecordings } from './waiting-recordings';

/** On the pages before the questions: what was kept here of an answer, with the direct way to it. */
export function WaitingNote(props: { interview: CandidateInterview; onGo: (number: number) => void }) {
  const { interview, onGo } = props;
  const t = useText();
  const { locale } = useLocale();
  const { snapshot, kept } = useRecording();
  return waitingRecordings(interview, snapshot.takes, kept).map(({ number, recordedMs }) => (
    <Callout
      key={number}
      tone="info"
      icon="saved"
      role="status"
      title={t('waiting.title', { number, length: duration(recordedMs / 1000, locale) })}
      actions={
        <Button compact onPress={() => onGo(number)}>
          {t('waiting.go', { number })}
        </Button>
      }
    />
  ));
}
