/** Speeds on offer; the picture keeps the voice's pitch at each. */
export const rates = [0.75, 1, 1.25, 1.5, 1.75, 2, 2.5] as const;
export type Rate = (typeof rates)[number];

const storageKey = 'fairtake.playback-rate';

/** The speed this reviewer last chose in this browser. */
export function rememberedRate(): number {
  try {
    const stored = Number(localStorage.getItem(storageKey));
    return rates.find((rate) => rate === stored) ?? 1;
  } catch {
    return 1;
  }
}

export function rememberRate(rate: number): void {
  try {
    localStorage.setItem(storageKey, String(rate));
  } catch {
    // Storage is forbidden: the speed lives as long as the page.
  }
}

/** The next speed up or down from wherever one is; the same at either end. */
export function stepRate(from: number, direction: 1 | -1): number {
  const further = direction === 1 ? rates.filter((rate) => rate > from) : rates.filter((rate) => rate < from);
  return (direction === 1 ? further[0] : further.at(-1)) ?? from;
}
