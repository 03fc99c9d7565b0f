import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useText } from '#web/i18n/area.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { operations } from '#web/i18n/operations.ts';
import { categoriesQuery, unitsQuery, type Doer } from '../queries.ts';

interface Named {
  name: string;
  nameEn: string;
}

/** A name in the reader's language. */
export function useName(): (named: Named) => string {
  const lang = languageChoice.use();
  return useCallback(({ name, nameEn }) => (lang === 'en' && nameEn !== '' ? nameEn : name), [lang]);
}

/** Name of a category by its code; the code itself while unknown. */
export function useCategoryName(): (code: string) => string {
  const items = useQuery(categoriesQuery).data?.categories;
  const nameOf = useName();
  const known = useMemo(() => new Map((items ?? []).map((one) => [one.code, one])), [items]);
  return useCallback(
    (code) => {
      const found = known.get(code);
      return found === undefined ? code : nameOf(found);
    },
    [known, nameOf],
  );
}

/** Name of a unit by its id; undefined while unknown. */
export function useUnitName(): (id: string) => string | undefined {
  const items = useQuery(unitsQuery).data?.items;
  const nameOf = useName();
  const known = useMemo(() => new Map((items ?? []).map((one) => [one.id, one])), [items]);
  return useCallback(
    (id) => {
      const found = known.get(id);
      return found === undefined ? undefined : nameOf(found);
    },
    [known, nameOf],
  );
}

/** Who did it: unit and person, marked when it came through a signed link. */
export function useDoer(): (by: Doer) => string {
  const t = useText(operations).stream;
  const nameOf = useName();
  return useCallback(
    ({ name, unit, viaLink }) => {
      const who = [unit === null ? null : nameOf(unit), name].filter((one) => one !== null && one !== '').join(' ');
      return who === '' ? t.system : viaLink ? `${who} ${t.byLink}` : who;
    },
    [nameOf, t],
  );
}
