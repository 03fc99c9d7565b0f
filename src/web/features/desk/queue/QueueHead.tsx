import { Popover, Select } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { FilterChips } from './FilterChips.tsx';
import { countFilters, filterOf, sortOf, sorts, type DeskSearch } from './filters.ts';
import { Views } from './Views.tsx';

const FilterPanel = lazy(async () => ({ default: (await import('./FilterPanel.tsx')).FilterPanel }));

export interface QueueHeadProps {
  search: DeskSearch;
  onChange: (part: Partial<DeskSearch>) => void;
}

/** Which view it is, what narrows it, in which order. */
export function QueueHead({ search, onChange }: QueueHeadProps) {
  const t = useText(desk);
  const [open, setOpen] = useState(false);
  const count = countFilters(search);
  const panel = open && (
    <Suspense fallback={<p className="quiet">{t.queue.loading}</p>}>
      <FilterPanel search={search} onChange={onChange} />
    </Suspense>
  );
  return (
    <div className="queue-head">
      <div className="queue-tools">
        <Views search={search} />
        <Popover
          content={panel}
          title={t.filter.title}
          trigger="click"
          open={open}
          onOpenChange={setOpen}
          placement="bottomLeft"
          classNames={{ root: 'filter-popover' }}
        >
          <button type="button" className="tool tool-framed" aria-expanded={open}>
            <Icon name="list" size={16} />
            {t.filter.open}
            {count > 0 && <b className="badge">{count}</b>}
          </button>
        </Popover>
        <Select
          size="small"
          variant="borderless"
          className="queue-sort"
          aria-label={t.sort.label}
          value={sortOf(search)}
          onChange={(sort) => onChange({ sort })}
          options={sorts.map((sort) => ({ value: sort, label: t.sort[sort] }))}
          popupMatchSelectWidth={false}
        />
      </div>
      <FilterChips
        search={search}
        onChange={onChange}
        onClear={() => onChange(Object.fromEntries(Object.keys(filterOf(search)).map((key) => [key, undefined])))}
      />
    </div>
  );
}
