import type { Clock } from '../clock';
import type { MakeTakeRecording } from '../recording-sink';
import { BaselineRecorder } from './baseline-recorder';
import { fitCamera } from './camera-size';
import { provenEnhanced } from './enhanced-loader';
import { type Rung, type RungName } from './ladder';
import type { Recorder } from './recorder';
import { TakeRecording } from './take-recording';

export interface AdaptiveRecordingOptions {
  clock: Clock;
  /** Where the first answer begins, as the device check advised; later ones begin where the last one ended. */
  startRung: RungName;
  /** The organisation's least: never below it. */
  floor: RungName;
  /** False leaves the browser's own recorder alone, whatever a self-test says. */
  enhancedRecorder: boolean;
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
  let startRung = options.startRung;
  return (request) =>
    new TakeRecording(request, {
      baseline: (stream, rung) => makeBaseline(stream, rung, options),
      openEnhanced: options.enhancedRecorder ? provenEnhanced() : null,
      startRung,
      floor: options.floor,
      fitCamera: (stream, rung) => fitCamera(stream, rung, options.clock),
      onEnd: (rung) => {
        // From an answer without a picture nothing is learned about pictures.
        if (request.stream.getVideoTracks().length > 0) startRung = rung;
      },
    });
}
