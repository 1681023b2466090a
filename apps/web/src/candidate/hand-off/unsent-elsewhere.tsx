import type { CandidateInterview } from '@fairtake/contracts';
import { useText } from '../messages';
import { Callout } from '../parts/callout';
import { useRecording } from '../recording/recording-context';
import { useDeviceName } from './device-words';
import { useDevices } from './devices-context';

/** Names the device that still has an answer nobody can see here. */
export function UnsentElsewhere({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const name = useDeviceName();
  const { view } = useDevices();
  const { snapshot } = useRecording();
  // A browser that was killed loses its cookie before its journal, and then looks like another device to the server.
  const isHere = (id: string): boolean => snapshot.takes.some((take) => take.questionId === id);
  return (view?.unsent ?? []).map(({ questionId, device, arriving }, order) => {
    const number = interview.questions.findIndex((question) => question.questionId === questionId) + 1;
    if (number === 0 || isHere(questionId)) return null;
    const values = { number, device: name(device) };
    return (
      <Callout
        key={`${questionId} ${order}`}
        tone={arriving ? 'info' : 'warn'}
        icon={arriving ? 'up' : 'saved'}
        role="status"
        title={t(arriving ? 'unsent.arriving' : 'unsent', values)}
      >
        {t(arriving ? 'unsent.arriving.body' : 'unsent.body', values)}
      </Callout>
    );
  });
}
