import { blur, createLayer, fill, gradient, solid } from './layer.mjs';
import { ellipsePoints, pathPoints } from './paths.mjs';

/** Drawn on a sheet of 640×360 units: a bust without features, so that nobody in particular is shown. */
const BODY = 'M138 400c6-92 36-124 92-140 26-7 46-14 54-24h72c8 10 28 17 54 24 56 16 86 48 92 140z';
const NECK = 'M288 186h64v50c0 16-14 28-32 28s-32-12-32-28z';

/** What lies behind the face and before it, per hair style. */
const HAIR = {
  short: {
    front: ['M264 150c-4-58 30-78 58-78s60 20 57 74c-6-22-16-36-30-41-22 8-52 8-66 2-9 8-15 22-19 43z'],
  },
  cap: { front: ['M266 140c0-46 24-66 54-66s54 20 54 66c-4-18-10-28-18-34-22-6-50-6-72 0-8 6-14 16-18 34z'] },
  long: {
    back: [
      'M262 236c-18-30-20-86-8-122 10-30 36-46 66-46s58 16 68 46c11 36 8 92-10 122-6-4-8-20-5-52 2-34-8-62-26-74-24 10-46 10-60 4-14 14-22 40-20 72 2 30 0 46-5 50z',
    ],
    front: ['M268 140c2-40 24-58 52-58s50 18 52 58c-8-22-20-32-30-36-22 10-50 8-74 36z'],
  },
  bob: {
    back: [
      'M254 206c-10-22-12-66-2-96 9-28 36-44 68-44s59 16 68 44c10 30 8 74-2 96-14 8-30 4-36-8h-60c-6 12-22 16-36 8z',
    ],
    front: ['M266 146c-2-46 24-68 54-68s56 22 54 68c-8-20-16-28-26-32-28 4-62 2-82 32z'],
  },
  bun: {
    round: [[320, 66, 25, 22]],
    front: ['M266 144c0-44 24-64 54-64s54 20 54 64c-6-22-18-34-30-38-16 4-32 4-48 0-12 4-24 16-30 38z'],
  },
  curls: {
    round: [
      [276, 118, 22, 24],
      [288, 94, 24, 23],
      [308, 80, 24, 22],
      [321, 106, 36, 32],
      [334, 80, 24, 22],
      [354, 95, 23, 23],
      [364, 119, 21, 24],
    ],
    front: ['M270 142c-2-36 20-56 50-56s52 20 50 56c-10-18-22-26-32-28-14 3-26 3-38 0-12 4-22 12-30 28z'],
  },
  scarf: {
    back: [
      'M246 262c-6-40-4-96 4-128 8-38 36-58 70-58s62 20 70 58c8 32 10 88 4 128-20 16-48 22-74 22s-54-6-74-22z',
    ],
    front: [],
    over: [
      'M262 196c10 34 32 50 58 50s48-16 58-50c10 20 12 44 8 62-18 14-42 20-66 20s-48-6-66-20c-4-18-2-42 8-62z',
    ],
  },
};

export const HAIR_STYLES = Object.keys(HAIR);

/**
 * The two moving parts of a figure as layers: body with neck, and head.
 *
 * @param {{ hairStyle: string, colours: { body, bodyShade, skin, skinShade, hair } }} look colours as #rrggbb
 */
export function drawFigure({ hairStyle, colours }, width, height) {
  const scale = height / 360;
  const body = createLayer(width, height, scale);
  fill(body, lowered(pathPoints(BODY)), gradient(colours.body, colours.bodyShade, 1, 0.6));
  fill(body, lowered(pathPoints(NECK)), gradient(colours.skinShade, colours.skinShade));
  blur(body, 1.4);

  const head = createLayer(width, height, scale);
  const { back = [], round = [], front = [], over = [] } = HAIR[hairStyle];
  const hair = solid(colours.hair);
  for (const path of back) fill(head, lowered(pathPoints(path)), hair);
  for (const ellipse of round) fill(head, lowered(ellipsePoints(...ellipse)), hair);
  fill(head, lowered(ellipsePoints(320, 150, 52, 66)), gradient(colours.skin, colours.skinShade, 1, 0.3));
  for (const path of [...front, ...over]) fill(head, lowered(pathPoints(path)), hair);
  blur(head, 1.4);
  return { body, head, neck: { x: 320 * scale + (width - 640 * scale) / 2, y: 232 * scale } };
}

/** The mock-ups set the figure 14 units lower than drawn, so that the head clears a name tag. */
const lowered = (points) => points.map(([x, y]) => [x, y + 14]);
