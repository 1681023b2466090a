/** Bars of a waveform as one SVG path in a box 40 high; `pitch` is the distance between bars. */
export function wavePath(levels: readonly number[], pitch: number, from = 0): string {
  return levels
    .map((level, index) => {
      const half = 0.5 + Math.min(1, Math.max(0, level)) * 17.5;
      const x = (from + index) * pitch + pitch / 2;
      return `M${x} ${(20 - half).toFixed(1)}V${(20 + half).toFixed(1)}`;
    })
    .join('');
}

/** The loudest level in each of `count` equal stretches: peaks survive, so speech stays visible. */
export function resample(levels: readonly number[], count: number): number[] {
  if (levels.length === 0) return Array.from({ length: count }, () => 0.05);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor((index * levels.length) / count);
    const end = Math.max(start + 1, Math.floor(((index + 1) * levels.length) / count));
    return Math.max(...levels.slice(start, end));
  });
}
