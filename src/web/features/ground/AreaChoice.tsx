import { useQuery } from '@tanstack/react-query';
import { mainOffice, useMe } from '#web/app/me.ts';
import { useText } from '#web/i18n/area.ts';
import { ground } from '#web/i18n/ground.ts';
import { FilterChoice } from './Parts.tsx';
import { areaQuery } from './queries.ts';

/** A filter by area, one step at a time: the areas above, the one chosen, and those below it. */
export function AreaChoice({ value, onChange }: { value: string | undefined; onChange: (code: string) => void }) {
  const t = useText(ground);
  const me = useMe();
  const own = me === null ? '' : (mainOffice(me)?.areaCode ?? '');
  const around = useQuery(areaQuery(value ?? own)).data;
  const path = around?.path ?? [];
  // Above one's own area there is nothing more to see than in it.
  const top = path.findIndex(({ code }) => code === own);
  const choices = [...path.slice(Math.max(top, 0)), ...(around?.below ?? [])];
  return (
    <FilterChoice
      label={t.area}
      value={value ?? ''}
      choices={choices.map(({ code, name }) => ({ value: code, words: name }))}
      onChange={onChange}
    />
  );
}
