import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { impassable } from '#engine/network/profile.ts';
import { joined } from '#engine/network/holds.ts';
import type { ProfileResult } from './evaluate-city.ts';
import type { Summary } from './summary.ts';
import type { Cells } from './tables.ts';

const minutes = (ds: number | undefined): number | null =>
  ds === undefined || ds === impassable ? null : Math.round(ds / 60) / 10;

/** A cell of a CSV; what a spreadsheet would take for a formula is made a text. */
function quoted(value: string | number | null): string {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  for (const line of lines) if (!file.write(`${line}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

/** A row for each cell: minutes, facility, minutes back and detour of each class, and which classes it lacks. */
export function writeCellsCsv(
  folder: string,
  cells: Cells,
  { word, classes, cellHolds }: ProfileResult,
): Promise<void> {
  function* lines(): Iterable<string> {
    const own = classes.flatMap(({ norm: { code } }) => [
      `${code}_min`,
      `${code}_facility`,
      `${code}_back_min`,
      `${code}_detour`,
    ]);
    yield ['\uFEFFcode', 'lon', 'lat', 'people', 'elders', 'children', 'joined', 'lacks', ...own].join(',');
    for (const [k, code] of cells.code.entries()) {
      const home = [code, cells.lon[k] ?? null, cells.lat[k] ?? null, cells.people[k] ?? null, cells.knows.elders ? (cells.elders[k] ?? null) : null, cells.knows.children ? (cells.children[k] ?? null) : null]; // prettier-ignore
      const found = classes.flatMap(({ reach, places, detour }) => [
        minutes(reach.nearestDs[k]),
        places.code[reach.facility[k] ?? -1] ?? null,
        minutes(reach.backDs?.[k]),
        Math.round((detour[k] ?? NaN) * 100) / 100,
      ]);
      yield [...home, joined(cellHolds, k) ? 1 : 0, lacks(classes, k).join(' '), ...found].map(quoted).join(',');
    }
  }
  return writeLines(join(folder, `cells-${word.code}.csv`), lines());
}

function lacks(classes: ProfileResult['classes'], cell: number): string[] {
  return classes
    .filter(({ norm, reach }) => (reach.nearestDs[cell] as number) > norm.walkMin * 600)
    .map(({ norm }) => norm.code);
}

/** A point for each cell with the minutes to each class. */
export function writeCellsGeoJson(folder: string, cells: Cells, { word, classes }: ProfileResult): Promise<void> {
  function* lines(): Iterable<string> {
    yield '{"type":"FeatureCollection","features":[';
    const last = cells.code.length - 1;
    for (const [k, code] of cells.code.entries()) {
      const times = Object.fromEntries(classes.map(({ norm, reach }) => [norm.code, minutes(reach.nearestDs[k])]));
      const known = {
        ...(cells.knows.elders && { elders: cells.elders[k] }),
        ...(cells.knows.children && { children: cells.children[k] }),
      };
      const properties = { code, people: cells.people[k], ...known, lacks: lacks(classes, k).join(' '), ...times };
      yield (
        JSON.stringify({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [cells.lon[k], cells.lat[k]] },
          properties,
        }) + (k < last ? ',' : '')
      );
    }
    yield ']}';
  }
  return writeLines(join(folder, `cells-${word.code}.geojson`), lines());
}

/** Outlines of what lies within each limit of the nearest facility of each class, the longer first. */
export function writeIsochrones(folder: string, { word, classes }: ProfileResult): Promise<void> {
  const features = classes.flatMap(({ norm, isochrones }) =>
    isochrones.toReversed().map(({ seconds, geometry }) =>
      JSON.stringify({
        type: 'Feature',
        geometry,
        properties: { class: norm.code, name: norm.name, minutes: seconds / 60, profile: word.code },
      }),
    ),
  );
  return writeLines(join(folder, `isochrones-${word.code}.geojson`), [
    `{"type":"FeatureCollection","features":[${features.join(',\n')}]}`,
  ]);
}

/** A row for each walker and class. */
export function writeClassesCsv(folder: string, { profiles }: Summary): Promise<void> {
  const head = ['profile', 'class', 'name', 'standard_min', 'facilities', 'counted', 'not_joined', 'hours_unknown', 'people_5', 'people_10', 'people_15', 'elders_5', 'elders_10', 'elders_15', 'children_5', 'children_10', 'children_15', 'lacking_people', 'lacking_elders', 'lacking_children', 'lacking_share', 'median_min', 'median_detour', 'way_back_harder_people', 'capacity_unknown', 'gini', 'palma']; // prettier-ignore
  const rows = profiles.flatMap(({ profile, classes }) =>
    classes.map(
      (one) =>
      [
        profile, one.class, one.name, one.standardMin, one.facilities, one.counted, one.notJoined, one.hoursUnknown,
        ...(['people', 'elders', 'children'] as const).flatMap((group) => one.within.map((limit) => limit[group])),
        one.lacking.people, one.lacking.elders, one.lacking.children, one.lacking.share, one.medianMinutes, one.medianDetour,
        one.wayBackHarderPeople, one.capacityUnknown, one.gini, one.palma,
      ].map(quoted).join(','), // prettier-ignore
    ),
  );
  return writeLines(join(folder, 'classes.csv'), [`\uFEFF${head.join(',')}`, ...rows]);
}

export function writeSummary(folder: string, summary: Summary): void {
  writeFileSync(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
}
