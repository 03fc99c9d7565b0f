import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useName } from '../parts/names.ts';
import { unitsQuery } from '../queries.ts';

/** Roles of units with the name of one that holds each: "power" means little, "Yuzhong Power Supply" much. */
export function useRoles(): readonly { code: string; words: string }[] {
  const items = useQuery(unitsQuery).data?.items;
  const nameOf = useName();
  return useMemo(() => {
    const holders = Map.groupBy(
      (items ?? []).filter((unit) => unit.retiredAt === null && unit.roleCode !== ''),
      (unit) => unit.roleCode,
    );
    return [...holders]
      .map(([code, [first]]) => ({ code, words: first === undefined ? code : `${nameOf(first)} (${code})` }))
      .toSorted((a, b) => a.code.localeCompare(b.code));
  }, [items, nameOf]);
}

export function useRoleName(): (code: string) => string {
  const roles = useRoles();
  const known = useMemo(() => new Map(roles.map((role) => [role.code, role.words])), [roles]);
  return useCallback((code) => known.get(code) ?? code, [known]);
}
