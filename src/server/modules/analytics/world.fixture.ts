import { randomUUID } from 'node:crypto';
import { eventRoutes } from '#contract/events.ts';
import type { Output } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { configureLedger, createSequencer, createSigner, makeLedgerKey } from '#server/modules/ledger/index.ts';
import { createEventsWorld, type PersonKey, type World } from '#test/helpers/events-world.ts';
import { createAnalytics, type Analytics } from './index.ts';

export type Verb = Exclude<
  keyof typeof eventRoutes,
  'list' | 'map' | 'board' | 'get' | 'similar' | 'candidates' | 'report' | 'selfHandle' | 'bulkFile'
>;
type Detail = Output<typeof eventRoutes.get>;

/** The small city of events with a running ledger and figures that follow it. */
export interface AnalyticsWorld extends World {
  analytics: Analytics;
  /** Another process over the same database. */
  another(): Analytics;
  /** Everything committed has its number and is told. */
  follow(): Promise<void>;
  /** Reported by the grid worker of 东村一格: it arrives verified. Answers its id. */
  report(change?: Record<string, unknown>, who?: PersonKey): Promise<string>;
  /** One command on an event, a minute later. */
  does(who: PersonKey, verb: Verb, id: string, body?: Record<string, unknown>): Promise<void>;
  detail(id: string): Promise<Detail>;
  /** Gone up to the street and filed there. */
  filed(change?: Record<string, unknown>): Promise<string>;
  /** … dispatched to the city-management post, which accepted. */
  handled(change?: Record<string, unknown>): Promise<{ id: string; taskId: string }>;
  /** … finished and checked: closed. */
  closed(change?: Record<string, unknown>): Promise<string>;
}

const minute = 60_000;
const here = { lon: 106.505, lat: 29.505 };

export async function createAnalyticsWorld(): Promise<AnalyticsWorld> {
  const world = await createEventsWorld();
  const { database, clock, territory, events, as, unit } = world;
  const signer = createSigner(makeLedgerKey());
  const sequencer = createSequencer({ database, tenant: 'test', signer, clock, log: { error: () => undefined } });
  configureLedger({ tenant: 'test', wake: () => sequencer.wake() });
  await sequencer.start();
  const names = async () => new Map<string, string>();
  const heads = async (_tx: unknown, ids: readonly string[]) => new Map(ids.map((id) => [id, 2]));
  const another = () =>
    createAnalytics({ database, territory, clock, tenant: 'test', ledger: sequencer, names, heads });
  const analytics = another();
  const self: AnalyticsWorld = {
    ...world,
    analytics,
    another,
    async follow() {
      await sequencer.idle();
      await analytics.refresh();
    },
    async report(change = {}, who = 'gridWorker') {
      clock.advance(minute);
      const body = { opId: randomUUID(), categoryCode: 'E0121', title: '黄葛树倾斜', ...here, ...change };
      const parsed = eventRoutes.report.body.parse(body);
      return (await events.handlers.report({ params: {}, query: {}, body: parsed }, { actor: as[who] })).id;
    },
    async does(who, verb, id, body = {}) {
      clock.advance(minute);
      const handler = events.handlers[verb] as (input: unknown, ctx: { actor: Actor }) => Promise<unknown>;
      const parsed = eventRoutes[verb].body.parse({ opId: randomUUID(), ...body });
      await handler({ params: { id }, query: {}, body: parsed }, { actor: as[who] });
    },
    detail: (id) => events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: as.cityChief }),
    async filed(change) {
      const id = await self.report(change);
      await self.does('gridWorker', 'escalate', id, { reason: '社区处理不了' });
      await self.does('intake', 'file', id);
      return id;
    },
    async handled(change) {
      const id = await self.filed(change);
      await self.does('dispatcher', 'dispatch', id, { leadUnitId: unit.cityPost });
      const taskId = (await self.detail(id)).tasks.find(({ status }) => status === 'offered')?.id ?? '';
      await self.does('postHandler', 'accept', id, { taskId });
      return { id, taskId };
    },
    async closed(change) {
      const { id, taskId } = await self.handled(change);
      await self.does('postHandler', 'finish', id, { taskId, result: '处理好了', noEvidenceReason: '照片没拍上' });
      await self.does('inspector', 'check', id, { outcome: 'pass' });
      return id;
    },
    async close() {
      await sequencer.stop();
      await world.close();
    },
  };
  return self;
}
