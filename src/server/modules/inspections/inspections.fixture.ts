/** Risk points and rounds over the small city of events. */
import { randomBytes, randomUUID } from 'node:crypto';
import { inspectionRoutes } from '#contract/inspections.ts';
import { createGrids } from '#server/modules/grids/index.ts';
import { systemActor, type Actor } from '#server/modules/identity/index.ts';
import type { RunningEffect } from '#server/modules/warnings/index.ts';
import { createPeople } from '#server/modules/people/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld } from '#test/helpers/events-world.ts';
import { createInspections } from './index.ts';

export const here = { lon: 106.505, lat: 29.505 };
export const dayMs = 86_400_000;

export async function buildWorld() {
  const world = await createEventsWorld();
  const { database, territory, clock, events, owner } = world;
  const rounds: RunningEffect[] = [];
  const standIns = new Map<string, string>();
  const opened: { eventId: string; planCode: string; opId: string }[] = [];
  const grids = createGrids({ database, territory, clock });
  const people = createPeople({ database, territory, clock, vault: createVault([randomBytes(32)]) });
  const inspections = await createInspections({
    database,
    territory,
    clock,
    events,
    listRounds: async () => rounds,
    countCareAround: people.countCareAround,
    standIn: async (_tx, accountId) => standIns.get(accountId) ?? null,
    openPlan: async (wish) => void opened.push(wish),
  });
  const addPoint = async (fields: Record<string, unknown> = {}) => {
    const kept = { kind: 'fire', level: 2, placeWords: '东村1号', note: '', state: 'open' as const };
    const who = { unitId: null, responsibleId: world.as.gridWorker.accountId, cycleDays: null, planCode: null };
    const body = { opId: randomUUID(), name: '老楼通道', ...kept, ...who, ...here, ...fields };
    return (await grids.riskHandlers.create({ params: {}, query: {}, body }, { actor: systemActor })).point;
  };
  const sendTo = (verb: 'record' | 'inspect', actor: Actor, id: string, body: Record<string, unknown>) => {
    const parsed = inspectionRoutes.record.body.parse({ opId: randomUUID(), ...body });
    return inspections.handlers[verb]({ params: { id }, query: {}, body: parsed }, { actor });
  };
  return {
    ...world,
    grids,
    people,
    inspections,
    rounds,
    standIns,
    opened,
    addPoint,
    record: (actor: Actor, id: string, body: Record<string, unknown>) => sendTo('record', actor, id, body),
    inspect: (actor: Actor, id: string, body: Record<string, unknown>) => sendTo('inspect', actor, id, body),
    today: async (actor: Actor) =>
      inspectionRoutes.today.response.parse(
        await inspections.handlers.today({ params: {}, query: {}, body: {} }, { actor }),
      ),
    point: (id: string) => grids.riskHandlers.get({ params: { id }, query: {}, body: {} }, { actor: systemActor }),
    history: async (actor: Actor, id: string) =>
      inspectionRoutes.history.response.parse(
        await inspections.handlers.history({ params: { id }, query: { limit: 50 }, body: {} }, { actor }),
      ),
    lines: async (action: string) => {
      const { rows } = await owner.query<{ data: Record<string, unknown>; audience: string[] }>(
        'select data, audience from ledger_entry where action = $1 order by at, id',
        [action],
      );
      return rows;
    },
    /** A warning of heavy rain switches rounds on. */
    async startRound(target: string, areas: string[], endsInMs = 6 * 3_600_000): Promise<RunningEffect> {
      const warning = { id: randomUUID(), effect: randomUUID(), run: randomUUID() };
      const at = new Date(clock.now());
      await owner.query(
        `insert into warning (id, district, origin, sender, identifier, sent, status, msg_type, scope, event, kind, colour, severity,
           headline, starts_at, ends_at, content, raw, areas, outside, received_at, state, state_at)
         values ($1, '500103', 'issued', 'x', $2, $3, 'Actual', 'Alert', 'Public', '暴雨', 'rain', 'orange', 'Severe', '暴雨橙色预警',
           $3, $4, '{}', '', $5, false, $3, 'active', $3)`,
        [warning.id, warning.id, at, new Date(clock.now() + endsInMs), areas],
      );
      await owner.query(
        `insert into warning_effect (id, kind, least_colour, effect, target) values ($1, 'rain', 'yellow', 'rounds', $2)
         on conflict do nothing`,
        [warning.effect, `${target}-${warning.effect.slice(0, 8)}`],
      );
      await owner.query(
        `insert into warning_effect_run (id, warning_id, effect_id, effect, target, areas, on_at) values ($1, $2, $3, 'rounds', $4, $5, $6)`,
        [warning.run, warning.id, warning.effect, target, areas, at],
      );
      const run: RunningEffect = {
        id: warning.run,
        warningId: warning.id,
        effect: 'rounds',
        target,
        areas,
        onAt: at,
        kind: 'rain',
        colour: 'orange',
        headline: '暴雨橙色预警',
        endsAt: new Date(clock.now() + endsInMs),
      };
      rounds.push(run);
      return run;
    },
  };
}
export type World = Awaited<ReturnType<typeof buildWorld>>;
