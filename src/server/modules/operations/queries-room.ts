import type * as z from 'zod';
import type { operationView, roomView } from '#contract/operations-views.ts';
import type { Permission } from '#contract/route.ts';
import type { PlanBody } from '#contract/operations-plans.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { timeline, type TimelineLine } from '#server/modules/ledger/index.ts';
import { personNameContext, toLinkView } from './commands-link.ts';
import { leadUnitOf } from './commands-open.ts';
import { cordonsOf, feedOf } from './feed.ts';
import type { OperationsDeps } from './parts.ts';
import { findOperation, listSteps, type OperationRow, type StepRow } from './store-operation.ts';
import { listLinks, type LinkRow } from './store-link.ts';
import { findPlanVersion } from './store-plan.ts';
import { accountNames, listMessages, listPositions, type MessageRow, type PositionRow } from './store-room.ts';
import { doerView, unitView, type Names } from './views.ts';

type RoomView = z.input<typeof roomView>;

export const defaultNearbyM = 100;

/** Everything a room holds, read in one transaction. */
interface Held {
  rows: CaseRows;
  operation: OperationRow | undefined;
  plan: PlanBody | undefined;
  steps: StepRow[];
  messages: MessageRow[];
  positions: PositionRow[];
  links: LinkRow[];
  lines: TimelineLine[];
  names: Names;
}

async function readHeld(kit: OperationsDeps, tx: Tx, eventId: string): Promise<Held> {
  const rows = await kit.events.joint.look(tx, eventId);
  const operation = await findOperation(tx, eventId);
  const links = await listLinks(tx, eventId);
  const lines = await timeline(tx, 'event', eventId);
  const inside =
    operation === undefined
      ? { plan: undefined, steps: [], messages: [], positions: [] }
      : {
          plan: await planOf(tx, operation),
          steps: await listSteps(tx, operation.id),
          messages: await listMessages(tx, operation.id),
          positions:
            operation.endedMs === null && rows.event.endedMs === null
              ? await listPositions(tx, operation.id, kit.clock.now())
              : [],
        };
  const accounts = await accountNames(tx, [
    ...lines.flatMap((line) => line.actorId ?? []),
    ...inside.messages.flatMap((one) => one.accountId ?? []),
    ...inside.steps.flatMap((one) => one.byAccount ?? []),
    ...inside.positions.map((one) => one.accountId),
    ...(operation?.openedBy === null || operation === undefined ? [] : [operation.openedBy]),
  ]);
  return { rows, operation, links, lines, ...inside, names: { accounts, links: linkNames(kit, links) } };
}

async function planOf(tx: Tx, { planCode, planVersion }: OperationRow): Promise<PlanBody | undefined> {
  return planCode === null || planVersion === null ? undefined : findPlanVersion(tx, planCode, planVersion);
}

function linkNames({ vault }: OperationsDeps, links: readonly LinkRow[]): ReadonlyMap<string, string> {
  return new Map(
    links.flatMap((link) =>
      link.personName === null ? [] : [[link.id, vault.open(link.personName, personNameContext)] as const],
    ),
  );
}

/**
 * The joint room, for units with a task and whoever's appointment reaches the event.
 * @throws AppError not_found, for reporters too: they follow their receipt
 */
export async function readRoom(kit: OperationsDeps, actor: Actor, eventId: string): Promise<RoomView> {
  const detail = await kit.events.handlers.get({ params: { id: eventId }, query: {}, body: {} }, { actor });
  const held = await kit.database.read(scopeOf(actor), (tx) => readHeld(kit, tx, eventId));
  const { rows, operation, messages, names, links } = held;
  const can = (permission: Permission, who: 'field' | 'joint') =>
    kit.events.joint.standing(actor, rows, permission, who) !== undefined;
  if (!can('event.read', 'field'))
    throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
  const { id, number, title, description, categoryCode, priority, status } = detail;
  const { lon, lat, placeWords, reportedAt, version, tasks, clocks, calls, allowed } = detail;
  return {
    event: {
      id,
      number,
      title,
      description,
      categoryCode,
      priority,
      status,
      lon,
      lat,
      placeWords,
      reportedAt,
      version,
    },
    operation: operation === undefined ? null : toOperationView(kit, held, operation),
    leadUnit: unitView(kit.territory, leadUnitOf(rows)),
    tasks,
    clocks,
    calls,
    allowed,
    feed: feedOf(kit.territory, { lines: held.lines, messages, names }),
    cordons: cordonsOf(kit.territory, messages, names),
    positions: held.positions.map((one) => toPositionView(kit, one, names, actor)),
    links: can('event.dispatch', 'joint') ? links.map((link) => toLinkView(kit, link, rows)) : [],
    may: rightsOf(kit, held, can),
  };
}

function toPositionView({ territory }: OperationsDeps, one: PositionRow, names: Names, actor: Actor) {
  const { accountId, unitId, lon, lat, accuracyM, words } = one;
  return {
    id: accountId,
    lon,
    lat,
    accuracyM,
    words,
    at: toIso(one.atMs),
    until: toIso(one.untilMs),
    by: doerView(territory, names, { accountId, unitId, linkId: null }),
    mine: accountId === actor.accountId,
  };
}

function rightsOf(
  kit: OperationsDeps,
  { operation, rows }: Held,
  can: (permission: Permission, who: 'field' | 'joint') => boolean,
): RoomView['may'] {
  const eventOpen = rows.event.endedMs === null;
  const running = operation !== undefined && operation.endedMs === null && eventOpen;
  const speaks = running && can('event.annotate', 'field');
  const mayOpen = operation === undefined || operation.endedMs !== null || operation.planCode === null;
  return {
    open: eventOpen && mayOpen && can('event.annotate', 'joint'),
    end: running && can('event.dispatch', 'joint'),
    step: speaks,
    message: speaks,
    cordon: speaks,
    position: speaks,
    link: running && can('event.dispatch', 'joint'),
    nearby: kit.nearby !== undefined && rows.event.lon !== null && can('care.glance', 'field'),
  };
}

function toOperationView(
  kit: OperationsDeps,
  { rows, plan, steps, names }: Held,
  operation: OperationRow,
): z.input<typeof operationView> {
  const { territory } = kit;
  const who = { accountId: operation.openedBy, unitId: operation.openedUnitId, linkId: null };
  const endedMs = operation.endedMs ?? rows.event.endedMs;
  return {
    id: operation.id,
    planCode: operation.planCode,
    planName: plan?.name ?? null,
    planNameEn: plan?.nameEn ?? null,
    planVersion: operation.planVersion,
    nearbyM: plan?.nearbyM ?? defaultNearbyM,
    places: plan?.places ?? [],
    openedAt: toIso(operation.openedMs),
    openedBy: doerView(territory, names, who),
    endedAt: endedMs === null ? null : toIso(endedMs),
    steps: steps.map((step) => toStepView(kit, step, rows, names)),
  };
}

function toStepView(
  kit: OperationsDeps,
  step: StepRow,
  rows: CaseRows,
  names: Names,
): z.input<typeof operationView>['steps'][number] {
  const { body, status, atMs, reason, dueMs } = step;
  const { key, words, wordsEn, role, kind, required, call } = body;
  const invited = unitsFor(kit, body.inviteRoles, rows);
  return {
    id: step.id,
    key,
    words,
    wordsEn,
    role,
    kind,
    required,
    call,
    status,
    reason,
    dueAt: toIso(dueMs),
    late: (atMs ?? kit.clock.now()) > dueMs,
    units: invited.units,
    missingRoles: invited.missing,
    by:
      status === 'todo'
        ? null
        : doerView(kit.territory, names, { accountId: step.byAccount, unitId: step.byUnit, linkId: null }),
    at: atMs === null ? null : toIso(atMs),
  };
}

/** The nearest unit of each role on the path of the event. */
function unitsFor({ territory, events }: OperationsDeps, roles: readonly string[], rows: CaseRows) {
  const path = events.joint.pathOf(rows);
  const reachable = roles.length === 0 ? new Set<string>() : events.joint.reachable(rows);
  const holding = new Set(
    rows.tasks
      .filter((task) => ['offered', 'accepted', 'on_site', 'done'].includes(task.status))
      .map((task) => task.unitId),
  );
  const found = roles.map((role) => ({ role, unit: territory.unitsByRole(role, path)[0] }));
  return {
    units: found.flatMap(({ unit }) =>
      unit === undefined
        ? []
        : [{ unit: unitView(territory, unit.id), hasTask: holding.has(unit.id), reachable: reachable.has(unit.id) }],
    ),
    missing: found.flatMap(({ role, unit }) => (unit === undefined ? [role] : [])),
  };
}
