import type { libraryRoutes } from '#contract/library.ts';
import type { Output } from '#contract/route.ts';
import { addTime } from '#engine/worktime/elapsed.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Kit } from './act.ts';
import { findRule, limitOf, type Library, type Rule } from './library.ts';
import { listHandled, type HandledRow } from './store-rehearsal.ts';

type Rehearsal = Output<(typeof libraryRoutes)['rehearse']>;
const mostEvents = 50_000;

/**
 * Rule rehearsal (规则推演): the events of the last `days` days once under today's rules and once with `changes`. Late
 * means that the time from accepting to finishing ran past the handle limit, pauses left aside as they are not known to
 * a rule. Changes nothing.
 */
export async function rehearse(kit: Kit, changes: readonly Rule[], days: number): Promise<Rehearsal> {
  const library = await kit.dictionary.get();
  const changed: Library = {
    ...library,
    rules: new Map([...library.rules, ...changes.map((rule) => [rule.categoryCode, rule] as const)]),
  };
  const since = new Date(kit.clock.now() - days * 86_400_000).toISOString();
  const categories = [...library.categories.keys()].filter(
    (code) => findRule(library, code) !== findRule(changed, code),
  );
  const rows =
    categories.length === 0
      ? []
      : await kit.database.read(systemScope, (tx) => listHandled(tx, { since, categories, limit: mostEvents }));
  const byCategory = categories.flatMap((code) => {
    const before = findRule(library, code);
    const after = findRule(changed, code);
    const mine = rows.filter((row) => row.categoryCode === code);
    return before === undefined || after === undefined || mine.length === 0
      ? []
      : [compare(library, code, { before, after }, mine)];
  });
  const sum = (of: (row: (typeof byCategory)[number]) => number) => byCategory.reduce((all, row) => all + of(row), 0);
  return {
    days,
    events: sum((row) => row.events),
    otherTier: sum((row) => (row.tierFrom === row.tierTo ? 0 : row.events)),
    otherLead: sum((row) => (row.leadFrom === row.leadTo ? 0 : row.events)),
    otherPriority: sum((row) => row.otherPriority),
    becomeLate: sum((row) => row.becomeLate),
    becomeTimely: sum((row) => row.becomeTimely),
    byCategory,
    truncated: rows.length >= mostEvents,
  };
}

function compare(
  library: Library,
  categoryCode: string,
  rule: { before: Rule; after: Rule },
  rows: readonly HandledRow[],
) {
  const lateUnder = (one: Rule, row: HandledRow, priority: number) => {
    if (row.acceptedMs === null || row.doneMs === null) return false;
    const { kind, amount } = limitOf(one, priority, 'handle');
    return row.doneMs > addTime(library.calendar, kind, row.acceptedMs, amount).at;
  };
  // A priority somebody set by hand would have been set under the new rule too.
  const priorityAfter = (row: HandledRow) =>
    row.priority === rule.before.priority ? rule.after.priority : row.priority;
  const verdicts = rows.map((row) => ({
    before: lateUnder(rule.before, row, row.priority),
    after: lateUnder(rule.after, row, priorityAfter(row)),
  }));
  return {
    categoryCode,
    events: rows.length,
    tierFrom: rule.before.tier,
    tierTo: rule.after.tier,
    leadFrom: rule.before.leadRole,
    leadTo: rule.after.leadRole,
    otherPriority: rows.filter((row) => priorityAfter(row) !== row.priority).length,
    becomeLate: verdicts.filter((one) => !one.before && one.after).length,
    becomeTimely: verdicts.filter((one) => one.before && !one.after).length,
  };
}
