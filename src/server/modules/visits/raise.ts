/** What makes visits due today: warnings that ask for contact, and outages. State-based: run it as often as you like. */
import { toIsoDate } from '#engine/worktime/days.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { visitTriggers, type Trigger } from './dictionary.ts';
import type { VisitParts } from './parts.ts';
import { dayOf, startOf } from './rules-plan.ts';
import { takePlanner } from './store-plan.ts';
import { listOutages, raiseTasks, withdrawLapsed, type Demand, type OutageEvent, type Raised } from './store-raise.ts';

/**
 * Raises the visits that warnings and outages ask for and withdraws those whose reason has ended. Answers how many changed.
 * Each demand that changed something is a line `visit.raise`.
 */
export async function reconcileDemands(parts: VisitParts): Promise<number> {
  const runs = await parts.listContacts();
  return parts.database.inTx(systemScope, async (tx) => {
    if (!(await takePlanner(tx))) return 0;
    const nowMs = parts.clock.now();
    const day = dayOf(nowMs);
    const at = { nowMs, dayStartMs: startOf(day), dayEndMs: startOf(day + 1), today: toIsoDate(day) };
    const demands = [...runs.map(ofWarning), ...(await outageDemands(parts, tx))];
    const ids = (count: number) => Array.from({ length: count }, () => uuidV7(nowMs));
    const lapsed = await withdrawLapsed(
      tx,
      demands.map(({ sourceId }) => sourceId),
      at,
      ids,
    );
    for (const [sourceId, rows] of Map.groupBy(lapsed, (row) => row.sourceId))
      await tell(tx, rows, nowMs, { reason: rows[0]?.reason, sourceId, on: false });
    let raised = 0;
    for (const demand of demands) {
      const rows = await raiseTasks(tx, demand, at);
      raised += rows.length;
      if (rows.length > 0) await tell(tx, rows, nowMs, { reason: demand.reason, sourceId: demand.sourceId, on: true });
    }
    return raised + lapsed.length;
  });
}

function ofWarning({ id, target, areas, headline, onAt }: RunningEffect): Demand {
  return { sourceId: id, reason: 'warning', words: headline, areas, tags: [target], sinceMs: onAt.getTime() };
}

async function outageDemands({ events }: VisitParts, tx: Tx): Promise<Demand[]> {
  const triggers = [...visitTriggers().values()].filter(({ kind }) => kind === 'outage');
  const { categories } = await events.dictionary.get();
  const found = await listOutages(
    tx,
    triggers.flatMap((trigger) => trigger.categories),
  );
  return found.flatMap((event) => {
    const trigger = triggers.find(
      (one) => one.categories.includes(event.categoryCode) && event.priority <= one.priority,
    );
    const area = trigger === undefined ? null : reachOf(trigger, event);
    if (trigger === undefined || area === null) return [];
    const words = `${categories.get(event.categoryCode)?.name ?? trigger.name} ${event.number}`;
    const { tags } = trigger;
    return [
      { sourceId: event.id, reason: 'outage' as const, words, areas: [area], tags, sinceMs: event.since.getTime() },
    ];
  });
}

const reachOf = ({ reach }: Trigger, { grid, community }: OutageEvent): string | null =>
  reach === 'grid' ? (grid ?? community) : community;

/** Told to the grids concerned and what contains them, up to the street: ids, areas and a number. */
function tell(tx: Tx, rows: readonly Raised[], atMs: number, data: Record<string, unknown>): Promise<string> {
  const areas = [...new Set(rows.flatMap(({ path }) => path.filter((code) => code.length >= 9)))];
  return append(tx, {
    actor: { kind: 'system', accountId: null },
    action: 'visit.raise',
    subject: { type: 'visit_task', id: '*' },
    district: rows[0]?.district ?? '000000',
    atMs,
    data: {
      ...data,
      count: rows.length,
      grids: [...new Set(rows.flatMap(({ path }) => path.at(-1) ?? []))].slice(0, 200),
    },
    audience: areas.slice(0, 400).map((code) => `a:${code}`),
  });
}
