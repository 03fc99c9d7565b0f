import type { Tx } from '#server/db/pool.ts';
import { insertMany } from '../bulk.ts';
import type { DemoServices } from './make-services.ts';

const activityColumns = {
  id: 'uuid',
  station_id: 'uuid',
  district: 'text',
  partner_id: 'uuid',
  pledge_id: 'uuid',
  kind: 'text',
  title: 'text',
  starts_at: 'timestamptz',
  ends_at: 'timestamptz',
  places: 'int',
  state: 'text',
  reason: 'text',
  created_by: 'uuid',
  created_at: 'timestamptz',
  settled_at: 'timestamptz',
} as const;

const serviceColumns = {
  id: 'uuid',
  station_id: 'uuid',
  district: 'text',
  activity_id: 'uuid',
  partner_id: 'uuid',
  kind: 'text',
  persons: 'int',
  visitor: 'text',
  at: 'timestamptz',
  recorded_at: 'timestamptz',
  weather: 'text',
  serious: 'bool',
  account_id: 'uuid',
} as const;

/** Writes activities, and the records of what was given; the database tallies them itself. */
export async function storeServices(tx: Tx, { services, activities }: DemoServices): Promise<void> {
  await insertMany(
    tx,
    'activity',
    activityColumns,
    activities.map(({ station, startsMs, endsMs, createdMs, state, ...activity }) => ({
      ...activity,
      state,
      station_id: station.id,
      district: station.path[1] ?? '',
      partner_id: activity.partnerId,
      pledge_id: activity.pledgeId,
      starts_at: new Date(startsMs),
      ends_at: new Date(endsMs),
      created_by: activity.accountId,
      created_at: new Date(createdMs),
      settled_at: state === 'planned' ? null : new Date(endsMs),
    })),
  );
  await insertMany(
    tx,
    'service_record',
    serviceColumns,
    services.map(({ station, atMs, ...service }) => ({
      ...service,
      station_id: station.id,
      district: station.path[1] ?? '',
      activity_id: service.activityId,
      partner_id: service.partnerId,
      at: new Date(atMs),
      recorded_at: new Date(atMs),
      account_id: service.accountId,
    })),
  );
}
