import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { gridsRoutes } from '#contract/grids.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { ask } from './ask.ts';
import './area-field.css';

export interface NamedArea {
  code: string;
  name: string;
}

export interface AreaFieldProps {
  label: string;
  value: readonly NamedArea[];
  onChange: (next: NamedArea[]) => void;
  /** One at the most: a second choice takes the place of the first. */
  single?: boolean;
}

function searchQuery(q: string) {
  return queryOptions({
    queryKey: ['area-search', q],
    queryFn: ({ signal }) => ask(gridsRoutes.searchAreas, { query: { q, limit: 8 } }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });
}

/** Finds areas by name or code; those chosen stand as tags that can be removed. */
export function AreaField({ label, value, onChange, single = false }: AreaFieldProps) {
  const t = useText(words).areaField;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery(searchQuery(q)).data?.areas ?? [];
  const open = q === '' ? [] : found.filter(({ code }) => !value.some((one) => one.code === code));
  return (
    <fieldset className="area-field">
      <legend>{label}</legend>
      {value.length > 0 && (
        <ul className="area-chosen">
          {value.map((area) => (
            <li key={area.code} className="tag">
              {area.name}
              <button
                type="button"
                className="link-button"
                aria-label={t.remove(area.name)}
                onClick={() => onChange(value.filter(({ code }) => code !== area.code))}
              >
                <Icon name="cross" size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <label>
        <span>{t.find}</span>
        <input type="search" maxLength={40} value={typed} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <ul className="area-found">
        {open.map(({ code, pathName, name }) => (
          <li key={code}>
            <button
              type="button"
              onClick={() => {
                onChange(single ? [{ code, name }] : [...value, { code, name }]);
                setTyped('');
              }}
            >
              <Icon name="plus" size={14} /> {pathName}
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
