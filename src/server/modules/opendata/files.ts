/** The files of a release: the same release always gives the same bytes. */
import { createHash } from 'node:crypto';
import type { AreaGeometry } from '#engine/territory/geometry.ts';
import { csvLine } from '#server/files/csv-text.ts';
import { withheldClasses } from './dictionary.ts';
import type { OpenDataParts } from './parts.ts';
import type { FileRow, ReleaseRow } from './store.ts';
import { areaNamed, groupView, type Names } from './views.ts';

export const licence = {
  name: 'CC BY 4.0',
  url: 'https://creativecommons.org/licenses/by/4.0/',
};

/** Columns of fixed.csv, in their order. */
export const columns = [
  ['month', '办结的月份', 'Month in which the cases were closed'],
  ['street_code', '街道代码；空：没有分到街道', 'Code of the street; empty: not told'],
  ['street', '街道', 'Street'],
  ['class_code', '大类代码；空：没有分到大类', 'Code of the class; empty: not told'],
  ['class', '大类', 'Class'],
  ['community_code', '社区代码；空：没有分到社区', 'Code of the community; empty: not told'],
  ['community', '社区', 'Community'],
  ['kind_code', '小类代码；空：没有分到小类', 'Code of the kind; empty: not told'],
  ['kind', '小类', 'Kind'],
  ['week', '办结那一周的星期一；空：没有分到周', 'Monday of the week they were closed in; empty: not told'],
  [
    'scope',
    'all：前面各栏所指的全部；rest：其中没有单列成行的其余各件',
    'all: everything the columns before name; rest: of it what has no row of its own',
  ],
  ['fixed', '办结件数；空：更正后不足门槛，不再公布', 'Cases closed; empty: since a correction fewer than may be told'],
  ['median_days', '从上报到办结的天数中位数', 'Median of the days from report to closing'],
] as const;

/** CSV of all groups, GeoJSON of communities, the data dictionary and a note: how to read it, its licence, its limits. */
export function filesOf(release: ReleaseRow, names: Names): FileRow[] {
  return [
    file('fixed.csv', 'text/csv; charset=utf-8', groupsCsv(release, names)),
    file('communities.geojson', 'application/geo+json; charset=utf-8', communities(release, names)),
    file('dictionary.csv', 'text/csv; charset=utf-8', dictionaryCsv()),
    file('readme.txt', 'text/plain; charset=utf-8', note(release, names)),
  ];
}

function file(name: string, type: string, text: string): FileRow {
  const bytes = Buffer.from(text, 'utf8');
  return { name, type, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Spreadsheets read UTF-8 only when it begins with this. */
const mark = '\ufeff';

function groupsCsv({ month, groups }: ReleaseRow, names: Names): string {
  const lines = groups.map((group) => {
    const { street, class: kind, community, leaf, week, rest, fixed, medianDays } = groupView(group, names);
    const both = (one: { code: string; name: string } | null) => [one?.code ?? '', one?.name ?? ''];
    const told = [...both(street), ...both(kind), ...both(community), ...both(leaf), week ?? ''];
    return csvLine([month, ...told, rest ? 'rest' : 'all', fixed, medianDays]);
  });
  return mark + csvLine(columns.map(([name]) => name)) + lines.join('');
}

function dictionaryCsv(): string {
  const head = csvLine(['column', '说明', 'meaning']);
  return mark + head + columns.map((row) => csvLine([...row])).join('');
}

/** Cases told down to a community: at least so many, for others of it may lie in what is told of its street only. */
export function communitiesIn(groups: ReleaseRow['groups']): Map<string, number> {
  const found = new Map<string, number>();
  for (const { path, n } of groups) {
    const community = path[2];
    if (community !== undefined && community !== '-' && n !== null)
      found.set(community, (found.get(community) ?? 0) + n);
  }
  return found;
}

function communities({ groups, month }: ReleaseRow, names: Names): string {
  const features = [...communitiesIn(groups)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, fixed]) => ({
      type: 'Feature',
      id: code,
      properties: { code, name: areaNamed(names, code).name, month, fixed_at_least: fixed },
      geometry: shapeOf(names.territory, code),
    }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

/** Five decimals, about a metre: an outline, not a survey. */
function shapeOf(territory: OpenDataParts['territory'], code: string): unknown {
  const geometry: AreaGeometry | null | undefined = territory.maps().areas.get(code)?.geometry;
  const round = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(round) : Math.round(Number(value) * 1e5) / 1e5;
  return geometry === null || geometry === undefined
    ? null
    : { type: geometry.type, coordinates: geometry.coordinates.map(round) };
}

function note({ areaCode, month, version, k, totals, publishedAt }: ReleaseRow, names: Names): string {
  const withheld = withheldClasses().map(({ name }) => name);
  const told = (n: number | null): string => (n === null ? `不足 ${k} 件，不公布` : `${n} 件`);
  return [
    `${areaNamed(names, areaCode).name} ${month} 办结事件（第 ${version} 版，${publishedAt.toISOString().slice(0, 10)} 发布）`,
    '',
    `办结 ${totals.fixed} 件；天数中位数 ${totals.medianDays} 天；其中曾被要求重办：${told(totals.reopened)}。`,
    `本月上报 ${told(totals.reported)}，到发布时已办结：${told(totals.reportedFixed)}。`,
    '',
    '怎么读',
    `1. 每件办结的事件恰好算在一行里；每行至少 ${k} 件，凑不够的并入上级或“其余”（scope = rest）。各行相加等于办结总数。`,
    '2. 空着的栏表示没有分到那么细，不表示没有。',
    `3. 不含文字、照片、准确位置、具体办理的单位和人。下列类别从不公布，也不计入总数：${withheld.join('、')}。`,
    '4. 发布后不再改动。更正另出新版，分组不变；变动不足门槛的数字保持原样。',
    '',
    `许可：${licence.name}（${licence.url}），使用时请注明来源。许可为建议，以发布单位的决定为准。`,
    '',
  ].join('\n');
}
