import type { Colour } from '#contract/warnings-words.ts';
import { useText } from '#web/i18n/area.ts';
import { warnings } from '#web/i18n/warnings.ts';

/** Fewer corners, graver: the shape says the level without its colour. */
const shapes: Readonly<Record<Colour, string>> = {
  red: 'M8 1 15.5 14.5H.5z',
  orange: 'M8 .5 15.5 8 8 15.5.5 8z',
  yellow: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  blue: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1',
};

/** Level of a warning: shape, colour and word. */
export function ColourMark({ colour }: { colour: Colour | null }) {
  const t = useText(warnings);
  if (colour === null) return <span className="tag">{t.noColour}</span>;
  return (
    <span className={`warning-colour warning-${colour}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={shapes[colour]} />
      </svg>
      {t.colour[colour]}
    </span>
  );
}
