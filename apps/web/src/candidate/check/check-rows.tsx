import type { CandidateInterview } from '@fairtake/contracts';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Tag } from '../parts/callout';
import type { CameraState } from '../recording/camera';
import { useRecording } from '../recording/recording-context';
import css from './check.module.css';
import { failedDevice, failureWords } from './device-failure-note';
import { useNetworkProbe, useStorageProbe } from './probes';
import { Row, StateTag } from './row';
import { useHeard } from './use-heard';

/** Four rows, each with icon, word and, where needed, its fix. A status region, so changes are announced. */
export function CheckRows({ interview, state }: { interview: CandidateInterview; state: CameraState }) {
  const t = useText();
  return (
    <div role="status">
      <ul className={css.rows} aria-label={t('check.results')}>
        <CameraRow state={state} />
        <MicrophoneRow state={state} />
        <StorageRow interview={interview} />
        <NetworkRow interviewId={interview.interviewId} />
      </ul>
    </div>
  );
}

function CameraRow({ state }: { state: CameraState }) {
  const t = useText();
  const { camera } = useRecording();
  if (state.status === 'failed' && state.camera) {
    return (
      <Row
        icon="camera"
        name={t('check.camera')}
        tag={
          <Tag tone="bad" icon="warning">
            {t('check.needsYou')}
          </Tag>
        }
        fix={
          <Button compact primary icon="again" onPress={() => void camera.open()}>
            {t('problem.retry')}
          </Button>
        }
      >
        {t(failureWords(state.camera), { device: failedDevice(state) })}
      </Row>
    );
  }
  const soundOnly = state.status === 'live' && state.soundOnly;
  return (
    <Row
      icon="camera"
      name={t('check.camera')}
      tag={
        soundOnly ? (
          <Tag tone="plain" icon="check">
            {t('check.notUsed')}
          </Tag>
        ) : (
          <StateTag state={state.status === 'live' ? 'good' : 'measuring'} />
        )
      }
    >
      {soundOnly ? t('check.camera.soundOnly') : t('check.camera.body')}
    </Row>
  );
}

function MicrophoneRow({ state }: { state: CameraState }) {
  const t = useText();
  const { camera } = useRecording();
  const heard = useHeard();
  if (state.status === 'failed' && state.microphone) {
    return (
      <Row
        icon="microphone"
        name={t('check.microphone')}
        tag={
          <Tag tone="bad" icon="warning">
            {t('check.needsYou')}
          </Tag>
        }
        fix={
          <Button compact primary={!state.camera} icon="again" onPress={() => void camera.open()}>
            {t('problem.retry')}
          </Button>
        }
      >
        {t(failureWords(state.microphone), { device: 'microphone' })}
      </Row>
    );
  }
  if (heard === 'silent') {
    return (
      <Row
        icon="microphone"
        name={t('check.microphone')}
        tag={
          <Tag tone="warn" icon="warning">
            {t('check.quiet')}
          </Tag>
        }
      >
        {t('check.microphone.silent')}
      </Row>
    );
  }
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

function StorageRow({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { snapshot } = useRecording();
  const probe = useStorageProbe(interview);
  const low = probe === 'low' || snapshot.memoryOnly;
  return (
    <Row
      icon="storage"
      name={t('check.storage')}
      tag={
        low ? (
          <Tag tone="warn" icon="warning">
            {t('check.low')}
          </Tag>
        ) : (
          <StateTag state={probe === 'enough' ? 'good' : 'measuring'} />
        )
      }
    >
      {low ? t('check.storage.low') : t('check.storage.body')}
    </Row>
  );
}

function NetworkRow({ interviewId }: { interviewId: string }) {
  const t = useText();
  const probe = useNetworkProbe(interviewId);
  if (probe === 'measuring' || probe === 'good') {
    return (
      <Row icon="network" name={t('check.network')} tag={<StateTag state={probe} />}>
        {t('check.network.body')}
      </Row>
    );
  }
  const offline = probe === 'offline';
  return (
    <Row
      icon="network"
      name={t('check.network')}
      tag={
        <Tag tone="warn" icon="clock">
          {offline ? t('check.offline') : t('check.slow')}
        </Tag>
      }
    >
      {offline ? t('health.offline.body') : t('check.network.slow')}
    </Row>
  );
}
