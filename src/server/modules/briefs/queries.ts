import type { briefRoutes, SectionKey } from '#contract/briefs.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import { reportTypes } from '#server/files/report.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { centreOf, mayEdit, noBrief } from './access.ts';
import { writeBrief } from './files.ts';
import type { BriefsParts } from './parts.ts';
import { findBrief, findFile, listBriefs, type BriefFile, type BriefRow } from './store.ts';
import { listSchedules } from './store-schedule.ts';
import { briefView, rowView, scheduleView } from './views.ts';

type Routes = typeof briefRoutes;

export function readBriefs(
  parts: BriefsParts,
  actor: Actor,
  { cursor, limit, ...filter }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const scope = scopeFor(actor, 'analytics.read');
  const after = readCursor(cursor);
  return parts.database.read(scope, async (tx) => {
    const rows = await listBriefs(tx, scope, { ...filter, after, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => rowView(parts, row)),
      next: rows.length > limit && last !== undefined ? `${last.lastDay}_${last.id}` : null,
    };
  });
}

/** @throws AppError bad_input */
function readCursor(cursor: string | undefined): { lastDay: string; id: string } | null {
  if (cursor === undefined) return null;
  const [lastDay = '', id = ''] = cursor.split('_');
  if (/^\d{4}-\d\d-\d\d$/.test(lastDay) && isUuid(id)) return { lastDay, id };
  throw new AppError('bad_input', 'cursor: expected the value of "next" of the page before. Start again.');
}

/** @throws AppError not_found */
export function readBrief(parts: BriefsParts, actor: Actor, id: string): Promise<Output<Routes['get']>> {
  const scope = scopeFor(actor, 'analytics.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findBrief(tx, scope, id);
    if (row === undefined) throw noBrief();
    return briefView(parts, tx, actor, row);
  });
}

/** Areas the actor reads, whether they may draft there, who may be sent a brief, and when drafts make themselves. */
export async function readChoices(parts: BriefsParts, actor: Actor): Promise<Output<Routes['choices']>> {
  const { territory } = parts;
  const own = scopeFor(actor, 'analytics.read').areas.flatMap((code) => territory.area(code) ?? []);
  const areas = own.flatMap((area) => [area, ...territory.children(area.code)]).filter(({ tier }) => tier !== 'grid');
  const centres = own.flatMap((area) => centreOf(parts, area.path) ?? []);
  const schedules = await parts.database.read(systemScope, (tx) => listSchedules(tx, centres.map(({ id }) => id))); // prettier-ignore
  return {
    areas: uniqueBy(areas, ({ code }) => code).map(({ code, name, tier, path }) => ({ code, name, tier, mayEdit: mayEdit(actor, path) })), // prettier-ignore
    recipients: recipientsOf(parts, own),
    schedules: schedules.map((row) => scheduleView(parts, row)),
  };
}

/** Centres above and beside, posts and departments the area works with, committees below. */
function recipientsOf({ territory }: BriefsParts, own: readonly Area[]): { id: string; name: string }[] {
  const found = own.flatMap((area) => {
    const around = [...area.path, ...territory.children(area.code).map(({ code }) => code)];
    return ['centre', 'committee'].flatMap((role) => territory.unitsByRole(role, around));
  });
  return uniqueBy(found, ({ id }) => id).map(({ id, name }) => ({ id, name }));
}

const uniqueBy = <T>(list: readonly T[], keyOf: (one: T) => string): T[] => [
  ...new Map(list.map((one) => [keyOf(one), one])).values(),
];

/** The frozen file of an issued brief; a draft as it would be now, marked as a draft. @throws AppError not_found */
export function readFile(
  parts: BriefsParts,
  actor: Actor,
  { id, format }: { id: string; format: BriefFile['format'] },
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const scope = scopeFor(actor, 'analytics.read');
  return parts.database.read(scope, async (tx) => {
    const row = await findBrief(tx, scope, id);
    if (row === undefined) throw noBrief();
    const frozen = row.state === 'issued' ? await findFile(tx, id, format) : undefined;
    const bytes = frozen ?? (await writeBrief(row, format, { recipients: recipientNames(parts, row), nowMs: parts.clock.now() })).bytes; // prettier-ignore
    const mark = row.state === 'issued' ? '' : '（草稿）';
    return {
      name: `${row.body.title} ${row.firstDay}至${row.lastDay}${mark}.${format}`,
      type: reportTypes[format],
      bytes,
    };
  });
}

const recipientNames = ({ territory }: BriefsParts, { recipientUnits }: BriefRow): string[] =>
  recipientUnits.map((id) => territory.unit(id)?.name ?? '').filter((name) => name !== '');

/** Words for a section, drafted from its own lines. Nothing is written. @throws AppError not_found, in_use when there is no assistant */
export async function suggestRemark(
  parts: BriefsParts,
  actor: Actor,
  { id, section }: { id: string; section: SectionKey },
): Promise<Output<Routes['suggest']>> {
  const brief = await readBrief(parts, actor, id);
  if (!brief.mayEdit) throw noBrief();
  const told = brief.body.sections.filter(({ key }) => section === 'advice' || key === section);
  const lines = told.flatMap(({ heading, text, table }) => [heading, ...text, ...(table?.rows.map((row) => row.join(' ')) ?? [])]); // prettier-ignore
  const found = await parts.draft?.(actor, { briefId: id, areaCode: brief.areaCode, section, lines });
  if (found === null || found === undefined)
    throw new AppError('not_found', 'The writing assistant is off or has nothing to say. Write the words yourself.');
  return found;
}
