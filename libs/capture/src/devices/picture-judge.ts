/** One tiny picture measured: nothing of it is kept but these numbers. */
export interface PictureSample {
  /** Mean brightness, 0 black … 255 white. */
  brightness: number;
  /** Standard deviation of the brightness: 0 for an even surface. */
  spread: number;
  /** Mean difference to the sample before, 0 … 255; null for the first. Sensor noise alone is above 0. */
  change: number | null;
}

export interface PictureReading {
  framesPerSecond: number;
  samples: readonly PictureSample[];
}

/**
 * `frozen`: no new picture comes. `black`: a covered lens, or a camera that gives nothing. `choppy`: under 12 pictures
 * a second. `dark`: a face would hardly be seen.
 */
export type PictureVerdict = 'good' | 'dark' | 'choppy' | 'black' | 'frozen';

const choppyBelow = 12;
const blackBrightness = 8;
const blackSpread = 4;
const darkBrightness = 45;
/** Fewer say nothing about standing still. */
const fewestToCompare = 4;

/** What the numbers of about two seconds mean. Pure. */
export function judgePicture({ framesPerSecond, samples }: PictureReading): PictureVerdict {
  const compared = samples.flatMap(({ change }) => (change === null ? [] : [change]));
  const still = compared.length >= fewestToCompare && compared.every((change) => change === 0);
  const brightness = mean(samples.map((sample) => sample.brightness));
  const spread = mean(samples.map((sample) => sample.spread));
  if (samples.length === 0 || framesPerSecond === 0) return 'frozen';
  if (brightness < blackBrightness && spread < blackSpread) return 'black';
  if (still) return 'frozen';
  if (brightness < darkBrightness) return 'dark';
  return framesPerSecond < choppyBelow ? 'choppy' : 'good';
}

/** Numbers of one small picture. `pixels` is RGBA; `before` the brightness of the sample before. Pure. */
export function measurePicture(
  pixels: Uint8ClampedArray,
  before: Uint8Array | null,
): { sample: PictureSample; luma: Uint8Array } {
  const luma = new Uint8Array(pixels.length / 4);
  let sum = 0;
  for (let at = 0; at < luma.length; at++) {
    const [red, green, blue] = [pixels[at * 4]!, pixels[at * 4 + 1]!, pixels[at * 4 + 2]!];
    luma[at] = Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    sum += luma[at]!;
  }
  const brightness = sum / luma.length;
  let squares = 0;
  let difference = 0;
  for (let at = 0; at < luma.length; at++) {
    squares += (luma[at]! - brightness) ** 2;
    if (before) difference += Math.abs(luma[at]! - before[at]!);
  }
  const change = before ? difference / luma.length : null;
  return { sample: { brightness, spread: Math.sqrt(squares / luma.length), change }, luma };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
