import type { Output } from '#contract/route.ts';
import type { patternRoutes } from '#contract/patterns.ts';
import type { PatternParts } from './parts.ts';
import type { Days, Sight } from './place.ts';

export type Kind = { code: string; name: string; nameEn: string };

/** What a kind of event is called; every kind together where the code is empty. */
export function kindNamer(categories: ReadonlyMap<string, Kind>): (code: string) => Kind {
  return (code) => {
    const { name = code, nameEn = code } =
      categories.get(code) ?? (code === '' ? { name: '各类事件', nameEn: 'events of every kind' } : {});
    return { code, name, nameEn };
  };
}

/** Names of an area and what it lies in, up to the community: 重庆村社区 · 一网格. */
export function areaName({ territory }: Pick<PatternParts, 'territory'>, code: string): string {
  const path = territory.area(code)?.path ?? [];
  const named = path
    .flatMap((one) => territory.area(one) ?? [])
    .filter(({ tier }) => tier !== 'city' && tier !== 'district' && tier !== 'street');
  return named.length === 0 ? (territory.area(code)?.name ?? code) : named.map(({ name }) => name).join(' · ');
}

/** Where a position lies, in words. */
export function placeAt(parts: Pick<PatternParts, 'territory'>, lon: number, lat: number) {
  const code = parts.territory.locate(lon, lat)?.code ?? parts.territory.city().code;
  return { areaCode: code, areaName: areaName(parts, code), lon, lat };
}

type Asked = Output<(typeof patternRoutes)['hotSpots']>['asked'];

/** What was asked, said with the answer. */
export function askedOf({ area, units }: Sight, days: Days, category: Kind | null): Asked {
  return { areaCode: area.code, areaName: area.name, ...days, category, ownOnly: units !== null };
}
