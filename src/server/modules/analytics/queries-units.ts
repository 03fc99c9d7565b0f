import type { analyticsUnitRoutes } from '#contract/analytics-units.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { addDays, dayOf } from '#kit/shanghai-days.ts';
import type { Area, Unit } from '#server/modules/grids/index.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import type { AnalyticsParts } from './parts.ts';
import { asOfNow } from './queries-cases.ts';
import { leastCases, standingOf, type Standing, type StratumLine } from './rules-compare.ts';
import { spanFor } from './scope.ts';
import type { SharedParts } from './shared.ts';
import { listOffers, listStrata, overallLate } from './store-units.ts';

type Routes = typeof analyticsUnitRoutes;
type Line = Output<Routes['compare']>['units'][number];

const maxMonths = 24;

/** Units of an area beside what the same cases would bring anywhere, by name: nobody is ranked. @throws AppError not_found, bad_input */
export async function compareUnits(
  parts: SharedParts,
  actor: Actor,
  query: Input<Routes['compare']>['query'],
): Promise<Output<Routes['compare']>> {
  const { from, to } = monthsOf(query, dayOf(parts.clock.now()));
  const { area: named, unit: own } = spanFor(parts, actor, { area: query.area });
  const area = comparedIn(parts, named, own);
  const wish = { area, from: `${from}-01`, to: `${to}-01` };
  const question = ['compare', area.code, from, to, named === undefined ? ['of', own?.id] : 'all'];
  return parts.shared.answer(scopeFor(actor, 'analytics.read'), question, async (tx) => {
    const overall = await overallLate(tx, wish.from, wish.to);
    const offers = await listOffers(tx, wish);
    const byUnit = Map.groupBy(await listStrata(tx, wish), ({ unitId }) => unitId);
    // Whoever reads for a unit and no area sees that unit's line alone.
    const ids = [...new Set([...byUnit.keys(), ...offers.keys()])].filter(
      (id) => named !== undefined || id === own?.id,
    );
    const heads = await parts.heads(tx, ids);
    const months = monthsBetween(from, to);
    return {
      place: { code: area.code, name: area.name },
      from,
      to,
      rate: overall,
      least: leastCases,
      units: ids
        .flatMap((id) =>
          toLine(parts, id, {
            lines: byUnit.get(id) ?? [],
            overall,
            offers: offers.get(id),
            heads: heads.get(id),
            months,
          }),
        )
        .toSorted((a, b) => a.unit.name.localeCompare(b.unit.name, 'zh-CN')),
      asOf: await asOfNow(parts, tx),
    };
  });
}

interface Found {
  lines: readonly StratumLine[];
  overall: number | null;
  offers: { offers: number; returned: number } | undefined;
  heads: number | undefined;
  months: number;
}

function toLine({ territory }: AnalyticsParts, id: string, found: Found): Line[] {
  const unit = territory.unit(id);
  if (unit === undefined) return [];
  const { variance: _variance, ...standing }: Standing = standingOf(found.lines, found.overall);
  const { heads, months, offers } = found;
  return [
    {
      ...standing,
      unit: { id, name: unit.name, nameEn: unit.nameEn },
      kind: unit.kind,
      offers: offers?.offers ?? 0,
      offersReturned: offers?.returned ?? 0,
      heads: heads ?? null,
      casesPerHeadMonth: heads === undefined || heads === 0 ? null : standing.cases / heads / months,
    },
  ];
}

/** Months of the question; nothing named: this one and the two before. @throws AppError bad_input */
function monthsOf(query: { from?: string | undefined; to?: string | undefined }, today: string) {
  const to = query.to ?? today.slice(0, 7);
  const from = query.from ?? addDays(`${to}-01`, -35).slice(0, 7);
  if (from > to || monthsBetween(from, to) > maxMonths)
    throw new AppError(
      'bad_input',
      `from, to: expected months in order, at most ${maxMonths}, found ${from} to ${to}.`,
      {
        field: 'from',
      },
    );
  return { from, to };
}

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5)) + 1;

/** Units are compared within a street or above; a unit alone stands beside the others of its street or district. @throws AppError bad_input, not_found */
function comparedIn({ territory }: AnalyticsParts, named: Area | undefined, own: Unit | undefined): Area {
  const compared = ({ tier }: Area): boolean => tier === 'street' || tier === 'district' || tier === 'city';
  if (named !== undefined && !compared(named))
    throw new AppError(
      'bad_input',
      `area: expected a street, district or city, found a ${named.tier}: too few cases to compare.`,
      {
        field: 'area',
      },
    );
  const path = own === undefined ? [] : (territory.area(own.areaCode)?.path ?? []);
  const found = named ?? path.flatMap((code) => territory.area(code) ?? []).findLast(compared);
  if (found === undefined)
    throw new AppError('not_found', 'There is no such area, or its figures are not yours to read.');
  return found;
}
