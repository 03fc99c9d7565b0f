import { queryOptions, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { planRoutes } from '#contract/operations-plans.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { ask } from './ask.ts';
import { may, useMe } from './me.ts';

/** The plans in force, for choosing one and for saying its name. */
const planNamesQuery = queryOptions({
  queryKey: ['plan-names'],
  queryFn: ({ signal }) => ask(planRoutes.list, { query: { retired: 'true' } }, { signal }),
  staleTime: 60_000,
});

export interface PlanName {
  code: string;
  name: string;
  retired: boolean;
}

/** Every plan by its code, in the reader's language; none for whoever may not read the library. */
export function usePlanNames(): readonly PlanName[] {
  const reads = may(useMe(), 'library.read');
  const lang = languageChoice.use();
  const { data } = useQuery({ ...planNamesQuery, enabled: reads });
  return useMemo(
    () =>
      (data?.items ?? []).map(({ code, name, nameEn, state }) => ({
        code,
        name: lang === 'en' && nameEn !== '' ? nameEn : name,
        retired: state === 'retired',
      })),
    [data, lang],
  );
}

/** Name of a plan by its code; the code itself while unknown. */
export function usePlanName(): (code: string) => string {
  const plans = usePlanNames();
  return useCallback((code) => plans.find((one) => one.code === code)?.name ?? code, [plans]);
}
