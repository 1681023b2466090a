const STEPS_PER_CURVE = 24;
const ARITY = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, z: 0 };

/**
 * Points of a closed shape from SVG path data (https://www.w3.org/TR/SVG2/paths.html#PathData): M L H V C S Q
 * Z, absolute and relative, one outline. Curves become short lines.
 *
 * @returns {[number, number][]}
 */
export function pathPoints(data) {
  const points = [];
  let [x, y] = [0, 0];
  let control = null; // Second control point of the curve before, which S mirrors.
  for (const { command, values } of segments(data)) {
    const lower = command.toLowerCase();
    const [dx, dy] = command === lower ? [x, y] : [0, 0];
    const at = values.map((value, index) => value + (lower === 'v' || index % 2 === 1 ? dy : dx));
    if (lower === 'z') continue;
    if (lower === 'h') [x] = at;
    else if (lower === 'v') [y] = at;
    else if (lower === 'm' || lower === 'l') [x, y] = at;
    else {
      const curve = toCubic(lower, at, [x, y], control);
      points.push(...cubicPoints([x, y], ...curve));
      control = curve[1];
      [x, y] = curve[2];
      continue;
    }
    control = null;
    points.push([x, y]);
  }
  return points;
}

export function ellipsePoints(cx, cy, rx, ry) {
  return Array.from({ length: 96 }, (_, index) => {
    const angle = (index / 96) * 2 * Math.PI;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

export function boxPoints(x, y, width, height) {
  return [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
}

function* segments(data) {
  for (const [, command, numbers] of data.matchAll(/([a-z])([^a-z]*)/gi)) {
    const values = (numbers.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const arity = ARITY[command.toLowerCase()];
    if (arity === 0) yield { command, values: [] };
    for (let index = 0; index < values.length; index += arity) {
      yield { command, values: values.slice(index, index + arity) };
    }
  }
}

function toCubic(lower, at, [x, y], control) {
  const pairs = [];
  for (let index = 0; index < at.length; index += 2) pairs.push([at[index], at[index + 1]]);
  if (lower === 'c') return pairs;
  if (lower === 's') return [control ? [2 * x - control[0], 2 * y - control[1]] : [x, y], ...pairs];
  const [middle, end] = pairs;
  const towards = ([px, py]) => [px + (2 / 3) * (middle[0] - px), py + (2 / 3) * (middle[1] - py)];
  return [towards([x, y]), towards(end), end];
}

function cubicPoints(p0, p1, p2, p3) {
  return Array.from({ length: STEPS_PER_CURVE }, (_, index) => {
    const t = (index + 1) / STEPS_PER_CURVE;
    const u = 1 - t;
    const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
    return [0, 1].map((axis) =>
      [p0, p1, p2, p3].reduce((sum, point, i) => sum + weights[i] * point[axis], 0),
    );
  });
}
