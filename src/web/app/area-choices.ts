import { queryOptions, useQuery } from '@tanstack/react-query';
import { gridsRoutes } from '#contract/grids.ts';
import type { Choice } from '#web/ui/FormLines.tsx';
import { ask } from './ask.ts';
import { mainOffice, useMe } from './me.ts';

/** The areas from the city down to this one, and those directly below it. */
function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['areas', 'around', code],
    queryFn: async ({ signal }) => {
      const [area, below] = await Promise.all([
        ask(gridsRoutes.area, { params: { code } }, { signal }),
        ask(gridsRoutes.areas, { query: { parent: code } }, { signal }),
      ]);
      return { path: area.path, below: below.items };
    },
    enabled: code !== '',
    staleTime: 300_000,
  });
}

/**
 * The areas to choose from, one step at a time: those above the chosen one up to one's own, it, and those below it.
 * `finest`: digits of the codes that are still offered below.
 */
export function useAreaChoices(chosen: string | undefined, finest = Infinity): Choice[] {
  const me = useMe();
  const own = me === null ? '' : (mainOffice(me)?.areaCode ?? '');
  const around = useQuery(areaQuery(chosen ?? own)).data;
  const path = around?.path ?? [];
  // Above one's own area there is nothing more to see than in it.
  const top = path.findIndex(({ code }) => code === own);
  const below = (around?.below ?? []).filter(({ code }) => code.length <= finest);
  return [...path.slice(Math.max(top, 0)), ...below].map(({ code, name }) => ({ value: code, words: name }));
}
