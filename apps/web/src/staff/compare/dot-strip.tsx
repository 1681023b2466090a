import { useText } from '../words/use-text';

const width = 58;
const step = 12;
const base = 19;

/** One dot per reviewer over a scale of 1 to 5: spread seen at a glance, said in words for those who listen. */
export function DotStrip({ levels }: { levels: readonly number[] }) {
  const t = useText();
  const sorted = [...levels].sort((a, b) => a - b);
  const label =
    sorted.length > 0 ? t('compare.levels', { levels: sorted.join(', ') }) : t('compare.noScores');
  return (
    <svg width={width} height={22} viewBox={`0 0 ${width} 22`} role="img" aria-label={label}>
      <path
        d={`M5 ${base}H53${[0, 1, 2, 3, 4].map((tick) => `M${5 + tick * step} ${base - 1.5}v3`).join('')}`}
        stroke="var(--edge)"
        fill="none"
      />
      {sorted.map((level, index) => {
        const height = sorted.slice(0, index).filter((other) => other === level).length;
        return (
          <circle
            key={index}
            cx={5 + (level - 1) * step}
            cy={base - 5 - height * 6}
            r={2.6}
            fill="var(--score-5)"
          />
        );
      })}
    </svg>
  );
}
