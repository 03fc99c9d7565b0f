import { useAreaChoices } from '#web/app/area-choices.ts';
import { useNow } from '#web/app/now.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { analytics } from '#web/i18n/analytics.ts';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { FilterChoice } from '#web/ui/FilterParts.tsx';
import { useFigureWords } from './queries.ts';
import { daysOf, presets, type FiguresSearch } from './search.ts';

interface FiltersProps {
  search: FiguresSearch;
  /** The days that are shown, where the address names none. */
  shown: { from: string; to: string } | undefined;
  unit: { name: string; nameEn: string } | null;
  onChange: (next: FiguresSearch) => void;
}

/** Which days, where, which class; the address carries it. */
export function Filters({ search, shown, unit, onChange }: FiltersProps) {
  const t = useText(analytics);
  const lang = languageChoice.use();
  const { words, nameOf } = useFigureWords();
  const areas = useAreaChoices(search.area);
  const set = (change: { [K in keyof FiguresSearch]?: FiguresSearch[K] | undefined }): void => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined),
    );
    onChange(next as FiguresSearch);
  };
  return (
    <div className="page-filters" role="group" aria-label={t.filters}>
      <Days search={search} shown={shown} onDays={set} />
      {areas.length > 0 && (
        <FilterChoice
          label={t.area}
          value={search.area ?? ''}
          any={t.ownArea}
          choices={areas}
          onChange={(area) => set({ area: area === '' ? undefined : area })}
        />
      )}
      <FilterChoice
        label={t.class}
        value={search.class ?? ''}
        any={t.anyClass}
        choices={(words?.classes ?? []).map((one) => ({ value: one.code, words: nameOf(one) }))}
        onChange={(code) => set({ class: code === '' ? undefined : code })}
      />
      {unit !== null && search.unit !== undefined && (
        <button type="button" className="tool tool-framed" onClick={() => set({ unit: undefined })}>
          {t.dropUnit(lang === 'zh' ? unit.name : unit.nameEn)}
        </button>
      )}
    </div>
  );
}

interface DaysProps {
  search: FiguresSearch;
  shown: { from: string; to: string } | undefined;
  onDays: (days: { from: string; to: string }) => void;
}

function Days({ search, shown, onDays }: DaysProps) {
  const t = useText(analytics);
  const today = dayOf(useNow());
  const from = search.from ?? shown?.from ?? '';
  const to = search.to ?? shown?.to ?? '';
  const at = presets.find((one) => {
    const days = daysOf(one, today);
    return days.from === from && days.to === to;
  });
  return (
    <>
      <div role="group" aria-label={t.periods} className="page-periods">
        {presets.map((one) => (
          <button
            key={one}
            type="button"
            className="tool tool-framed"
            aria-pressed={one === at}
            onClick={() => onDays(daysOf(one, today))}
          >
            {t.period[one]}
          </button>
        ))}
      </div>
      <label>
        <span>{t.from}</span>
        <input
          type="date"
          value={from}
          max={to}
          onChange={({ target }) => target.value !== '' && onDays({ from: target.value, to })}
        />
      </label>
      <label>
        <span>{t.to}</span>
        <input
          type="date"
          value={to}
          min={from}
          max={today}
          onChange={({ target }) => target.value !== '' && onDays({ from, to: target.value })}
        />
      </label>
    </>
  );
}
