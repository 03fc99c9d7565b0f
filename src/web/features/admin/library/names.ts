import { useQuery } from '@tanstack/react-query';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { words } from '#web/i18n/words.ts';
import { useName } from '../shared/names.ts';
import { unitsQuery } from '../shared/queries.ts';
import { dutyName } from './duty-name.ts';
import { partsOfLimit, type Limit } from './limit-text.ts';

/** Duty codes with what the units that carry them have in common: the library names duties, people know units. */
export function useDuties(): { list: readonly { code: string; name: string }[]; nameOf: (code: string) => string } {
  const units = useQuery(unitsQuery()).data ?? [];
  const name = useName();
  const tierWords = Object.values(useText(words).tier);
  const held = new Map<string, string[]>();
  for (const unit of units) held.set(unit.roleCode, [...(held.get(unit.roleCode) ?? []), name(unit)]);
  const names = new Map([...held].map(([code, all]) => [code, dutyName(all, tierWords)]));
  const list = [...names].map(([code, said]) => ({ code, name: said })).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return { list, nameOf: (code) => names.get(code) ?? code };
}

/** A limit as people say it: 5 working days, 4 working hours. */
export function useLimitWords(): (limit: Limit | undefined) => string {
  const t = useText(adminLibrary).limit;
  return (limit) => {
    if (limit === undefined) return t.byPriority;
    const { count, unit } = partsOfLimit(limit);
    return t.units[unit](count);
  };
}
