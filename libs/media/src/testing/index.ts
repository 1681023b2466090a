export { makeClip, type ClipOptions } from './make-clip';
export { recordedPieces } from './recorded-pieces';
