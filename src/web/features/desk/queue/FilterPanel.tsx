import { useQuery } from '@tanstack/react-query';
import { Select, TreeSelect } from 'antd';
import type { ReactNode } from 'react';
import { channels, eventStatuses } from '#contract/events-words.ts';
import { deskTiers } from '#kit/tiers.ts';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { words } from '#web/i18n/words.ts';
import { useUnitName } from '../names.ts';
import { priorityKeys } from '../PriorityShape.tsx';
import { unitsQuery } from '../queries.ts';
import { useAreaTree, useCategoryTree, useOneAreaName } from '../trees.ts';
import type { DeskSearch } from './filters.ts';
import type { QueueHeadProps } from './QueueHead.tsx';

/** Every filter of the queue. Each change shows at once and stands in the address. */
export function FilterPanel({ search, onChange }: QueueHeadProps) {
  const t = useText(desk).filter;
  const w = useText(words);
  const unitName = useUnitName();
  const units = useQuery(unitsQuery).data?.items ?? [];
  const categories = useCategoryTree(true);
  return (
    <div className="filter-panel">
      <Part label={t.status}>
        <Select
          aria-label={t.status}
          mode="multiple"
          allowClear
          placeholder={t.any}
          value={search.status ?? []}
          onChange={(status) => onChange({ status })}
          options={eventStatuses.map((one) => ({ value: one, label: w.status[one] }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Part>
      <Part label={t.priority}>
        <Select
          aria-label={t.priority}
          mode="multiple"
          allowClear
          placeholder={t.any}
          value={search.priority ?? []}
          onChange={(priority) => onChange({ priority })}
          options={priorityKeys.map((key, value) => ({ value, label: `${w.priorityCode[key]} ${w.priority[key]}` }))}
        />
      </Part>
      <Part label={t.category}>
        <TreeSelect
          aria-label={t.category}
          allowClear
          placeholder={t.any}
          value={search.category}
          onChange={(category?: string) => onChange({ category })}
          treeData={categories}
          showSearch={{ treeNodeFilterProp: 'title' }}
          popupMatchSelectWidth={320}
        />
      </Part>
      <AreaPart search={search} onChange={onChange} />
      <Part label={t.unit}>
        <Select
          aria-label={t.unit}
          allowClear
          placeholder={t.any}
          value={search.unit}
          onChange={(unit?: string) => onChange({ unit })}
          options={units.map((one) => ({ value: one.id, label: unitName(one) }))}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={320}
        />
      </Part>
      <Part label={t.channel}>
        <Select
          aria-label={t.channel}
          mode="multiple"
          allowClear
          placeholder={t.any}
          value={search.channel ?? []}
          onChange={(channel) => onChange({ channel })}
          options={channels.map((one) => ({ value: one, label: w.channel[one] }))}
        />
      </Part>
      <Part label={t.tier}>
        <Select
          aria-label={t.tier}
          allowClear
          placeholder={t.any}
          value={search.tier}
          onChange={(tier) => onChange({ tier })}
          options={deskTiers.map((one) => ({ value: one, label: w.tier[one] }))}
        />
      </Part>
      <div className="filter-days">
        <label>
          {t.from}
          <input
            type="date"
            value={search.from ?? ''}
            max={search.to}
            onChange={(event) => onChange({ from: event.target.value || undefined })}
          />
        </label>
        <label>
          {t.to}
          <input
            type="date"
            value={search.to ?? ''}
            min={search.from}
            onChange={(event) => onChange({ to: event.target.value || undefined })}
          />
        </label>
      </div>
      <fieldset className="filter-only">
        <legend>{t.only}</legend>
        {(['open', 'mine', 'late', 'supervised'] as const).map((key) => (
          <label key={key} className="check">
            <input
              type="checkbox"
              checked={search[key] === true}
              onChange={(event) => onChange({ [key]: event.target.checked ? true : undefined })}
            />
            {key === 'open' ? t.openOnly : t[key]}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function AreaPart({ search, onChange }: { search: DeskSearch; onChange: QueueHeadProps['onChange'] }) {
  const t = useText(desk).filter;
  const { tree, load } = useAreaTree();
  const name = useOneAreaName(search.area);
  return (
    <Part label={t.area}>
      <TreeSelect
        aria-label={t.area}
        allowClear
        placeholder={t.any}
        value={search.area === undefined ? undefined : { value: search.area, label: name ?? search.area }}
        labelInValue
        onChange={(chosen?: { value: string; label?: string }) => onChange({ area: chosen?.value })}
        treeData={tree}
        loadData={(node) => load(String(node.value))}
        popupMatchSelectWidth={320}
      />
    </Part>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="filter-part">
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
