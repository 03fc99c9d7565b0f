import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { classRules, openRules } from './dictionary.ts';
import type { OpenDataParts } from './parts.ts';
import { groupsOf, recount, type AnyGroup } from './rules-groups.ts';
import { isWithheld, momentsOf, readyOn, talliesOf, totalsOf, type Totals } from './rules-month.ts';
import { countFixed, countReported, listLatest, listVersions } from './store.ts';

/** What would be published of a month now, and why it may not be. */
export interface Drafted {
  version: number;
  why: 'ready' | 'month_not_over' | 'too_soon' | 'too_few' | 'overlaps' | 'nothing_changed';
  readyOn: string;
  groups: AnyGroup[];
  totals: Totals | null;
  held: { withheld: number; tooFew: number; kept: number; homeless: number; coarse: number };
  /** Changes whenever anything above does. */
  digest: string;
}

/** A street or district that the actor publishes for. @throws AppError not_found, bad_input */
export function areaToPublish({ territory }: Pick<OpenDataParts, 'territory'>, actor: Actor, code: string) {
  const area = territory.area(code);
  if (area === undefined || !mayPublish(actor, area.path))
    throw new AppError(
      'not_found',
      'There is no such area, or it is not yours to publish for. Choose one of your own.',
    );
  if (area.tier !== 'street' && area.tier !== 'district')
    throw new AppError('bad_input', `area: expected a street or a district, found a ${area.tier}.`, { field: 'area' });
  return area;
}

export const mayPublish = (actor: Actor, path: readonly string[]): boolean =>
  actor.kind === 'system' || grantsFor(actor, 'feed.publish', { path, units: [] }).length > 0;

/** Draws up a month: the first time as groups of its own, later over the groups of the first. */
export async function draftMonth(
  parts: OpenDataParts,
  tx: Tx,
  { code, path, month }: { code: string; path: readonly string[]; month: string },
): Promise<Drafted> {
  const { k } = openRules();
  const categories = await parts.categories();
  const hidden = (categoryCode: string) => isWithheld(categoryCode, categories, classRules());
  const span = { areaCode: code, ...momentsOf(month) };
  const all = await countFixed(tx, span);
  const rows = all.filter(({ categoryCode }) => !hidden(categoryCode));
  const reported = (await countReported(tx, span)).filter(({ categoryCode }) => !hidden(categoryCode));
  const versions = await listVersions(tx, code, month);
  const tallies = talliesOf(rows, categories);
  const drawn = drawUp(versions.map(({ groups }) => groups), tallies, k); // prettier-ignore
  const fixed = drawn.groups.reduce((sum, { n }) => sum + (n ?? 0), 0);
  const sums = {
    tallies,
    fixed,
    reopened: Math.min(fixed, sum(rows, 'reopened')),
    reported: sum(reported, 'n'),
    reportedFixed: sum(reported, 'fixed'),
  };
  const last = versions.at(-1);
  const totals = last === undefined ? totalsOf(sums, k) : { ...last.totals, fixed };
  const held = {
    withheld: sum(all, 'n') - sum(rows, 'n'),
    tooFew: versions.length === 0 ? sum(rows, 'n') - fixed : 0,
    kept: drawn.kept,
    homeless: drawn.homeless,
    coarse: drawn.groups.filter(({ rest, path: told }) => rest || told.length < 5).reduce((n, one) => n + (one.n ?? 0), 0), // prettier-ignore
  };
  const why = await reasonOf(parts, tx, { code, path, month, drawn, first: versions.length === 0 });
  const digest = createHash('sha256').update(JSON.stringify([month, code, drawn.groups, totals])).digest('hex'); // prettier-ignore
  return {
    version: versions.length + 1,
    why,
    readyOn: readyOn(month, openRules().delayDays),
    groups: drawn.groups,
    totals: drawn.groups.length === 0 ? null : totals,
    held,
    digest,
  };
}

const sum = <K extends string>(rows: readonly Record<K, number>[], key: K): number =>
  rows.reduce((all, row) => all + row[key], 0);

type Drawn = ReturnType<typeof recount>;

function drawUp(versions: readonly (readonly AnyGroup[])[], tallies: Parameters<typeof groupsOf>[0], k: number): Drawn {
  if (versions.length > 0) return recount(versions, tallies, k);
  const groups = groupsOf(tallies, k);
  return { groups, changed: groups.length, kept: 0, homeless: 0 };
}

interface Asked {
  code: string;
  path: readonly string[];
  month: string;
  drawn: Drawn;
  first: boolean;
}

async function reasonOf({ clock }: OpenDataParts, tx: Tx, { code, path, month, drawn, first }: Asked) {
  const today = dayOf(clock.now());
  if (month >= today.slice(0, 7)) return 'month_not_over';
  if (today < readyOn(month, openRules().delayDays)) return 'too_soon';
  if (drawn.groups.length === 0) return 'too_few';
  if (!first && drawn.changed === 0) return 'nothing_changed';
  // A district beside one of its streets would let anybody subtract one from the other.
  const others = (await listLatest(tx, { month })).filter(({ areaCode }) => areaCode !== code);
  const overlaps = others.some((one) => path.includes(one.areaCode) || one.path.includes(code));
  return overlaps ? 'overlaps' : 'ready';
}
