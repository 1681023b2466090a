import { blur, createLayer, fill, gradient, layOver, solid } from './layer.mjs';
import { boxPoints, ellipsePoints } from './paths.mjs';

const SHEET = [0, 0, 640, 360];

/** What stands in each room: [shape, numbers, colour name, opacity]. Drawing units on 640×360. */
const ROOMS = {
  shelves: [
    ['box', [440, 40, 170, 6], 'line'],
    ['box', [440, 130, 170, 6], 'line'],
    ['box', [440, 220, 170, 6], 'line'],
    ['box', [456, 72, 16, 58], 'shade', 0.7],
    ['box', [476, 64, 22, 66], 'line'],
    ['box', [560, 168, 34, 52], 'shade', 0.6],
    ['ellipse', [90, 90, 150, 130], 'light', 0.6],
  ],
  window: [
    ['box', [36, -20, 150, 250], 'light', 0.85],
    ['box', [108, -20, 5, 250], 'line', 0.7],
    ['box', [470, 150, 190, 8], 'line'],
    ['box', [500, 92, 20, 58], 'line', 0.8],
    ['box', [524, 80, 15, 70], 'shade', 0.7],
    ['box', [544, 98, 24, 52], 'line', 0.9],
  ],
  plant: [
    ['box', [420, -10, 190, 210], 'light', 0.7],
    ['box', [512, -10, 5, 210], 'line', 0.7],
    ['ellipse', [86, 236, 56, 76], 'leaf', 0.5],
    ['ellipse', [58, 196, 30, 44], 'leaf', 0.4],
    ['box', [62, 280, 50, 70], 'line'],
  ],
  lamp: [
    ['ellipse', [540, 96, 120, 96], 'light', 0.7],
    ['ellipse', [540, 92, 44, 30], 'light', 0.9],
    ['box', [537, 120, 6, 200], 'line', 0.8],
    ['box', [30, 70, 120, 150], 'line', 0.55],
    ['box', [44, 84, 92, 122], 'shade', 0.5],
    ['ellipse', [90, 166, 34, 26], 'leaf', 0.35],
  ],
};

export const ROOM_NAMES = Object.keys(ROOMS);

/**
 * A blurred room with a vignette, as tightly packed RGB bytes.
 *
 * @param {{ room: string, mirrored?: boolean, colours: { wall, shade, line, light, leaf } }} look
 */
export function drawRoom({ room, mirrored = false, colours }, width, height) {
  const scale = height / 360;
  const wall = createLayer(width, height, scale);
  fill(wall, boxPoints(...SHEET), gradient(colours.wall, colours.shade));
  const things = createLayer(width, height, scale);
  for (const [shape, numbers, colour, opacity = 1] of ROOMS[room]) {
    const points = shape === 'box' ? boxPoints(...numbers) : ellipsePoints(...numbers);
    fill(things, mirrored ? points.map(([x, y]) => [640 - x, y]) : points, solid(colours[colour]), opacity);
  }
  blur(things, 7);
  layOver(wall, things);
  return withVignette(wall);
}

/** Darkens towards the corners and dithers by a hair, so that soft slopes do not show as bands. */
function withVignette({ width, height, data }) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const distance = Math.hypot((x / width - 0.5) / 0.75, (y / height - 0.42) / 0.75);
      const darkness = 0.32 * Math.min(1, Math.max(0, (distance - 0.55) / 0.45));
      const grain = ((x * 7 + y * 13) % 4) / 4 - 0.375;
      for (let channel = 0; channel < 3; channel++) {
        const value = data[(y * width + x) * 4 + channel] * (1 - darkness) + grain;
        pixels[(y * width + x) * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
      }
    }
  }
  return pixels;
}
