export { CaptureError, type CaptureErrorCode } from './errors';
export {
  CaptureSession,
  openCapture,
  type CaptureOptions,
  type CaptureSnapshot,
  type StartTake,
} from './session/capture-session';
export { Take, type TakePhase, type TakeSnapshot } from './session/take';
export type { UnfinishedTake } from './session/resume';
export type { Ownership } from './session/ownership';
export type { Notes } from './session/notes';
export type { CaptureEnvironment } from './environment';
export type { Clock } from './clock';
export type {
  MakeRecorder,
  Recorder,
  RecorderListener,
  RecorderState,
  RecordingFault,
} from './recording/recorder';
export type {
  LinkReport,
  LinkReports,
  MakeTakeRecording,
  RecordingSink,
  SegmentStart,
  TakeRecorder,
  TakeRecordingRequest,
} from './recording-sink';
export { singleSegment } from './recording/segment-recording';
export { recordableTypes } from './recording/mime-types';
export {
  listDevices,
  openDevices,
  type DeviceChoice,
  type DeviceFailure,
  type DeviceOutcome,
  type DeviceRequest,
} from './devices/device-check';
export { createLevelMeter, type LevelMeter, type LevelReading } from './devices/level-meter';
export { keepAwake } from './wake-lock';
