const ROWS_PER_PIXEL = 4;

/**
 * A transparent picture with premultiplied colour (0–255) and alpha (0–1), four floats a pixel. Shapes are
 * given in drawing units; `scale` turns them into pixels.
 */
export function createLayer(width, height, scale) {
  return { width, height, scale, data: new Float32Array(width * height * 4) };
}

/** Fills a closed outline (non-zero winding, smooth edges). `paint(u, v)` gives [r, g, b] within its bounds. */
export function fill(layer, points, paint, opacity = 1) {
  const { width, height, scale, data } = layer;
  const outline = points.map(([x, y]) => [x * scale, y * scale]);
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const bounds = {
    left: Math.min(...xs),
    top: Math.min(...ys),
    right: Math.max(...xs),
    bottom: Math.max(...ys),
  };
  const coverage = new Float32Array(width);
  const lastRow = Math.min(height - 1, Math.floor(bounds.bottom));
  for (let row = Math.max(0, Math.floor(bounds.top)); row <= lastRow; row++) {
    coverage.fill(0);
    for (let sub = 0; sub < ROWS_PER_PIXEL; sub++) {
      for (const [from, to] of spans(outline, row + (sub + 0.5) / ROWS_PER_PIXEL)) cover(coverage, from, to);
    }
    for (let column = 0; column < width; column++) {
      if (coverage[column] === 0) continue;
      const u = (column - bounds.left) / (bounds.right - bounds.left || 1);
      const v = (row - bounds.top) / (bounds.bottom - bounds.top || 1);
      blend(data, (row * width + column) * 4, paint(u, v), (coverage[column] / ROWS_PER_PIXEL) * opacity);
    }
  }
}

/** Where a horizontal line at `y` is inside the outline. */
function spans(outline, y) {
  const crossings = [];
  for (let index = 0; index < outline.length; index++) {
    const [x1, y1] = outline[index];
    const [x2, y2] = outline[(index + 1) % outline.length];
    if (y1 <= y === y2 <= y) continue;
    crossings.push({ x: x1 + ((y - y1) / (y2 - y1)) * (x2 - x1), turn: y1 < y2 ? 1 : -1 });
  }
  crossings.sort((a, b) => a.x - b.x);
  const found = [];
  let winding = 0;
  for (const [index, { x, turn }] of crossings.entries()) {
    winding += turn;
    if (winding !== 0 && index + 1 < crossings.length) found.push([x, crossings[index + 1].x]);
  }
  return found;
}

function cover(coverage, from, to) {
  const first = Math.max(0, Math.floor(from));
  const last = Math.min(coverage.length - 1, Math.floor(to));
  for (let column = first; column <= last; column++) {
    coverage[column] += Math.max(0, Math.min(to, column + 1) - Math.max(from, column));
  }
}

function blend(data, offset, [r, g, b], alpha) {
  const keep = 1 - Math.min(1, alpha);
  const add = 1 - keep;
  data[offset] = data[offset] * keep + r * add;
  data[offset + 1] = data[offset + 1] * keep + g * add;
  data[offset + 2] = data[offset + 2] * keep + b * add;
  data[offset + 3] = data[offset + 3] * keep + add;
}

/** Softens a layer in place: three box passes come close to a Gaussian of `deviation` drawing units. */
export function blur(layer, deviation) {
  const radius = Math.max(1, Math.round(deviation * layer.scale));
  for (let pass = 0; pass < 3; pass++) {
    boxPass(layer, radius, layer.width, layer.height, 4, layer.width * 4);
    boxPass(layer, radius, layer.height, layer.width, layer.width * 4, 4);
  }
}

function boxPass({ data }, radius, length, lines, step, lineStep) {
  const source = new Float32Array(length);
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < 4; channel++) {
      const start = line * lineStep + channel;
      for (let index = 0; index < length; index++) source[index] = data[start + index * step];
      const at = (index) => source[Math.min(length - 1, Math.max(0, index))];
      let sum = 0;
      for (let index = -radius; index <= radius; index++) sum += at(index);
      for (let index = 0; index < length; index++) {
        data[start + index * step] = sum / (2 * radius + 1);
        sum += at(index + radius + 1) - at(index - radius);
      }
    }
  }
}

/** Lays `upper` over `lower`, both of one size. */
export function layOver(lower, upper) {
  for (let offset = 0; offset < lower.data.length; offset += 4) {
    const keep = 1 - upper.data[offset + 3];
    for (let channel = 0; channel < 4; channel++) {
      lower.data[offset + channel] = lower.data[offset + channel] * keep + upper.data[offset + channel];
    }
  }
}

/** Smallest box that holds everything visible, widened by a pixel for smooth edges. */
export function visibleBox({ width, height, data }) {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[(y * width + x) * 4 + 3] < 0.004) continue;
      box.left = Math.min(box.left, x - 1);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y - 1);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box;
}

/** [r, g, b] of `#rrggbb`. */
export const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

export const solid = (hex) => {
  const colour = rgb(hex);
  return () => colour;
};

/** A linear gradient across the bounds of a shape, along (dx, dy). */
export function gradient(fromHex, toHex, dx = 1, dy = 1) {
  const [from, to] = [rgb(fromHex), rgb(toHex)];
  const length = dx * dx + dy * dy;
  return (u, v) => {
    const t = Math.min(1, Math.max(0, (u * dx + v * dy) / length));
    return from.map((value, channel) => value + (to[channel] - value) * t);
  };
}
