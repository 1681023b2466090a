import { useText } from '../messages';
import { clockTime } from '../moments';
import {
  EmptyPicture,
  Monitor,
  Picture,
  PictureChip,
  SelfView,
  StripState,
  StripTime,
} from '../parts/monitor';
import { Player } from '../parts/player';
import { LiveWave, QuietWave } from '../parts/wave';
import { useTicking } from '../question/use-ticking';
import type { CameraState } from '../recording/camera';
import { useRecording } from '../recording/recording-context';
import { testSeconds, type TestClip } from './use-test-clip';

/** The same monitor as on the question screen: nothing about it is new later. */
export function CheckMonitor({ state, clip }: { state: CameraState; clip: TestClip }) {
  const t = useText();
  const { camera } = useRecording();
  const live = state.status === 'live' ? state : null;
  if (clip.state === 'recorded') {
    return (
      <Player
        label={t('check.monitor')}
        blobs={clip.blobs}
        expectedSeconds={testSeconds}
        levels={clip.levels}
        soundOnly={live?.soundOnly ?? false}
        chip={<PictureChip>{t('check.onlyYou')}</PictureChip>}
      />
    );
  }
  const hasSound = live !== null || (state.status === 'failed' && state.stream !== null);
  const recording = clip.state === 'recording';
  return (
    <Monitor
      label={t('check.monitor')}
      recording={recording}
      picture={
        live && !live.soundOnly ? (
          <Picture>
            <SelfView stream={live.stream} />
            <PictureChip>{t('check.onlyYou')}</PictureChip>
          </Picture>
        ) : (
          <EmptyPicture icon={live ? 'microphone' : 'camera'}>
            {live ? t('check.soundOnlyNow') : t('check.pictureHere')}
          </EmptyPicture>
        )
      }
      strip={
        <>
          <StripState recording={recording}>
            {recording ? t('question.recording') : t('check.microphone')}
          </StripState>
          {hasSound ? <LiveWave subscribeLevel={camera.subscribeLevel} /> : <QuietWave />}
          {recording ? <TestClock startedAtMs={clip.startedAtMs} /> : null}
        </>
      }
    />
  );
}

function TestClock({ startedAtMs }: { startedAtMs: number }) {
  const elapsed = useTicking(true, () => Math.floor((performance.now() - startedAtMs) / 1000));
  return (
    <StripTime>
      {clockTime(Math.min(testSeconds, elapsed))} <small>/ {clockTime(testSeconds)}</small>
    </StripTime>
  );
}
