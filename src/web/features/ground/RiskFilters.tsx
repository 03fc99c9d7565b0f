import { useQuery } from '@tanstack/react-query';
import { riskSorts, riskStates } from '#contract/risk-points.ts';
import { useRiskKinds } from '#web/app/ground-words.ts';
import { mainOffice, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import { inspections } from '#web/i18n/inspections.ts';
import { FilterTick, FindBox } from '#web/ui/FilterParts.tsx';
import { AreaChoice, FilterChoice } from './Parts.tsx';
import { streetUnitsQuery } from './queries.ts';
import { levelKeys } from './risk-words.ts';
import type { GroundSearch } from './search.ts';

interface FiltersProps {
  search: GroundSearch;
  onChange: (change: GroundSearch) => void;
}

/** What the list and the map show. */
export function RiskFilters({ search, onChange }: FiltersProps) {
  const t = useText(ground).risk;
  const { kinds, nameOf } = useRiskKinds();
  return (
    <div className="ground-filters">
      <FindBox
        area="ground-find"
        label={t.search}
        act={t.find}
        start={search.q ?? ''}
        onFind={(q) => onChange({ q })}
      />
      <AreaChoice value={search.area} onChange={(area) => onChange({ area, unit: undefined })} />
      <FilterChoice
        label={t.kind}
        value={search.kind ?? ''}
        choices={kinds.map(({ code }) => ({ value: code, words: nameOf(code) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <FilterChoice
        label={t.level}
        value={search.level ?? ''}
        choices={levelKeys.map((key, k) => ({ value: String(k + 1), words: t.levels[key] }))}
        onChange={(level) => onChange({ level })}
      />
      <FilterChoice
        label={t.state}
        value={search.state ?? ''}
        choices={riskStates.map((value) => ({ value, words: t.states[value] }))}
        onChange={(state) => onChange({ state })}
      />
      <LookFilters search={search} onChange={onChange} />
    </div>
  );
}

const olderDays = [7, 30, 90, 180];

function LookFilters({ search, onChange }: FiltersProps) {
  const t = useText(inspections);
  const me = useMe();
  const area = me === null ? '' : (mainOffice(me)?.areaCode ?? '');
  const units = useQuery(streetUnitsQuery(search.area ?? area)).data?.items ?? [];
  return (
    <>
      {units.length > 0 && (
        <FilterChoice
          label={t.unit}
          value={search.unit ?? ''}
          choices={units.map(({ id, name }) => ({ value: id, words: name }))}
          onChange={(unit) => onChange({ unit })}
        />
      )}
      <FilterChoice
        label={t.older}
        value={search.older ?? ''}
        choices={olderDays.map((days) => ({ value: String(days), words: t.olderDays(days) }))}
        onChange={(older) => onChange({ older })}
      />
      <label>
        <span>{t.sort}</span>
        <select value={search.sort ?? 'due'} onChange={({ target }) => onChange({ sort: target.value })}>
          {riskSorts.toReversed().map((sort) => (
            <option key={sort} value={sort}>
              {t.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <FilterTick
        label={t.overdueOnly}
        on={search.overdue === '1'}
        onChange={(on) => onChange({ overdue: on ? '1' : undefined })}
      />
    </>
  );
}
