/** Seven segments a digit: top, upper left, upper right, middle, lower left, lower right, bottom. */
const SEGMENTS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];
const BARS = [
  [235, 235, 235],
  [235, 235, 16],
  [16, 235, 235],
  [16, 235, 16],
  [235, 16, 235],
  [235, 16, 16],
  [16, 16, 235],
];

/**
 * Writes a frame number (four digits) into the upper left corner and colour bars along the lower edge, so
 * that a test can tell frames apart and see that the picture moves.
 */
export function drawTestPicture({ frame, width, height }, number) {
  const barHeight = Math.round(height / 15);
  for (const [index, colour] of BARS.entries()) {
    const left = Math.round((index * width) / BARS.length);
    const right = Math.round(((index + 1) * width) / BARS.length);
    paint(frame, width, [left, height - barHeight, right - left, barHeight], colour);
  }
  const unit = Math.round(height / 90);
  paint(frame, width, [0, 0, unit * 34, unit * 17], [16, 16, 16]);
  for (const [index, digit] of [...String(number % 10_000).padStart(4, '0')].entries()) {
    drawDigit(frame, width, { x: unit * (3 + index * 8), y: unit * 3, unit }, Number(digit));
  }
}

function drawDigit(frame, width, { x, y, unit }, digit) {
  const strokes = [
    [1, 0, 3, 1],
    [0, 1, 1, 4],
    [4, 1, 1, 4],
    [1, 5, 3, 1],
    [0, 6, 1, 4],
    [4, 6, 1, 4],
    [1, 10, 3, 1],
  ];
  for (const [index, [left, top, wide, high]] of strokes.entries()) {
    if (SEGMENTS[digit][index] === '0') continue;
    paint(frame, width, [x + left * unit, y + top * unit, wide * unit, high * unit], [235, 235, 235]);
  }
}

function paint(frame, width, [left, top, wide, high], colour) {
  for (let row = top; row < top + high; row++) {
    for (let column = left; column < left + wide; column++) {
      const at = (row * width + column) * 3;
      [frame[at], frame[at + 1], frame[at + 2]] = colour;
    }
  }
}
