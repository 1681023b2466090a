import type { DeviceFailure, HeardSoFar, PictureVerdict } from '@fairtake/capture';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Tag } from '../parts/callout';
import type { CameraState } from '../recording/camera';
import { useRecording } from '../recording/recording-context';
import { failedDevice, failureTag, useFailureWords } from './failure-words';
import { Row, StateTag, type RowAdvice } from './row';

const pictureAdvice: Record<Exclude<PictureVerdict, 'good'>, { tag: MessageId; body: MessageId }> = {
  dark: { tag: 'check.dark', body: 'check.camera.dark' },
  choppy: { tag: 'check.choppy', body: 'check.camera.choppy' },
  black: { tag: 'check.black', body: 'check.camera.black' },
  frozen: { tag: 'check.frozen', body: 'check.camera.frozen' },
};

const soundAdvice: Partial<Record<HeardSoFar, { tag: MessageId; body: MessageId }>> = {
  silent: { tag: 'check.quiet', body: 'check.microphone.silent' },
  too_loud: { tag: 'check.tooLoud', body: 'check.microphone.tooLoud' },
};

export function CameraRow({ state, picture }: { state: CameraState; picture: PictureVerdict | null }) {
  const t = useText();
  const { camera } = useRecording();
  if (state.status === 'failed' && state.camera) {
    return <FailedRow icon="camera" failure={state.camera} state={state} primary />;
  }
  if (state.status === 'live' && state.soundOnly) {
    const tag = (
      <Tag tone="plain" icon="check">
        {t('check.notUsed')}
      </Tag>
    );
    return (
      <Row icon="camera" name={t('check.camera')} tag={tag}>
        {t('check.camera.soundOnly')}
      </Row>
    );
  }
  if (picture && picture !== 'good') {
    const { tag, body } = pictureAdvice[picture];
    const stuck = picture === 'black' || picture === 'frozen';
    return (
      <AdviceRow
        icon="camera"
        tag={tag}
        body={body}
        fix={
          stuck ? (
            <Button compact icon="again" onPress={() => void camera.open()}>
              {t('problem.retry')}
            </Button>
          ) : null
        }
      />
    );
  }
  // Opened apart when the microphone failed: it works, and was closed again.
  const works = picture !== null || state.status === 'failed';
  return (
    <Row icon="camera" name={t('check.camera')} tag={<StateTag state={works ? 'good' : 'measuring'} />}>
      {picture ? t('check.camera.good') : t('check.camera.body')}
    </Row>
  );
}

export function MicrophoneRow({ state, heard }: { state: CameraState; heard: HeardSoFar }) {
  const t = useText();
  if (state.status === 'failed' && state.microphone) {
    return <FailedRow icon="microphone" failure={state.microphone} state={state} primary={!state.camera} />;
  }
  const advice = soundAdvice[heard];
  if (advice) return <AdviceRow icon="microphone" {...advice} />;
  return (
    <Row
      icon="microphone"
      name={t('check.microphone')}
      tag={<StateTag state={heard === 'speech' ? 'good' : 'measuring'} />}
    >
      {heard === 'speech' ? t('check.microphone.heard') : t('check.microphone.speak')}
    </Row>
  );
}

function AdviceRow({ icon, tag, body, fix }: { icon: 'camera' | 'microphone' } & RowAdvice) {
  const t = useText();
  return (
    <Row
      icon={icon}
      name={t(icon === 'camera' ? 'check.camera' : 'check.microphone')}
      tag={
        <Tag tone="warn" icon="warning">
          {t(tag)}
        </Tag>
      }
      fix={fix}
    >
      {t(body)}
    </Row>
  );
}

/** A device that could not be opened: both failing for one reason are told once, with the camera. */
function FailedRow(props: {
  icon: 'camera' | 'microphone';
  failure: DeviceFailure;
  state: Extract<CameraState, { status: 'failed' }>;
  primary: boolean;
}) {
  const { icon, failure, state, primary } = props;
  const t = useText();
  const { camera } = useRecording();
  const words = useFailureWords();
  const sameForBoth = state.camera === state.microphone;
  const toldAbove = sameForBoth && icon === 'microphone';
  return (
    <Row
      icon={icon}
      name={t(icon === 'camera' ? 'check.camera' : 'check.microphone')}
      tag={
        <Tag tone="bad" icon="warning">
          {t(failureTag(failure))}
        </Tag>
      }
      fix={
        toldAbove ? null : (
          <Button compact primary={primary} icon="again" onPress={() => void camera.open()}>
            {t('problem.retry')}
          </Button>
        )
      }
    >
      {toldAbove ? t('check.microphone.asCamera') : words(failure, sameForBoth ? failedDevice(state) : icon)}
    </Row>
  );
}
