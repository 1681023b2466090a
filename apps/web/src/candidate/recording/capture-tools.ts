import { openCapture, type CaptureSession, type RecordingChoices } from '@fairtake/capture';
import type { CaptureSettings } from '@fairtake/contracts';
import { startRung } from '../check/start-rung';

/** What the pages of the first load need of the capture library, as one piece that is fetched later. */
export {
  createLevelMeter,
  forgetInterviews,
  openDevices,
  openSharedScreen,
  selfTestEnhanced,
} from '@fairtake/capture';

/** Journal and uploads run in a worker of their own, so that a busy page or a background tab delays nothing. */
const makeWorker = (): Worker =>
  new Worker(new URL('./capture.worker.ts', import.meta.url), { type: 'module', name: 'fairtake-capture' });

export const openInterview = (interviewId: string, settings: CaptureSettings): Promise<CaptureSession> =>
  openCapture({
    interviewId,
    makeWorker,
    recording: () => ({ ...settings, ...recordingChoices(interviewId) }),
  });

/** Asked at the start of every take: what the device check advised until then. */
function recordingChoices(interviewId: string): RecordingChoices {
  const advised = startRung(interviewId);
  return advised ? { startRung: advised } : {};
}
