import { Go } from '#web/app/Go.tsx';
import { useText } from '#web/i18n/area.ts';
import { force } from '#web/i18n/force.ts';
import { GridsPart } from './GridsPart.tsx';
import { HelpersPart } from './HelpersPart.tsx';
import { LeavePart } from './LeavePart.tsx';
import { NotesPart } from './NotesPart.tsx';
import { RosterPart } from './RosterPart.tsx';
import { forceTabs, useForceSearch, type ForceTab } from './search.ts';
import './force.css';

const parts = {
  grids: GridsPart,
  roster: RosterPart,
  leave: LeavePart,
  notes: NotesPart,
  helpers: HelpersPart,
} as const satisfies Record<ForceTab, unknown>;

/** Who works in the grids, who stands in, who is on duty, who helps. */
export function ForcePage() {
  const t = useText(force);
  const [{ tab }, go] = useForceSearch();
  const Part = parts[tab];
  return (
    <div className="page-flow force">
      <header className="force-head">
        <h1>{t.title}</h1>
        <Go href="/desk/me/force">{t.mine.title}</Go>
      </header>
      <p className="quiet">{t.lead}</p>
      <div className="force-tools" role="group" aria-label={t.tabsLabel}>
        {forceTabs.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={tab === one}
            onClick={() => go({ tab: one })}
          >
            {t.tabs[one]}
          </button>
        ))}
      </div>
      <Part />
    </div>
  );
}
