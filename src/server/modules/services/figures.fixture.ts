/** Service records over the stations of the very small city, and the figures of them with nothing else joined. */
import { sql } from 'kysely';
import { systemScope } from '#server/db/scope.ts';
import { append } from '#server/modules/ledger/index.ts';
import { readDictionary } from '#server/files/dictionary.ts';
import { uuidV7 } from '#kit/ids.ts';
import { buildStations } from '../activities/activities.fixture.ts';
import { activityKinds, countHeld, listSettled, titlesOf } from '../activities/index.ts';
import { createServiceFigures } from './figures-create.ts';
import type { FigureParts } from './figures-parts.ts';
import type { RosterSpan } from './figures-rules.ts';

export interface GivenRecord {
  station?: 'east' | 'west' | 'north';
  /** ISO 8601. */
  at: string;
  kind?: string;
  persons?: number;
  visitor?: string | null;
  weather?: string | null;
  partnerId?: string | null;
  activityId?: string | null;
}

export async function buildFigures() {
  const world = await buildStations();
  const { database, clock, territory, owner, station, listFor } = world;
  const roster: RosterSpan[] = [];
  const kinds = readDictionary('service-kinds.csv', () => ({}));
  const parts: FigureParts = {
    database,
    clock,
    territory,
    listStations: listFor,
    partnerNames: async (_tx, ids) => new Map(ids.map((id) => [id, { name: '药房', nameEn: 'Pharmacy' }])),
    countHeld,
    activityKind: (code) => activityKinds().get(code),
    activityTitles: titlesOf,
    listActivities: listSettled,
    serviceKind: (code) => kinds.get(code),
    listRoster: async (_tx, { fromMs, toMs }) => roster.filter((span) => span.untilMs > fromMs && span.fromMs < toMs),
    listDelivered: async () => [{ partnerName: '药房', what: '应急药品', quantity: 12, unit: '盒' }],
    listShort: async () => [{ stationName: 'east驿站', itemName: '藿香正气水', times: 2, most: 3, unit: '支' }],
  };
  /** Writes a record as the counter does. */
  async function give(given: GivenRecord): Promise<string> {
    const id = uuidV7(Date.parse(given.at));
    await database.inTx(systemScope, async (tx) => {
      await sql`insert into service_record (id, station_id, district, activity_id, partner_id, kind, persons, visitor, at, recorded_at, weather)
        values (${id}, ${station[given.station ?? 'east'].id}, '500103', ${given.activityId ?? null}, ${given.partnerId ?? null},
          ${given.kind ?? 'water'}, ${given.persons ?? 1}, ${given.visitor ?? null}, ${given.at}, ${given.at}, ${given.weather ?? null})`.execute(tx.db); // prettier-ignore
      await append(tx, { actor: { kind: 'system', accountId: null }, action: 'service.record', subject: { type: 'service', id }, district: '500103', atMs: clock.now() }); // prettier-ignore
    });
    return id;
  }
  const correct = (recordId: string) =>
    owner.query(
      `insert into service_correction (record_id, station_id, reason, at) select id, station_id, 'mistake', now() from service_record where id = $1`,
      [recordId],
    );
  return { ...world, figures: createServiceFigures(parts), parts, roster, give, correct };
}
export type FiguresWorld = Awaited<ReturnType<typeof buildFigures>>;
