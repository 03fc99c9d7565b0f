import { useQuery } from '@tanstack/react-query';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { useCategories, useUnitName } from '../names.ts';
import { priorityKey } from '../PriorityShape.tsx';
import { areaQuery, unitsQuery } from '../queries.ts';
import { filterOf, type DeskFilter, type DeskSearch } from './filters.ts';
import { builtInOf } from './views.ts';

export interface FilterChipsProps {
  search: DeskSearch;
  onChange: (part: Partial<DeskSearch>) => void;
  onClear: () => void;
}

/** What narrows the view now, each to be taken away. A built-in view says it by its name alone. */
export function FilterChips({ search, onChange, onClear }: FilterChipsProps) {
  const t = useText(desk).filter;
  const say = useFilterWords(search);
  const keys = Object.keys(filterOf(search)) as (keyof DeskFilter)[];
  if (keys.length === 0 || builtInOf(search) !== undefined) return null;
  return (
    <ul className="chips">
      {keys.map((key) => (
        <li key={key}>
          <button
            type="button"
            className="chip"
            aria-label={t.remove(say(key))}
            onClick={() => onChange({ [key]: undefined })}
          >
            {say(key)}
            <Icon name="cross" size={12} />
          </button>
        </li>
      ))}
      {keys.length > 1 && (
        <li>
          <button type="button" className="link-button" onClick={onClear}>
            {t.clear}
          </button>
        </li>
      )}
    </ul>
  );
}

/** One filter in words: "等级 P0 P1". */
function useFilterWords(search: DeskSearch): (key: keyof DeskFilter) => string {
  const t = useText(desk).filter;
  const w = useText(words);
  const { nameOf } = useCategories();
  const unitName = useUnitName();
  const area = useQuery({ ...areaQuery(search.area ?? ''), enabled: search.area !== undefined }).data;
  const units = useQuery({ ...unitsQuery, enabled: search.unit !== undefined }).data?.items;
  const valueOf: { [K in keyof Required<DeskFilter>]: () => string } = {
    status: () => (search.status ?? []).map((one) => w.status[one]).join(' '),
    priority: () => (search.priority ?? []).map((one) => w.priorityCode[priorityKey(one)]).join(' '),
    category: () => nameOf(search.category ?? ''),
    area: () => area?.name ?? search.area ?? '',
    tier: () => (search.tier === undefined ? '' : w.tier[search.tier]),
    unit: () => {
      const unit = units?.find((one) => one.id === search.unit);
      return unit === undefined ? '…' : unitName(unit);
    },
    channel: () => (search.channel ?? []).map((one) => w.channel[one]).join(' '),
    late: () => '',
    supervised: () => '',
    mine: () => '',
    open: () => '',
    from: () => search.from ?? '',
    to: () => search.to ?? '',
    q: () => search.q ?? '',
  };
  return (key) => [key === 'open' ? t.openOnly : t[key], valueOf[key]()].filter((one) => one !== '').join(' ');
}
