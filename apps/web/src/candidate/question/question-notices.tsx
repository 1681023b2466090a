import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { duration, time } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { DeviceFailureNote } from '../check/device-failure-note';
import { OwnTake } from '../my-data/own-take';
import { useCamera, useRecording } from '../recording/recording-context';
import { useSentences } from '../sentences';
import { TroubleNote } from '../trouble/trouble-note';
import { MissingSeconds, missingOf } from '../my-data/missing-seconds';
import type { FoundWhy, Notice, QuestionPhase } from './phase';
import type { QuestionActions } from './use-question';

const returnedBody = {
  device: 'returned.device',
  hidden: 'returned.hidden',
  stalled: 'returned.stalled',
  short: 'returned.short',
} as const satisfies Record<string, MessageId>;

const cutWords = {
  page: 'found.body',
  left: 'found.left',
  device: 'returned.device',
  hidden: 'returned.hidden',
  asleep: 'found.asleep',
  stalled: 'returned.stalled',
  lost: 'found.lost',
} as const satisfies Record<FoundWhy, MessageId>;

/** What happened to the recording, above the picture. */
export function QuestionNotices(props: {
  interviewId: string;
  phase: QuestionPhase;
  question: CandidateQuestion;
  answer?: CandidateAnswer | undefined;
  takesLeft: number;
  actions: QuestionActions;
}) {
  const { interviewId, phase, question, answer, takesLeft, actions } = props;
  const { camera } = useRecording();
  const state = useCamera();
  return (
    <>
      {phase.name === 'think' && phase.notice ? (
        <NoticeNote notice={phase.notice} takesLeft={takesLeft} />
      ) : null}
      {phase.name === 'found' && phase.notice ? (
        <NoticeNote notice={phase.notice} takesLeft={takesLeft} />
      ) : null}
      {phase.name === 'found' ? <FoundNote phase={phase} question={question} actions={actions} /> : null}
      {phase.name === 'received' ? (
        <ReceivedNote
          interviewId={interviewId}
          takeId={phase.takeId}
          startedAt={phase.startedAt}
          missingSeconds={missingOf(answer?.takes, phase.takeId)}
        />
      ) : null}
      {state.status === 'failed' ? (
        <DeviceFailureNote
          failure={state}
          onRetry={() => void camera.open()}
          onSoundOnly={() => void camera.open({ camera: false })}
        />
      ) : null}
    </>
  );
}

function NoticeNote({ notice, takesLeft }: { notice: Notice; takesLeft: number }) {
  const t = useText();
  const sentences = useSentences();
  if (notice.kind === 'problem') return <TroubleNote trouble={notice.trouble} />;
  if (notice.kind === 'not_shared') {
    return <Callout tone="info" icon="again" role="alert" title={t('screen.refused')} />;
  }
  if (notice.kind === 'offline' || notice.kind === 'foreign_segments') {
    return (
      <Callout tone="warn" icon="warning" role="alert" title={t('found.notNow')}>
        {t(notice.kind === 'offline' ? 'found.offline' : 'found.elsewhere')}
      </Callout>
    );
  }
  if (notice.kind === 'not_started') {
    return (
      <Callout tone="warn" icon="warning" role="alert" title={t('returned.notStarted')}>
        {t('returned.notStarted.body')}
      </Callout>
    );
  }
  return (
    <Callout tone="info" icon="again" role="alert" title={t('returned.title')}>
      {sentences(
        t(returnedBody[notice.cause]),
        Number.isFinite(takesLeft) ? t('returned.left', { takesLeft }) : null,
      )}
    </Callout>
  );
}

function FoundNote(props: {
  phase: Extract<QuestionPhase, { name: 'found' }>;
  question: CandidateQuestion;
  actions: QuestionActions;
}) {
  const { phase, question, actions } = props;
  const t = useText();
  const { locale } = useLocale();
  const { recordedMs, startedAt } = phase.take.getSnapshot();
  // Where bytes are gone a sequel would hide the hole.
  const hasTime = recordedMs < question.answerSeconds * 1000 && phase.why !== 'lost';
  const hasEnough = recordedMs >= 2000;
  return (
    <Callout
      tone="info"
      icon="saved"
      role="status"
      title={t('found.title', { length: duration(recordedMs / 1000, locale) })}
      actions={
        <>
          {hasTime ? (
            <Button compact primary onPress={actions.goOn}>
              {t('found.goOn')}
            </Button>
          ) : null}
          {hasEnough ? (
            <Button compact onPress={actions.keepFound}>
              {t('found.keep')}
            </Button>
          ) : null}
          <Button compact onPress={actions.giveBackFound}>
            {t('found.again')}
          </Button>
        </>
      }
    >
      {t(cutWords[phase.why], { time: time(startedAt, locale) })}
    </Callout>
  );
}

function ReceivedNote(props: {
  interviewId: string;
  takeId: string;
  startedAt: string;
  missingSeconds: number | null;
}) {
  const { interviewId, takeId, startedAt, missingSeconds } = props;
  const t = useText();
  const { locale } = useLocale();
  return (
    <Callout tone="info" icon="check" role="status" title={t('found.received')}>
      {t('found.received.body', { time: time(startedAt, locale) })}
      <MissingSeconds seconds={missingSeconds} />
      <OwnTake interviewId={interviewId} takeId={takeId} label={t('found.received')} />
    </Callout>
  );
}
