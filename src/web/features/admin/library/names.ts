import { useQuery } from '@tanstack/react-query';
import { adminLibrary } from '#web/i18n/admin-library.ts';
import { useText } from '#web/i18n/area.ts';
import { useName } from '../shared/names.ts';
import { unitsQuery } from '../shared/queries.ts';
import { partsOfLimit, type Limit } from './limit-text.ts';

/** Duty codes with the name of the units that carry them: the library names duties, people know units. */
export function useDuties(): { list: readonly { code: string; name: string }[]; nameOf: (code: string) => string } {
  const units = useQuery(unitsQuery()).data ?? [];
  const name = useName();
  const names = new Map<string, string>();
  for (const unit of units) if (!names.has(unit.roleCode)) names.set(unit.roleCode, name(unit));
  const list = [...names]
    .map(([code, words]) => ({ code, name: words }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return { list, nameOf: (code) => names.get(code) ?? code };
}

/** A limit as people say it: 5 个工作日, 4 working hours. */
export function useLimitWords(): (limit: Limit | undefined) => string {
  const t = useText(adminLibrary).limit;
  return (limit) => {
    if (limit === undefined) return t.byPriority;
    const { count, unit } = partsOfLimit(limit);
    return t.units[unit](count);
  };
}
