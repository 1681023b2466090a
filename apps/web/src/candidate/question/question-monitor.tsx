import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useState } from 'react';
import { useText } from '../messages';
import { EmptyPicture, Monitor, Picture, PictureChip, PictureSwitch, SelfView, Veil } from '../parts/monitor';
import { Player } from '../parts/player';
import { LiveWave } from '../parts/wave';
import { useCamera, useRecording } from '../recording/recording-context';
import { Countdown } from './countdown';
import type { QuestionPhase } from './phase';
import { GraceBanner, ReadyStrip, RecordStrip, ThinkStrip } from './strips';
import { levelsOf } from './answering';
import type { QuestionActions } from './use-question';

/** One monitor in every phase: only what is in its picture and strip changes. */
export function QuestionMonitor(props: {
  number: number;
  question: CandidateQuestion;
  answer: CandidateAnswer | undefined;
  phase: QuestionPhase;
  actions: QuestionActions;
}) {
  const { number, question, answer, phase, actions } = props;
  const t = useText();
  const { camera } = useRecording();
  const soundOnly = question.kind === 'audio';

  // Permission given earlier need not be asked for: the picture is there when the question is.
  const screen = question.kind === 'screen';
  useEffect(() => {
    if (!screen) {
      camera.need(!soundOnly);
      void camera.openUnasked();
      return;
    }
    // What is open is the camera of another question; and nothing goes on being shared after this one.
    camera.close();
    return () => camera.close();
  }, [camera, soundOnly, screen]);

  if (phase.name === 'review') {
    const { take, blobs } = phase;
    return (
      <Player
        label={t('question.yourRecording')}
        blobs={blobs}
        expectedSeconds={take.getSnapshot().recordedMs / 1000}
        levels={levelsOf(take)}
        soundOnly={soundOnly || blobs.every((blob) => blob.type.startsWith('audio/'))}
        chip={<PictureChip>{t('question.yourRecording')}</PictureChip>}
      />
    );
  }
  const recording = phase.name === 'record';
  return (
    <Monitor
      label={t('question.monitor', { number })}
      recording={recording}
      picture={<LivePicture phase={phase} question={question} actions={actions} />}
      strip={
        recording ? (
          <RecordStrip take={phase.take} question={question} />
        ) : phase.name === 'countdown' || phase.name === 'stopping' ? (
          <ReadyStrip />
        ) : (
          <ThinkStrip question={question} answer={answer} />
        )
      }
    />
  );
}

/** Kept while the page lives: who hides the picture once means it for the next question too. */
let pictureHidden = false;

function LivePicture(props: { phase: QuestionPhase; question: CandidateQuestion; actions: QuestionActions }) {
  const { phase, question, actions } = props;
  const t = useText();
  const { camera } = useRecording();
  const state = useCamera();
  const screen = question.kind === 'screen';
  const [hidden, setHidden] = useState(pictureHidden && !screen);
  const toggle = () => {
    pictureHidden = !hidden;
    setHidden(!hidden);
  };
  if (state.status !== 'live') {
    return (
      <EmptyPicture icon={question.kind === 'audio' ? 'microphone' : screen ? 'eye' : 'camera'}>
        {state.status === 'opening'
          ? t(screen ? 'screen.opening' : 'question.cameraOpening')
          : t(screen ? 'screen.empty' : 'question.cameraOff')}
      </EmptyPicture>
    );
  }
  return (
    <Picture>
      {state.soundOnly ? null : <SelfView stream={state.stream} mirrored={!screen} />}
      {hidden || state.soundOnly ? (
        <Veil>
          <LiveWave subscribeLevel={camera.subscribeLevel} />
        </Veil>
      ) : null}
      {phase.name === 'think' || phase.name === 'found' || phase.name === 'received' ? (
        <PictureChip>{t('question.notRecording')}</PictureChip>
      ) : null}
      {!state.soundOnly && !screen && (phase.name === 'think' || phase.name === 'record') ? (
        <PictureSwitch icon={hidden ? 'eye' : 'eyeOff'} onPress={toggle}>
          {hidden ? t('question.showPicture') : t('question.hidePicture')}
        </PictureSwitch>
      ) : null}
      {phase.name === 'countdown' ? <Countdown onDone={actions.begin} onCancel={actions.cancel} /> : null}
      {phase.name === 'record' ? <GraceBanner take={phase.take} question={question} /> : null}
    </Picture>
  );
}
