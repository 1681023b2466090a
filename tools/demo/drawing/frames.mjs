import { drawFigure } from './figure.mjs';
import { visibleBox } from './layer.mjs';
import { drawRoom } from './room.mjs';

/**
 * Draws the frames of one clip: the room once, the figure's parts moved over it for every frame.
 *
 * @param look room, figure and colours, see `personas.mjs`
 * @param {{ width: number, height: number, seed?: number }} size `seed` shifts the sway, so that no two
 *   clips move alike
 * @returns `(seconds, loudness) => Buffer` of RGB bytes; `loudness` (0–1) makes the head nod with the voice.
 *   The buffer is used again by the next call.
 */
export function createFrames(look, { width, height, seed = 0 }) {
  const room = drawRoom(look, width, height);
  const { body, head, neck } = drawFigure(look, width, height);
  const parts = {
    body: { layer: body, box: visibleBox(body) },
    head: { layer: head, box: visibleBox(head) },
  };
  const frame = Buffer.alloc(room.length);
  const unit = height / 360;
  let nod = 0;
  return (seconds, loudness) => {
    nod += (loudness - nod) * 0.25; // A head follows the voice, it does not jump with it.
    const t = seconds + seed * 7.3;
    const sway = (5 * Math.sin(0.61 * t) + 2 * Math.sin(1.7 * t + 1)) * unit;
    const breath = 0.9 * Math.sin((2 * Math.PI * t) / 4.2) * unit;
    const turn = (0.05 * Math.sin(0.47 * t + 0.4) + 0.022 * Math.sin(1.31 * t)) * (0.6 + nod);
    room.copy(frame);
    compose(frame, width, height, parts.body, { x: sway, y: breath, turn: turn * 0.1, about: neck });
    const headY = breath + (7 * nod + 1.2 * Math.sin(0.9 * t)) * unit;
    compose(frame, width, height, parts.head, { x: sway * 1.6, y: headY, turn, about: neck });
    return frame;
  };
}

/** Lays a part over the frame, turned about a point and shifted, sampled between pixels. */
function compose(frame, width, height, { layer, box }, { x, y, turn, about }) {
  const { data } = layer;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const margin = Math.ceil(Math.abs(x) + Math.abs(y) + Math.abs(sin) * (box.bottom - box.top)) + 1;
  const left = Math.max(0, box.left - margin);
  const right = Math.min(width - 1, box.right + margin);
  const bottom = Math.min(height - 1, box.bottom + margin);
  for (let row = Math.max(0, box.top - margin); row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column - x - about.x;
      const py = row - y - about.y;
      // The part reaches below the sheet: its last row stands for what lies there.
      const sx = cos * px + sin * py + about.x;
      const sy = Math.min(height - 1.001, -sin * px + cos * py + about.y);
      if (sx < 0 || sy < 0 || sx >= width - 1) continue;
      const ix = sx | 0;
      const iy = sy | 0;
      const fx = sx - ix;
      const fy = sy - iy;
      const a = (iy * width + ix) * 4;
      const c = a + width * 4;
      const alphaSum = data[a + 3] + data[a + 7] + data[c + 3] + data[c + 7];
      if (alphaSum < 0.004) continue;
      const w0 = (1 - fx) * (1 - fy);
      const w1 = fx * (1 - fy);
      const w2 = (1 - fx) * fy;
      const w3 = fx * fy;
      const keep = 1 - (data[a + 3] * w0 + data[a + 7] * w1 + data[c + 3] * w2 + data[c + 7] * w3);
      const at = (row * width + column) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const colour =
          data[a + channel] * w0 +
          data[a + 4 + channel] * w1 +
          data[c + channel] * w2 +
          data[c + 4 + channel] * w3;
        frame[at + channel] = frame[at + channel] * keep + colour;
      }
    }
  }
}
