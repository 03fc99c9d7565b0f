import { useQuery } from '@tanstack/react-query';
import { gridsRoutes } from '#contract/grids.ts';
import { AreaField } from '#web/app/AreaField.tsx';
import { ask } from '#web/app/ask.ts';
import { useText } from '#web/i18n/area.ts';
import { planning } from '#web/i18n/planning.ts';
import { useNamed } from '#web/i18n/use-named.ts';
import { usePlanningWords } from '../words.ts';

interface FilterProps {
  value: string | undefined;
  onChange: (code: string | undefined) => void;
}

/** Which class of facilities. */
export function ClassFilter({ value, onChange }: FilterProps) {
  const t = useText(planning);
  const named = useNamed();
  const { words } = usePlanningWords();
  return (
    <label>
      {t.class}
      <select value={value ?? ''} onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}>
        <option value="">{t.anyClass}</option>
        {words?.classes.map((one) => (
          <option key={one.code} value={one.code}>
            {named(one)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What an area is called; its code until that is known. */
export function useAreaName(code: string | undefined): string {
  const { data } = useQuery({
    queryKey: ['planning', 'area', code],
    queryFn: ({ signal }) => ask(gridsRoutes.searchAreas, { query: { q: code ?? '', limit: 8 } }, { signal }),
    enabled: code !== undefined && code !== '',
    staleTime: Infinity,
  });
  return data?.areas.find((one) => one.code === code)?.name ?? code ?? '';
}

/** Which area: found by name, shown by name. */
export function AreaFilter({ value, onChange }: FilterProps) {
  const t = useText(planning);
  const name = useAreaName(value);
  return (
    <AreaField
      label={t.area}
      single
      value={value === undefined ? [] : [{ code: value, name }]}
      onChange={(next) => onChange(next[0]?.code)}
    />
  );
}
