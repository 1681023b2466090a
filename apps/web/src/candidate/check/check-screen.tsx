import type { CandidateInterview } from '@fairtake/contracts';
import { useEffect, useState, type ReactNode } from 'react';
import type { MessageId } from '../messages';
import { UsePhoneLink } from '../hand-off/use-phone-link';
import { useText } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import type { CameraState } from '../recording/camera';
import { useCamera, useRecording } from '../recording/recording-context';
import { BeforeAsking } from './before-asking';
import { withoutWords, type WithoutDevices } from './without-devices';
import { CheckMonitor } from './check-monitor';
import css from './check.module.css';
import { DevicePickers } from './device-pickers';
import { CameraRow, MicrophoneRow } from './device-rows';
import { Fixer } from './fixer';
import { NetworkRow, StorageRow } from './journey-rows';
import { SpeakerCheck } from './speaker-check';
import { rememberStartRung } from './start-rung';
import { useHeard } from './use-heard';
import { useLink } from './use-link';
import { usePicture } from './use-picture';
import { longestAnswerSeconds, useStorage } from './use-storage';
import { useTestClip, type TestClip } from './use-test-clip';

/** The green room: a page before the browser asks, then picture, sound, and a test nobody else sees. */
export function CheckScreen(props: {
  interview: CandidateInterview;
  onDone: () => void;
  /** To practice, which is no part of the interview. */
  onPractise: () => void;
  /** What needs neither camera nor microphone; null when nothing is left of it. */
  withoutDevices: WithoutDevices | null;
  onOtherWays: () => void;
  /** What was recorded here before, and waits. */
  waiting: ReactNode;
  onAdjustments: () => void;
}) {
  const { interview, onDone, onPractise, withoutDevices, waiting, onOtherWays, onAdjustments } = props;
  const { interviewId, organisation, questions, capture } = interview;
  const t = useText();
  const { camera, session } = useRecording();
  const state = useCamera();
  const live = state.status === 'live' ? state : null;
  const { clip, record, clear } = useTestClip(session, camera.subscribeLevel, capture.enhancedRecorder);
  const { link, measure } = useLink(interviewId, longestAnswerSeconds(questions));
  const picture = usePicture(live && !live.soundOnly ? live.stream : null);
  const heard = useHeard(state.status === 'live' || state.status === 'failed' ? state.stream : null);
  const storage = useStorage(interview);
  const [heardSelf, setHeardSelf] = useState<'yes' | 'no' | null>(null);

  const needsPicture = questions.some(({ kind }) => kind === 'video');
  useEffect(() => {
    camera.need(needsPicture);
    void camera.openUnasked();
  }, [camera, needsPicture]);
  useEffect(() => {
    if (clip.state === 'recorded') measure(clip.blobs);
  }, [clip, measure]);
  useEffect(() => {
    if (link.name === 'measured') rememberStartRung(interviewId, link.advice.startRung);
  }, [link, interviewId]);

  if (state.status === 'off') {
    return (
      <BeforeAsking
        organisation={organisation}
        onAllow={() => void camera.open()}
        withoutDevices={withoutDevices}
        waiting={waiting}
        onAdjustments={onAdjustments}
      />
    );
  }
  const again = () => {
    setHeardSelf(null);
    if (live) record(live.stream);
  };
  const soundOnly = () => {
    clear();
    void camera.open({ camera: false });
  };
  const running = clip.state === 'recording' || clip.state === 'starting';
  const tried = clip.state === 'recorded' || clip.state === 'failed';
  return (
    <>
      <PageTitle tab={t('check.title')} organisation={organisation}>
        {t('check.title')}
      </PageTitle>
      <p className={ui.lead}>{t(leadWords(state, clip))}</p>
      {waiting}
      <CheckMonitor state={state} clip={clip} />
      {live && !tried ? (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button primary busy={running} onPress={again}>
            {running ? t('check.recording') : t('check.record')}
          </Button>
        </div>
      ) : null}
      {live && !tried ? <p className={css.hint}>{t('check.clip')}</p> : null}
      {live && clip.state === 'none' ? <SpeakerCheck /> : null}
      {clip.state === 'recorded' && heardSelf === null ? (
        <fieldset className={css.ask} ref={focusIt} tabIndex={-1}>
          <legend>{t('check.couldHear')}</legend>
          <div className={classNames(ui.pair, css.pair)}>
            <Button onPress={() => setHeardSelf('yes')}>{t('check.yes')}</Button>
            <Button onPress={() => setHeardSelf('no')}>{t('check.no')}</Button>
          </div>
        </fieldset>
      ) : null}
      {heardSelf === 'no' ? <Fixer /> : null}
      {live ? <DevicePickers stream={live.stream} soundOnly={live.soundOnly} /> : null}
      {/* Only the row that changed is read, while the person is asked to speak. */}
      <div role="status" aria-atomic="false">
        <ul className={css.rows} aria-label={t('check.results')}>
          <CameraRow state={state} picture={picture} />
          <MicrophoneRow state={state} heard={heard} />
          <StorageRow storage={storage} />
          <NetworkRow link={link} onAgain={clip.state === 'recorded' ? () => measure(clip.blobs) : null} />
        </ul>
      </div>
      {live && tried ? (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button primary={heardSelf !== 'no'} onPress={onDone}>
            {t('check.continue')}
          </Button>
          <Button primary={heardSelf === 'no'} onPress={again}>
            {t('check.again')}
          </Button>
        </div>
      ) : null}
      {state.status === 'failed' ? (
        <FailedBar
          state={state}
          withoutDevices={withoutDevices}
          onSoundOnly={soundOnly}
          onOtherWays={onOtherWays}
        />
      ) : null}
      <nav className={classNames(ui.links, ui.gap)} aria-label={t('welcome.ways')}>
        {live ? <LinkButton onPress={onPractise}>{t('check.practise')}</LinkButton> : null}
        {live && clip.state === 'none' ? <LinkButton onPress={onDone}>{t('check.skip')}</LinkButton> : null}
        <UsePhoneLink />
        {withoutDevices && !(state.status === 'failed' && state.microphone) ? (
          <LinkButton onPress={withoutDevices.go}>{t(withoutWords(withoutDevices))}</LinkButton>
        ) : null}
        <LinkButton onPress={onAdjustments}>{t('welcome.adjustment')}</LinkButton>
        <LinkButton onPress={onOtherWays}>{t('welcome.rather')}</LinkButton>
      </nav>
    </>
  );
}

/** Without a camera the voice alone will do; without a microphone another way to answer has to be found. */
function FailedBar(props: {
  state: Extract<CameraState, { status: 'failed' }>;
  withoutDevices: WithoutDevices | null;
  onSoundOnly: () => void;
  onOtherWays: () => void;
}) {
  const { state, withoutDevices, onSoundOnly, onOtherWays } = props;
  const t = useText();
  return (
    <div className={classNames(ui.bar, ui.docked)}>
      {state.microphone ? (
        <>
          {withoutDevices ? (
            <Button onPress={withoutDevices.go}>{t(withoutWords(withoutDevices))}</Button>
          ) : null}
          <Button onPress={onOtherWays}>{t('check.otherWays')}</Button>
        </>
      ) : (
        <Button onPress={onSoundOnly}>{t('check.soundOnly')}</Button>
      )}
    </div>
  );
}

/** The button that had the focus is gone: the question takes it. */
function focusIt(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}

function leadWords(state: CameraState, clip: TestClip): MessageId {
  if (state.status === 'opening') return 'check.lead.asking';
  if (state.status === 'failed') return state.microphone ? 'check.lead.noSound' : 'check.lead.failed';
  if (clip.state === 'failed') return 'check.lead.notRecorded';
  return clip.state === 'recorded' ? 'check.lead.play' : 'check.lead.say';
}
