export { makeClip, type ClipOptions } from './make-clip';
export { recordedPieces } from './recorded-pieces';
export {
  box,
  halves,
  syntheticFragment,
  syntheticInit,
  words,
  type SyntheticRun,
  type SyntheticTrack,
} from './synthetic-mp4';
