import { useText } from '#web/i18n/area.ts';
import { facilities } from '#web/i18n/facilities.ts';
import { ListTab } from './ListTab.tsx';
import { PopulationTab } from './PopulationTab.tsx';
import { useFacilitySearch } from './search.ts';
import { StandardsTab } from './StandardsTab.tsx';
import './facilities.css';

const tabs = ['list', 'standards', 'population'] as const;

/** What there is, what there should be, and for how many. */
export function FacilitiesPage() {
  const t = useText(facilities);
  const [search, go] = useFacilitySearch();
  const tab = tabs.find((one) => one === search.tab) ?? 'list';
  return (
    <div className={`fac${search.row === undefined || tab !== 'list' ? '' : ' fac-chosen'}`}>
      <header className="fac-head">
        <h1>{t.title}</h1>
        <nav className="fac-tabs" aria-label={t.title}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              className="tool tool-framed"
              aria-current={one === tab ? 'page' : undefined}
              onClick={() => go({ tab: one === 'list' ? undefined : one, row: undefined })}
            >
              {t.tabs[one]}
            </button>
          ))}
        </nav>
      </header>
      {tab === 'list' && <ListTab search={search} go={go} />}
      {tab === 'standards' && <StandardsTab search={search} go={go} />}
      {tab === 'population' && <PopulationTab search={search} go={go} />}
    </div>
  );
}
