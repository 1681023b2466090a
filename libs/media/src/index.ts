export type { Mp4Problem } from './mp4/boxes';
export type { Mp4Fragment, Mp4Init } from './mp4/fragment-list';
export { indexChunk, type Mp4Index } from './mp4/index-chunk';
export { indexFile } from './mp4/index-file';
export { codecsOf, playsUnchanged, playTogether, referenceTrack, type Mp4Track } from './mp4/tracks';
export { masterPlaylist, type PlaylistVariant } from './playlist/master-playlist';
export {
  mediaPlaylist,
  type ByteRange,
  type PlaylistFragment,
  type PlaylistSegment,
} from './playlist/media-playlist';
export { playlistFragments, type PlacedFragment } from './playlist/timeline';
export { checkFfmpeg, minimumFfmpegVersion, type FfmpegCheck } from './ffmpeg/check-ffmpeg';
export { sniffBytes, sniffContainer, type Container } from './ffmpeg/container';
export {
  InfrastructureError,
  MediaCrashed,
  MediaError,
  MediaRejected,
  MediaTimeout,
  type RejectionReason,
} from './ffmpeg/errors';
export { decode, type DecodeReport } from './ffmpeg/decode';
export { jobDirectoryPrefix, withJobDirectory } from './ffmpeg/job-directory';
export { joinParts, type JoinOptions, type JoinPart } from './ffmpeg/join';
export { poster, type Poster, type PosterOptions } from './ffmpeg/poster';
export { probe, type MediaInput, type MediaSummary, type ProbeOptions } from './ffmpeg/probe';
export { remux, type RemuxOptions } from './ffmpeg/remux';
export { type MediaWork } from './ffmpeg/run-ffmpeg';
export { locateFfmpeg, type Containment, type FfmpegOptions, type FfmpegTools } from './ffmpeg/tools';
export {
  transcode,
  type Rendition,
  type RenditionOptions,
  type Transcoded,
  type TranscodeOptions,
} from './ffmpeg/transcode';
