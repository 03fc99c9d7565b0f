import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useUnitName } from './names.ts';
import { unitsQuery } from './queries.ts';

interface Place {
  district: string;
  street: string | null;
}

/**
 * The library names roles ("urban management of the district"); people know units. Answers the name of the unit that
 * holds the role where the event lies: its street's first, else its district's; the role's own word when nobody does.
 */
export function useRoleUnits(): (role: string, at: Place) => string {
  const units = useQuery(unitsQuery).data?.items;
  const unitName = useUnitName();
  return useCallback(
    (role, at) => {
      const holders = (units ?? []).filter((unit) => unit.roleCode === role && unit.retiredAt === null);
      const near =
        holders.find((unit) => unit.areaCode === at.street) ?? holders.find((unit) => unit.areaCode === at.district);
      return near === undefined ? role : unitName(near);
    },
    [units, unitName],
  );
}

/** Name of a unit by its id, from the list of units; undefined while unknown. */
export function useUnitById(): (id: unknown) => string | undefined {
  const units = useQuery(unitsQuery).data?.items;
  const unitName = useUnitName();
  return useCallback(
    (id) => {
      const unit = units?.find((one) => one.id === id);
      return unit === undefined ? undefined : unitName(unit);
    },
    [units, unitName],
  );
}
