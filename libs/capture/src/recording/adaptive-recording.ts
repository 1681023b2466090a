import type { Clock } from '../clock';
import type { MakeTakeRecording } from '../recording-sink';
import { isSharedScreen } from '../devices/shared-screen';
import { BaselineRecorder } from './baseline-recorder';
import { fitCamera } from './camera-size';
import { distrustEnhanced, provenEnhanced } from './enhanced-loader';
import { ladder, type Rung, type RungName } from './ladder';
import type { Recorder } from './recorder';
import { TakeRecording } from './take-recording';

/** What the page decides about its recordings; asked again at the start of every take. */
export interface RecordingChoices {
  /** Where the first answer begins, as the device check advised; later ones begin where the last one ended. Default 720p30. */
  startRung?: RungName;
  /** The organisation's least: never below it. Default `audio`. */
  floor?: RungName;
  /** False leaves recording to the browser's own recorder, whatever a self-test says. Default true. */
  enhancedRecorder?: boolean;
}

export interface AdaptiveRecordingOptions {
  clock: Clock;
  choices: () => RecordingChoices;
  /** The browser's, or a fake. */
  MediaRecorder: typeof MediaRecorder | undefined;
}

function makeBaseline(stream: MediaStream, rung: Rung, options: AdaptiveRecordingOptions): Recorder {
  const { clock, MediaRecorder: Native } = options;
  const { videoBitsPerSecond, audioBitsPerSecond, shortSide } = rung;
  // MediaRecorder has no way to leave a track out but a stream without it.
  const recorded = shortSide === null ? new MediaStream(stream.getAudioTracks()) : stream;
  return new BaselineRecorder(recorded, {
    clock,
    videoBitsPerSecond,
    audioBitsPerSecond,
    MediaRecorder: Native,
  });
}

/** Recordings that choose their recorder and their quality by themselves. */
export function adaptiveRecording(options: AdaptiveRecordingOptions): MakeTakeRecording {
  let lastRung: RungName | null = null;
  return (request) => {
    // A screen that stands still gives no new pictures for minutes, which our own encoder takes for a fault; and made
    // smaller, its words cannot be read. The browser's recorder goes on with both.
    const screen = isSharedScreen(request.stream);
    const { startRung = ladder[0]!.name, floor = 'audio', enhancedRecorder = true } = options.choices();
    return new TakeRecording(request, {
      baseline: (stream, rung) => makeBaseline(stream, rung, options),
      openEnhanced: enhancedRecorder && !screen ? provenEnhanced() : null,
      startRung: lastRung ?? startRung,
      floor,
      fitCamera: screen ? async () => undefined : (stream, rung) => fitCamera(stream, rung, options.clock),
      onEnhancedFailed: distrustEnhanced,
      onEnd: (rung) => {
        // From an answer without a camera's picture nothing is learned about pictures.
        if (!request.rehearsal && !screen && request.stream.getVideoTracks().length > 0) lastRung = rung;
      },
    });
  };
}
