import type { RecordingRung } from '@fairtake/contracts';

export type RungName = RecordingRung;

/** One step of quality: what is recorded at it. */
export interface Rung {
  readonly name: RungName;
  /** Of the shorter side, in pixels: a phone held upright is as good as one held flat. Null without a picture. */
  readonly shortSide: number | null;
  readonly framesPerSecond: number;
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
}

const rung = (name: RungName, shortSide: number | null, fps: number, video: number, audio: number): Rung => ({
  name,
  shortSide,
  framesPerSecond: fps,
  videoBitsPerSecond: video * 1_000,
  audioBitsPerSecond: audio * 1_000,
});

/** From best to least. Speech stays understandable down to the last. */
export const ladder: readonly Rung[] = [
  rung('720p30', 720, 30, 1_200, 48),
  rung('540p30', 540, 30, 750, 40),
  rung('360p24', 360, 24, 400, 32),
  rung('360p15', 360, 15, 200, 24),
  rung('180p10', 180, 10, 80, 24),
  rung('audio', null, 0, 0, 24),
];

/** Place on the ladder, 0 the best. */
export const rungIndex = (name: RungName): number => ladder.findIndex((each) => each.name === name);

export const rungBytesPerSecond = (each: Rung): number =>
  (each.videoBitsPerSecond + each.audioBitsPerSecond) / 8;

export interface Size {
  width: number;
  height: number;
}

/** The picture of this rung: never larger than the camera's, same shape, even numbers as H.264 wants them. */
export function sizeAt(each: Rung, source: Size): Size {
  const scale = Math.min(1, (each.shortSide ?? 0) / Math.min(source.width, source.height));
  const even = (value: number): number => Math.max(2, Math.round((value * scale) / 2) * 2);
  return { width: even(source.width), height: even(source.height) };
}
