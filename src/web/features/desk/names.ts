import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { languageChoice, type Language } from '#web/i18n/language.ts';
import { categoriesQuery, streetsQuery } from './queries.ts';

export interface CategoryChoice {
  code: string;
  name: string;
  parentCode: string | null;
  retired: boolean;
}

/** Categories in the reader's language; a code the library does not list is shown as it is. */
export function useCategories(): { list: readonly CategoryChoice[]; nameOf: (code: string) => string } {
  const items = useQuery(categoriesQuery).data?.categories;
  const lang = languageChoice.use();
  return useMemo(() => {
    const list = (items ?? []).map((one) => ({
      code: one.code,
      parentCode: one.parentCode,
      retired: one.retired,
      name: lang === 'en' && one.nameEn !== '' ? one.nameEn : one.name,
    }));
    const names = new Map(list.map((one) => [one.code, one.name]));
    return { list, nameOf: (code) => names.get(code) ?? code };
  }, [items, lang]);
}

/** Name of a street or community by its code; undefined while unknown. */
export function useAreaName(): (code: string | null) => string | undefined {
  const items = useQuery(streetsQuery).data?.items;
  const names = useMemo(() => new Map((items ?? []).map((one) => [one.code, one.name])), [items]);
  return useCallback((code) => (code === null ? undefined : names.get(code)), [names]);
}

/** A unit's name in the reader's language. */
export function unitName(unit: { name: string; nameEn: string }, lang: Language): string {
  return lang === 'en' && unit.nameEn !== '' ? unit.nameEn : unit.name;
}

export function useUnitName(): (unit: { name: string; nameEn: string }) => string {
  const lang = languageChoice.use();
  return useCallback((unit) => unitName(unit, lang), [lang]);
}
