/** A state as shape, colour and word: colour is never the only sign. */
export interface Shape {
  /** Path in a square of 16. */
  path: string;
  /** Name of a colour of the theme. */
  tone: string;
}

export function ShapeMark({ shape: { path, tone }, words }: { shape: Shape; words: string }) {
  return (
    <span className="mark" style={{ color: `var(${tone})` }}>
      <svg width="1em" height="1em" viewBox="0 0 16 16" fill="currentColor" fillRule="evenodd" aria-hidden="true">
        <path d={path} />
      </svg>
      {words}
    </span>
  );
}
