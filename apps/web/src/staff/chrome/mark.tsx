/** The sign of the house: a short waveform. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.25"
      strokeLinecap="round"
    >
      <path d="M4 10v4M8.5 6v12M13 9v6M17.5 4v16" />
      <path d="M22 11v2" opacity=".45" />
    </svg>
  );
}
