import type { libraryRoutes } from '#contract/library.ts';
import type { Output } from '#contract/route.ts';
import { coverageWarning } from '#engine/worktime/coverage.ts';
import { blindScope } from '#server/db/scope.ts';
import type { Kit } from './act.ts';
import { listVersions } from './store-library.ts';

export async function readLibrary(kit: Kit): Promise<Output<(typeof libraryRoutes)['list']>> {
  const { version, categories, rules } = await kit.dictionary.get();
  const versions = await kit.database.read(blindScope, listVersions);
  return {
    version,
    categories: [...categories.values()],
    rules: [...rules.values()],
    versions: versions.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() })),
  };
}

export async function readCalendarView(kit: Kit): Promise<Output<(typeof libraryRoutes)['calendar']>> {
  const { calendar } = await kit.dictionary.get();
  return {
    offsetMinutes: calendar.offsetMinutes,
    weekly: calendar.weekly.map((hours) => hours.map(([from, to]) => [from, to] as [number, number])),
    coverageFrom: calendar.coverageFrom,
    coverageUntil: calendar.coverageUntil,
    days: [...calendar.days].map(([date, day]) => ({
      date,
      kind: day.kind,
      name: day.name ?? '',
      segments: day.segments === undefined ? null : day.segments.map(([from, to]) => [from, to] as [number, number]),
    })),
    warning: coverageWarning(calendar, kit.clock.now()) ?? null,
  };
}
