/** A 黄葛树 whose roots take hold of the ground as a grid. Decorative: the name stands beside it. */
export function Logo({ size = 40 }: { size?: number | string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="14" fill="#1f6b4f" />
      <g fill="#f6f2e9">
        <circle cx="32" cy="17" r="9" />
        <circle cx="20" cy="22" r="8" />
        <circle cx="44" cy="22" r="8" />
        <circle cx="26" cy="26" r="7" />
        <circle cx="39" cy="26" r="7" />
      </g>
      <path
        d="M32 26v29M27 30v6q0 4-6 4h-7M37 30v6q0 4 6 4h7M22 40v15M42 40v15M13 48h38"
        fill="none"
        stroke="#f6f2e9"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
