const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** Times to print under a timeline: the finest step that needs no more than `most` marks, the end left free. */
export function ticks(durationSeconds: number, most = 5): number[] {
  if (!(durationSeconds > 0)) return [];
  const step = steps.find((candidate) => durationSeconds / candidate <= most) ?? durationSeconds;
  const marks: number[] = [];
  for (let at = 0; at < durationSeconds - step * 0.25; at += step) marks.push(at);
  return marks;
}
