/**
 * Containers and codecs in order of preference. H.264 in MP4 plays everywhere without a transcode; VP8 before VP9
 * because it costs a small machine less.
 */
const videoTypes = [
  'video/mp4;codecs=avc1.42E01E,mp4a.40.2',
  // Linux Chromium cannot encode AAC; Opus in MP4 is fine.
  'video/mp4;codecs=avc1.42E01E,opus',
  'video/mp4',
  'video/webm;codecs=vp8,opus',
  'video/webm;codecs=vp9,opus',
  'video/webm',
] as const;

const audioTypes = [
  'audio/mp4;codecs=mp4a.40.2',
  'audio/mp4',
  'audio/webm;codecs=opus',
  'audio/webm',
] as const;

/** Types this browser says it can record, best first. */
export function recordableTypes(hasVideo: boolean, isTypeSupported: (type: string) => boolean): string[] {
  return (hasVideo ? videoTypes : audioTypes).filter((type) => isTypeSupported(type));
}

/** VP9 or AV1 in MP4 is what a Chromium without H.264 makes of `video/mp4`; hls.js fails on it. */
export function isPlayable(mimeType: string): boolean {
  return !(/^video\/mp4/i.test(mimeType) && /vp0?9|vp8|av01/i.test(mimeType));
}

/** The recorder's own word in the form the server accepts; parameters it would refuse are left out. */
export function declaredMimeType(mimeType: string, asked: string): string {
  const type = mimeType === '' ? asked : mimeType;
  const accepted =
    type.length <= 100 && /^(video|audio)\/(mp4|webm)(;\s*codecs="?[A-Za-z0-9., _-]+"?)?$/.test(type);
  if (accepted) return type;
  const container = /^(video|audio)\/(mp4|webm)/.exec(type);
  return container ? container[0] : asked;
}
