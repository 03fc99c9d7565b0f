import type { Output } from '#contract/route.ts';
import type { openReleaseRoutes } from '#contract/opendata.ts';
import type { CategoryName, OpenDataParts } from './parts.ts';
import type { AnyGroup } from './rules-groups.ts';
import type { FileLine, ReleaseRow } from './store.ts';

type Preview = Output<(typeof openReleaseRoutes)['preview']>;
export type GroupView = Preview['groups'][number];
export type ReleaseView = Output<(typeof openReleaseRoutes)['list']>['items'][number];

export interface Names {
  categories: ReadonlyMap<string, CategoryName>;
  territory: OpenDataParts['territory'];
}

/** '-' tells that there is none, such as a case outside every community. */
const none = { name: '未落到辖区', nameEn: 'Not placed' };

export function areaNamed({ territory }: Pick<Names, 'territory'>, code: string) {
  const name = territory.area(code)?.name ?? code;
  return code === '-' ? { code, ...none } : { code, name, nameEn: name };
}

function classNamed({ categories }: Pick<Names, 'categories'>, code: string) {
  const found = categories.get(code);
  return { code, name: found?.name ?? '未分类', nameEn: found?.nameEn ?? 'Not classed' };
}

export function groupView({ path, rest, n, medianDays }: AnyGroup, names: Names): GroupView {
  const [street, kind, community, leaf, week] = path;
  return {
    street: street === undefined ? null : areaNamed(names, street),
    class: kind === undefined ? null : classNamed(names, kind),
    community: community === undefined ? null : areaNamed(names, community),
    leaf: leaf === undefined ? null : classNamed(names, leaf),
    week: week ?? null,
    rest,
    fixed: n,
    medianDays,
  };
}

export function releaseView(row: ReleaseRow, files: readonly FileLine[], names: Pick<Names, 'territory'>): ReleaseView {
  const { id, areaCode, month, version, k, totals, groups, publishedAt } = row;
  return {
    id,
    areaCode,
    areaName: areaNamed(names, areaCode).name,
    month,
    version,
    k,
    totals,
    groups: groups.length,
    publishedAt: publishedAt.toISOString(),
    files: files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  };
}
