import { useQuery } from '@tanstack/react-query';
import { gridsRoutes } from '#contract/grids.ts';
import { ask } from '#web/app/ask.ts';
import { useMe } from '#web/app/me.ts';

export interface Community {
  code: string;
  name: string;
  /** The grids one answers for when one does not answer for all of it. */
  only: readonly string[] | null;
}

const areasUnder = (parent: string, tier: 'community' | 'grid', signal: AbortSignal) =>
  ask(gridsRoutes.areas, { query: { parent, tier } }, { signal }).then(({ items }) => items);

/** The communities of an office: those of its area, or the one its grid lies in. */
async function communitiesOf(area: string, signal: AbortSignal): Promise<Community[]> {
  const found = await areasUnder(area, 'community', signal);
  if (found.length > 0) return found.map(({ code, name }) => ({ code, name, only: null }));
  const [{ path }, grids] = await Promise.all([
    ask(gridsRoutes.area, { params: { code: area } }, { signal }),
    areasUnder(area, 'grid', signal),
  ]);
  const only = grids.map(({ code }) => code);
  return path.flatMap(({ code, name, tier }) =>
    tier === 'community' && only.length > 0 ? [{ code, name, only }] : [],
  );
}

/** One line for each community; several offices in one add up. */
function joined(all: readonly Community[]): Community[] {
  const byCode = new Map<string, Community>();
  for (const one of all) {
    const before = byCode.get(one.code);
    const only = before === undefined ? one.only : before.only && one.only && [...before.only, ...one.only];
    byCode.set(one.code, { ...one, only });
  }
  return [...byCode.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Where this person may link groups. */
export function useOwnCommunities() {
  const offices = (useMe()?.appointments ?? []).flatMap(({ live, areaCode }) =>
    live && areaCode !== null ? areaCode : [],
  );
  const areas = [...new Set(offices)].toSorted();
  return useQuery({
    queryKey: ['areas', 'own-communities', areas],
    queryFn: async ({ signal }) => joined((await Promise.all(areas.map((area) => communitiesOf(area, signal)))).flat()),
    staleTime: 60_000,
  });
}

/** The grids of a community this person may link, with their residents. */
export function useOwnGrids(community: Community | undefined) {
  return useQuery({
    queryKey: ['areas', 'grids-of', community?.code],
    queryFn: ({ signal }) => areasUnder(community?.code ?? '', 'grid', signal),
    enabled: community !== undefined,
    staleTime: 60_000,
    select: (items) => items.filter(({ code }) => community?.only?.includes(code) ?? true),
  });
}
