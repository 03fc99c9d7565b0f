import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useText } from '#web/i18n/area.ts';
import { warnings } from '#web/i18n/warnings.ts';
import { Icon } from '#web/ui/icons/Icon.tsx';
import { areaSearchQuery } from './queries.ts';

export interface NamedArea {
  code: string;
  name: string;
}

/** Finds areas by name or code; those chosen stand as tags that can be removed. */
export function AreaField({ value, onChange }: { value: readonly NamedArea[]; onChange: (next: NamedArea[]) => void }) {
  const t = useText(warnings).form;
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const found = useQuery(areaSearchQuery(q)).data?.areas ?? [];
  const open = q === '' ? [] : found.filter(({ code }) => !value.some((one) => one.code === code));
  return (
    <fieldset>
      <legend>{t.areas}</legend>
      <ul className="warnings-marks">
        {value.map((area) => (
          <li key={area.code} className="tag">
            {area.name}
            <button
              type="button"
              className="link-button warning-remove"
              aria-label={t.removeArea(area.name)}
              onClick={() => onChange(value.filter(({ code }) => code !== area.code))}
            >
              <Icon name="cross" size={14} />
            </button>
          </li>
        ))}
      </ul>
      <label>
        <span>{t.findArea}</span>
        <input type="search" maxLength={40} value={typed} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <ul className="warning-found">
        {open.map(({ code, pathName, name }) => (
          <li key={code}>
            <button
              type="button"
              onClick={() => {
                onChange([...value, { code, name }]);
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
