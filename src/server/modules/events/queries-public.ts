import type { publicRoutes } from '#contract/public.ts';
import type { Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Area, Territory } from '#server/modules/grids/index.ts';
import type { Library } from './library.ts';

type Routes = typeof publicRoutes;

/** @throws AppError bad_input for a category residents are not offered: its matters are no business of the public */
export function assertPublic(library: Library, code: string): void {
  if (library.categories.get(code)?.publicReport === true) return;
  throw new AppError(
    'bad_input',
    `categoryCode: expected one of the categories residents may choose, found "${code}". Choose again from the list.`,
  );
}

/** What residents may choose: public categories with their classes. */
export function listPublicCategories(library: Library): Output<Routes['categories']>['items'] {
  return [...library.categories.values()]
    .filter((category) => category.publicReport && !category.retired)
    .map(({ code, name, nameEn, icon, parentCode }) => ({ code, name, nameEn, icon, parentCode }));
}

export function locatePoint(territory: Territory, lon: number, lat: number): Output<Routes['locate']> {
  const area = territory.locate(lon, lat);
  const areas = (area?.path ?? []).flatMap((code) => territory.area(code) ?? []);
  return { areas: areas.map(({ code, tier, name }) => ({ code, tier, name })), outside: area === undefined };
}

/** Districts, streets and communities, for those who choose instead of pointing. */
export function listStreets(territory: Territory): Output<Routes['streets']>['items'] {
  const items: Area[] = [];
  const queue = [...territory.children(territory.city().code)];
  for (let area = queue.shift(); area !== undefined; area = queue.shift()) {
    if (area.tier !== 'district' && area.tier !== 'street' && area.tier !== 'community') continue;
    items.push(area);
    if (area.tier !== 'community') queue.push(...territory.children(area.code));
  }
  return items.map(({ code, name, parentCode, tier }) => ({ code, name, parentCode, tier }));
}
