import type { WidgetData } from '#contract/screens-views.ts';
import { toIso } from '#kit/clock.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { ScreenAsk, WidgetSources } from '#server/modules/analytics/index.ts';
import type { Force } from '#server/modules/force/index.ts';
import type { Operations } from '#server/modules/operations/index.ts';
import type { Sensing } from '#server/modules/sensing/index.ts';
import type { ServiceFigures } from '#server/modules/services/index.ts';
import type { Shortfalls } from '#server/modules/shortfalls/index.ts';
import type { Stations } from '#server/modules/stations/index.ts';
import type { Visits } from '#server/modules/visits/index.ts';
import type { Warnings } from '#server/modules/warnings/index.ts';
import type { Parts } from './parts.ts';
import { brainSources, hotSpotsOf, type Brain } from './screen-brain.ts';

/** The modules a screen is told by. */
export interface Told extends Brain {
  sensing: Sensing;
  warnings: Warnings;
  operations: Operations;
  visits: Visits;
  stations: Stations;
  figures: ServiceFigures;
  shortfalls: Shortfalls;
  force: Force;
}

/**
 * Each widget from the handlers of the module that owns it, asked by the wall itself (screen-access.ts), and cut down to
 * counts and public facts: no title, address or name of a person gets into a screen.
 */
export function screenSources(parts: Parts, told: Told): WidgetSources {
  const hotSpots = hotSpotsKept(parts, told);
  return {
    map: async (ask) => ({ ...(await mapOf(parts, told, ask)), hotSpots: await hotSpots(ask) }),
    alarms: (ask) => alarmsOf(told, ask),
    warnings: (ask) => warningsOf(told, ask),
    duty: (ask) => dutyOf(told, ask),
    force: (ask) => forceOf(told, ask),
    stations: (ask) => stationsOf(told, ask),
    operations: (ask) => operationsOf(told, ask),
    care: (ask) => careOf(told, ask),
    gaps: (ask) => gapsOf(told, ask),
    ...brainSources(parts, told),
  };
}

const nothing = { params: {}, query: {}, body: {} };
const mostEvents = 2_000;

async function mapOf(
  { events, territory }: Parts,
  { sensing }: Told,
  { actor, area }: ScreenAsk,
): Promise<Omit<WidgetData['map'], 'hotSpots'>> {
  const world = { west: -180, south: -90, east: 180, north: 90 };
  const query = { ...world, areaCode: area.code, open: true, limit: mostEvents };
  const [{ points, truncated }, { items }] = await Promise.all([
    events.handlers.map({ ...nothing, query }, { actor }),
    alarmsShown(sensing, actor, area.code, 'open', 200),
  ]);
  return {
    outline: territory.maps().areas.get(area.code)?.geometry ?? null,
    events: points.map(({ id, lon, lat, priority, late }) => ({ id, lon, lat, priority, late })),
    truncated,
    alarms: items.map(({ id, lon, lat, priority, acknowledged }) => ({ id, lon, lat, priority, acknowledged })),
  };
}

function alarmsShown(
  sensing: Sensing,
  actor: ScreenAsk['actor'],
  areaCode: string,
  show: 'open' | 'all',
  limit: number,
) {
  return sensing.handlers.alarms({ ...nothing, query: { show, areaCode, limit } }, { actor });
}

/** Reckoned for ten minutes at a time, and a map without them is still a map. */
const hotFreshMs = 600_000;

type HotSpots = WidgetData['map']['hotSpots'];

function hotSpotsKept(parts: Parts, told: Told): (ask: ScreenAsk) => Promise<HotSpots> {
  const kept = new Map<string, { atMs: number; spots: Promise<HotSpots> }>();
  return (ask) => {
    const before = kept.get(ask.area.code);
    if (before !== undefined && ask.nowMs - before.atMs < hotFreshMs) return before.spots;
    const spots = hotSpotsOf(parts, told, ask).catch(() => []);
    if (kept.size > 500) kept.clear();
    kept.set(ask.area.code, { atMs: ask.nowMs, spots });
    return spots;
  };
}

/** Open ones, then what was lately: a wall without alarms still tells that it hears of them. */
async function alarmsOf({ sensing }: Told, { actor, area }: ScreenAsk): Promise<WidgetData['alarms']> {
  const [{ items }, board] = await Promise.all([
    alarmsShown(sensing, actor, area.code, 'all', 8),
    sensing.handlers.board(nothing, { actor }),
  ]);
  return {
    active: board.active,
    unacknowledged: board.unacknowledged.reduce((sum, { count }) => sum + count, 0),
    latest: items.toSorted(openFirst).map(({ id, kind, priority, areaName, raisedAt, acknowledged, condition }) => ({
      id,
      kind,
      priority,
      areaName,
      raisedAt,
      acknowledged,
      active: condition === 'active',
    })),
  };
}

interface Standing {
  acknowledged: boolean;
  condition: string;
}
const isOpen = ({ acknowledged, condition }: Standing): number =>
  Number(condition === 'active') + Number(!acknowledged);
const openFirst = (a: Standing, b: Standing): number => isOpen(b) - isOpen(a);

async function warningsOf({ warnings }: Told, { actor, area }: ScreenAsk): Promise<WidgetData['warnings']> {
  const query = { running: true, area: area.code, limit: 20 };
  const { items } = await warnings.handlers.list({ ...nothing, query }, { actor });
  return {
    items: items
      .filter(({ status, outside }) => status !== 'Test' && !outside)
      .map(({ id, kind, event, colour, headline, endsAt }) => ({
        id,
        kind: kind ?? event,
        colour: colour ?? '',
        headline,
        endsAt,
      })),
  };
}

async function dutyOf({ force }: Told, { actor, unitId, nowMs }: ScreenAsk): Promise<WidgetData['duty'] | null> {
  if (unitId === undefined) return null;
  const { unit, shifts, patterns } = await force.handlers.roster({ ...nothing, params: { unitId } }, { actor });
  const now = toIso(nowMs);
  const running = shifts.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  const codes = [...new Set(running.map(({ code }) => code))];
  return {
    unitId: unit.id,
    unitName: unit.name,
    shifts: codes.flatMap((code) => {
      const those = running.filter((shift) => shift.code === code);
      const [first] = those;
      if (first === undefined) return [];
      const { name, nameEn, endsAt } = first;
      const needed = patterns.find((one) => one.code === code)?.needed ?? 0;
      return [{ code, name, nameEn, endsAt, onDuty: those.length, needed }];
    }),
  };
}

async function forceOf({ force }: Told, { actor }: ScreenAsk): Promise<WidgetData['force']> {
  const { items, people, missing } = await force.handlers.grids(nothing, { actor });
  const sum = (role: keyof WidgetData['force']['roles']): number =>
    items.reduce((total, { counts }) => total + counts[role], 0);
  return {
    people,
    grids: items.length,
    missing,
    roles: {
      leader: sum('leader'),
      full_time: sum('full_time'),
      part_time: sum('part_time'),
      instructor: sum('instructor'),
      other: sum('other'),
    },
  };
}

async function stationsOf({ stations, figures }: Told, { actor, area }: ScreenAsk): Promise<WidgetData['stations']> {
  const [{ items }, today] = await Promise.all([
    stations.handlers.list({ ...nothing, query: { area: area.code } }, { actor }),
    figures.handlers.today(nothing, { actor }),
  ]);
  return {
    stations: items.length,
    open: items.filter(({ standing }) => standing.open).length,
    persons: today.persons,
    usual: today.usual,
  };
}

async function operationsOf({ operations }: Told, { actor, area }: ScreenAsk): Promise<WidgetData['operations']> {
  const query = { open: true, areaCode: area.code, limit: 20 };
  const { items } = await operations.handlers.list({ ...nothing, query }, { actor });
  return {
    items: items.map(({ eventId, number, priority, openedAt, stepsDone, steps, tasksEnded, tasks }) => ({
      eventId,
      number,
      priority,
      openedAt,
      stepsDone,
      steps,
      tasksEnded,
      tasks,
    })),
  };
}

async function careOf({ visits }: Told, { actor, area, nowMs }: ScreenAsk): Promise<WidgetData['care']> {
  const day = dayOf(nowMs);
  const query = { from: day, to: day, area: area.code };
  const { least, items, suppressed } = await visits.handlers.figures({ ...nothing, query }, { actor });
  const sum = (key: 'due' | 'inTime' | 'open'): number => items.reduce((total, row) => total + (row[key] ?? 0), 0);
  return { day, least, due: sum('due'), inTime: sum('inTime'), open: sum('open'), hidden: suppressed };
}

async function gapsOf({ shortfalls }: Told, { actor, area }: ScreenAsk): Promise<WidgetData['gaps']> {
  const query = { area: area.code, gone: 'no' as const, limit: 1 };
  const [problems, demands] = await Promise.all([
    shortfalls.handlers.problems({ ...nothing, query }, { actor }),
    shortfalls.handlers.demands({ ...nothing, query }, { actor }),
  ]);
  return { problems: problems.total, demands: demands.total };
}
