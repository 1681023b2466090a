import type { CandidateInterview, InterviewDevices } from '@fairtake/contracts';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText, type MessageId } from '../messages';
import { time } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { useRecording } from '../recording/recording-context';
import { isPhone, useDeviceName } from './device-words';
import { useDevices } from './devices-context';
import css from './hand-off.module.css';

/** Another device records: this one shows the question large, what the other does, and a way back. */
export function CueCard({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { view, heldBefore, takeOver } = useDevices();
  const name = useDeviceName();
  const holder = view?.holder ?? null;
  const device = name(holder?.device ?? null);
  const index = interview.questions.findIndex(({ questionId }) => questionId === holder?.questionId);
  const question = interview.questions[index];
  const answered = interview.answers.filter((answer) => answer.kept).length;
  const where = question
    ? t('question.of', { number: index + 1, count: interview.questionCount })
    : t('cue.tab', { device });
  return (
    <>
      <p className={ui.where}>
        <span>{where}</span>
      </p>
      {question ? (
        <QuestionTitle text={question.text} tab={where} organisation={interview.organisation} />
      ) : (
        <PageTitle tab={where} organisation={interview.organisation} className={css.question}>
          {t('cue.goOn', { device })}
        </PageTitle>
      )}
      <HolderState device={device} />
      <p className={css.progress}>{t('cue.progress', { answered, count: interview.questionCount })}</p>
      <StoppedHere interview={interview} device={device} />
      <div className={ui.bar}>
        <Button onPress={takeOver}>{t(heldBefore ? 'cue.takeBack' : 'tab.takeOver')}</Button>
      </div>
      <p className={classNames(ui.small, ui.muted, ui.gap)}>{t('cue.takeBack.body', { device })}</p>
    </>
  );
}

function QuestionTitle(props: { text: Record<string, string>; tab: string; organisation: string }) {
  const { locale } = useLocale();
  const text = localized(props.text, locale);
  return (
    <PageTitle
      tab={props.tab}
      organisation={props.organisation}
      className={css.question}
      lang={text.lang}
      // Read out again when the phone goes on to another question.
      announce={text.text}
    >
      {text.text}
    </PageTitle>
  );
}

type Phase = 'ready' | 'reading' | 'recording';
const deviceWords: Record<Phase, MessageId> = {
  ready: 'cue.ready',
  reading: 'cue.reading',
  recording: 'cue.recording',
};
const phoneWords: Record<Phase, MessageId> = {
  ready: 'cue.ready.phone',
  reading: 'cue.reading.phone',
  recording: 'cue.recording.phone',
};

function phaseOf(holder: InterviewDevices['holder']): Phase {
  if (holder?.recording) return 'recording';
  return holder === null || holder.questionId === null ? 'ready' : 'reading';
}

/** What the other device does now, as far as the server has heard. */
function HolderState({ device }: { device: string }) {
  const t = useText();
  const { locale } = useLocale();
  const { view, unreachable } = useDevices();
  const holder = view?.holder ?? null;
  if (unreachable) {
    return (
      <Callout tone="warn" icon="network" role="status" title={t('cue.offline')}>
        {t('cue.offline.body', { device })}
      </Callout>
    );
  }
  if (holder && !holder.live) {
    return (
      <Callout
        tone="warn"
        icon="network"
        role="status"
        title={t('cue.silent', { device, time: time(holder.seenAt, locale) })}
      >
        {t('cue.silent.body')}
      </Callout>
    );
  }
  const phase = phaseOf(holder);
  const words = isPhone(holder?.device ?? null) ? t(phoneWords[phase]) : t(deviceWords[phase], { device });
  return (
    <p className={classNames(css.state, phase === 'recording' && css.recording)} role="status">
      <span className={css.dot} aria-hidden="true" />
      <span>{words}</span>
    </p>
  );
}

/** What was being recorded on this device when the other one went on. */
function StoppedHere({ interview, device }: { interview: CandidateInterview; device: string }) {
  const t = useText();
  const { stopped } = useDevices();
  const { snapshot } = useRecording();
  return interview.questions.map(({ questionId }, index) => {
    const take = snapshot.takes.findLast((each) => each.questionId === questionId);
    if (!stopped.has(questionId) || !take || take.phase === 'returned') return null;
    const received = take.saved === 'received';
    return (
      <Callout
        key={questionId}
        tone={received ? 'good' : 'info'}
        icon={received ? 'check' : 'saved'}
        role="status"
        title={t(received ? 'cue.stopped.received' : 'cue.stopped', { number: index + 1 })}
      >
        {t(received ? 'cue.stopped.received.body' : 'cue.stopped.body', { device })}
      </Callout>
    );
  });
}
