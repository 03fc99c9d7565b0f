import type { CareColour } from '#contract/care.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import './care-mark.css';

/** How urgent somebody in care is: a colour with its word, so that the colour is never the only sign. */
export function CareMark({ colour }: { colour: CareColour }) {
  const t = useText(ground).care;
  return <span className={`care-mark care-mark-${colour}`}>{t.colours[colour]}</span>;
}
