import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { admin } from '#web/i18n/admin.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { Field } from './Field.tsx';
import { areaQuery, areaSearchQuery } from './queries.ts';

export interface AreaPickProps {
  label: string;
  hint?: string;
  /** An area code, '' for none. */
  value: string;
  onChange: (code: string) => void;
}

/** Finds an area by part of its name or code. */
export function AreaPick({ label, hint, value, onChange }: AreaPickProps) {
  const t = useText(admin).frame;
  const w = useText(words);
  const [typed, setTyped] = useState('');
  const found = useQuery(areaSearchQuery(useDeferredValue(typed.trim())));
  const chosen = useQuery(areaQuery(value)).data;
  const options = (found.data?.areas ?? []).map((area) => ({
    value: area.code,
    label: `${area.pathName} · ${w.tier[area.tier]}`,
  }));
  if (value !== '' && !options.some((option) => option.value === value))
    options.unshift({
      value,
      label: chosen === undefined ? value : chosen.path.map(({ name }) => name).join(' ') || chosen.name,
    });
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <Select
          {...props}
          aria-label={label}
          className="adm-wide"
          allowClear
          showSearch={{ filterOption: false, onSearch: setTyped }}
          placeholder={t.findArea}
          notFoundContent={typed === '' ? t.findArea : found.isFetching ? t.finding : t.noArea}
          value={value === '' ? undefined : value}
          options={options}
          onChange={(code: string | undefined) => onChange(code ?? '')}
        />
      )}
    </Field>
  );
}
