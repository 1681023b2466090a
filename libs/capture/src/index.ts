export { CaptureError, type CaptureErrorCode } from './errors';
export {
  CaptureSession,
  openCapture,
  type CaptureOptions,
  type CaptureSnapshot,
  type StartTake,
} from './session/capture-session';
export { Take } from './session/take';
export type { TakePhase, TakeSnapshot } from './session/take-snapshot';
export type { UnfinishedTake } from './session/resume';
export type { Ownership } from './session/ownership';
export type { Notes } from './session/notes';
export { forgetInterviews } from './journal/forget-interviews';
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
export type { RecordingChoices } from './recording/adaptive-recording';
export type { RungName } from './recording/ladder';
export { selfTestEnhanced } from './recording/enhanced-loader';
export type {
  EnhancedSelfTest,
  EnhancedSelfTestFailure,
  EnhancedSelfTestOptions,
} from './recording/enhanced/self-test-result';
export { recordableTypes } from './recording/mime-types';
export {
  listDevices,
  openDevices,
  type DeviceChoice,
  type DeviceFailure,
  type DeviceOutcome,
  type DeviceRequest,
} from './devices/device-check';
export { adviseOnLink, type LinkAdvice } from './devices/starting-rung';
export { clockMinutesAhead } from './devices/clock-skew';
export {
  canShareScreen,
  isSharedScreen,
  openSharedScreen,
  type ScreenOutcome,
} from './devices/shared-screen';
export { playChime } from './devices/chime';
export { probeLink, removeProbe, type LinkProbeOptions, type LinkProbeOutcome } from './devices/link-probe';
export { probeStorage, neededBytes, type StorageVerdict } from './devices/storage-probe';
export { type MemoryClip, type MemoryRecording } from './devices/memory-recording';
export { SoundJudge, type HeardSoFar } from './devices/sound-judge';
export { watchPicture } from './devices/picture-watch';
export type { PictureVerdict } from './devices/picture-judge';
export { createLevelMeter, type LevelMeter, type LevelReading } from './devices/level-meter';
export { keepAwake } from './wake-lock';
