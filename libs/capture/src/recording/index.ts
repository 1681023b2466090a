/** The recorders by themselves, without journal and upload. Loads the muxer at once, unlike the main entry. */
export { systemClock } from '../clock';
export type { LinkReport, RecordingSink, SegmentStart } from '../recording-sink';
export { BaselineRecorder } from './baseline-recorder';
export { openEnhancedSource, runSelfTest } from './enhanced/enhanced';
export type { EnhancedSelfTest } from './enhanced/self-test-result';
export { ladder, rungIndex, type RungName } from './ladder';
export type { RecordingFault } from './recorder';
export { TakeRecording } from './take-recording';
