import { demandStates, problemKinds, problemStates } from '#contract/shortfalls-views.ts';
import { useAreaChoices } from '#web/app/area-choices.ts';
import { useText } from '#web/i18n/area.ts';
import { formatNumber } from '#web/i18n/format.ts';
import { shortfalls } from '#web/i18n/shortfalls.ts';
import { FilterTick } from '#web/ui/FilterParts.tsx';
import { useClassNames } from './queries.ts';
import type { ShortfallSearch } from './search.ts';

interface FiltersProps {
  search: ShortfallSearch;
  classes: readonly { classCode: string; rows: number }[];
  onChange: (change: Partial<ShortfallSearch>) => void;
}

/** What the list and the map show. */
export function Filters({ search, classes, onChange }: FiltersProps) {
  const t = useText(shortfalls);
  const { nameOf } = useClassNames();
  return (
    <div className="shortfalls-filters">
      <AreaChoice value={search.area} onChange={(area) => onChange({ area })} />
      <Choice
        label={t.class}
        value={search.class}
        choices={classes.map(({ classCode, rows }) => ({
          value: classCode,
          words: t.classCount(nameOf(classCode), formatNumber(rows)),
        }))}
        onChange={(value) => onChange({ class: value })}
      />
      {search.list === 'problems' && (
        <Choice
          label={t.kind}
          value={search.kind}
          choices={problemKinds.map((value) => ({ value, words: t.kinds[value] }))}
          onChange={(kind) => onChange({ kind })}
        />
      )}
      <StateChoice search={search} onChange={onChange} />
      <FilterTick
        label={t.goneToo}
        on={search.gone === '1'}
        onChange={(on) => onChange({ gone: on ? '1' : undefined })}
      />
    </div>
  );
}

function StateChoice({ search, onChange }: Pick<FiltersProps, 'search' | 'onChange'>) {
  const t = useText(shortfalls);
  const choices =
    search.list === 'problems'
      ? problemStates.map((value) => ({ value, words: t.problemStates[value] }))
      : demandStates.map((value) => ({ value, words: t.demandStates[value] }));
  return <Choice label={t.state} value={search.state} choices={choices} onChange={(state) => onChange({ state })} />;
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  choices: readonly { value: string; words: string }[];
  onChange: (value: string | undefined) => void;
}

/** One of these, or any. What the address names is offered even where nothing else does. */
function Choice({ label, value, choices, onChange }: ChoiceProps) {
  const t = useText(shortfalls);
  const { nameOf } = useClassNames();
  const unknown = value !== undefined && !choices.some((one) => one.value === value);
  return (
    <label>
      <span>{label}</span>
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}>
        <option value="">{t.any}</option>
        {unknown && <option value={value}>{nameOf(value)}</option>}
        {choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A filter by area, one step at a time: the areas above, the one chosen, and those below it. */
function AreaChoice({ value, onChange }: { value: string | undefined; onChange: (code: string | undefined) => void }) {
  const t = useText(shortfalls);
  // Lines are about communities: nothing finer is offered.
  return <Choice label={t.area} value={value} choices={useAreaChoices(value, 12)} onChange={onChange} />;
}
