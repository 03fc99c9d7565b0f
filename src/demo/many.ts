/**
 * A million events for measuring, nothing else: rows that look like real ones to every query, made by the database
 * itself. They have no ledger lines and no history, so never load them where anybody works.
 */
import pg from 'pg';

export interface ManyOptions {
  /** The owner's connection: indexes are taken off and put back. */
  ownerUrl: string;
  count: number;
  /** The latest possible time of a report, epoch milliseconds; the earliest is three years before. */
  nowMs: number;
  log?: (line: string) => void;
}

const tables = ['event', 'task', 'clock', 'event_reporter'];

/**
 * Adds `count` events to a database that holds the demo town, with one reporter and one clock each, and a task where
 * there would be one. About two minutes for a million on two cores. All or nothing; same database and count, same rows
 * (but for the time of the last analyse).
 * @throws Error when the demo town is not there
 */
export async function generateMany({ ownerUrl, count, nowMs, log = () => undefined }: ManyOptions): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'huangge-many' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(
      `set local synchronous_commit = off; set local maintenance_work_mem = '256MB'; set local work_mem = '64MB'`,
    );
    await prepare(client);
    const indexes = await dropIndexes(client);
    await skipChecks(client);
    for (const [what, statement] of steps) {
      const startedMs = performance.now();
      await client.query(statement, statement.includes('$2') ? [count, new Date(nowMs).toISOString()] : []);
      log(`${what}: ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    }
    for (const definition of indexes) await client.query(definition);
    log(`${indexes.length} indexes built`);
    await client.query('commit');
    await client.query(`vacuum analyze ${tables.join(', ')}`);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

/** Spots, categories and units of the town as numbered lists, from which rows are drawn by number. */
async function prepare(client: pg.Client): Promise<void> {
  await client.query(`
    create temp table m_spot on commit drop as
      select row_number() over (order by p.id)::int - 1 as k, p.name, p.lon, p.lat, a.path[1] as city, a.path[2] as district, a.path[3] as street,
        a.path[4] as community, a.path[5] as grid
      from place p join area a on a.code = p.area_code where array_length(a.path, 1) >= 5;
    create temp table m_category on commit drop as
      select row_number() over (order by r.category_code)::int - 1 as k, r.category_code as code, r.version, r.priority, c.name
      from category_rule r join category c on c.code = r.category_code
      where r.version = (select max(version) from library_version) and c.retired_at is null;
    create temp table m_desk on commit drop as
      select area_code, id from unit where kind in ('centre', 'committee') and retired_at is null;
    create temp table m_post on commit drop as
      select area_code as street, row_number() over (partition by area_code order by sort)::int - 1 as k, count(*) over (partition by area_code)::int as posts, id
      from unit where kind = 'post' and retired_at is null;
    analyze m_spot; analyze m_category; analyze m_desk; analyze m_post;`);
  const { rows } = await client.query<{ spots: number; categories: number }>(
    'select (select count(*)::int from m_spot) as spots, (select count(*)::int from m_category) as categories',
  );
  if (!(rows[0] && rows[0].spots > 0 && rows[0].categories > 0)) {
    throw new Error(
      'Expected the demo town with its grids and a level library in this database, found none. Load the demo first.',
    );
  }
}

/** Plain indexes only: those of constraints stay. Answers how to make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
     where i.indrelid = any ($1::regclass[]) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Foreign keys hold by construction; only a superuser may leave them unchecked, anybody else waits a little longer. */
async function skipChecks(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper as may from pg_roles where rolname = current_user',
  );
  if (rows[0]?.may === true) await client.query('set local session_replication_role = replica');
}

/** `m`: milliseconds since 1970, `h`: 32 hexadecimal digits. */
const idFrom = (ms: string, h: string) =>
  `(substr(lpad(to_hex(${ms}), 12, '0') || '7' || substr(${h}, 1, 3) || '8' || substr(${h}, 4, 15), 1, 32))::uuid`;

/** A number in [0, 1) that depends on the event's number and on what it is drawn for. */
const share = (stream: number) => `((hashint8extended(g, ${stream}) & 9007199254740991)::float8 / 9007199254740992)`;

/** Everything about an event that the other tables need too, drawn once. */
const draw = `
  create temp table m_event on commit drop as
  select g, ${idFrom('(extract(epoch from at) * 1000)::bigint', 'h')} as id, at, status, tier, priority, channel, hours, h, spot, category, is_open
  from (
    select g, at, md5('huangge' || g) as h, hours, spot, category, priority, channel,
      case when r < 0.006 then 'declined' when r < 0.010 and at < $2::timestamptz - interval '2 days' then 'cancelled'
        when age_days > 40 or r > 0.25 then 'closed' when r < 0.03 then 'reported' when r < 0.06 then 'verifying' when r < 0.09 then 'filed' when r < 0.12 then 'dispatched'
        when r < 0.20 then 'handling' when r < 0.24 then 'checking' else 'shelved' end as status,
      case when t < 0.28 then 'community' when t < 0.9 then 'street' else 'district' end as tier,
      age_days <= 40 and r between 0.010 and 0.25 as is_open
    from (
      select g, $2::timestamptz - make_interval(secs => age * 86400 * 1095) as at, age * 1095 as age_days, r, t, 0.5 + hours * hours * 150 as hours,
        floor(s * (select count(*) from m_spot))::int as spot, floor(c * c * (select count(*) from m_category))::int as category,
        (array[3,3,3,3,2,2,4,1,0,3])[1 + floor(p * 10)::int] as priority,
        (array['resident','resident','resident','grid_worker','grid_worker','hotline','patrol','group','sensor','superior'])[1 + floor(ch * 10)::int] as channel
      from (select g, ${share(1)} as age, ${share(2)} as r, ${share(3)} as t, ${share(4)} as hours, ${share(5)} as s, ${share(6)} as c,
              ${share(7)} as p, ${share(8)} as ch from generate_series(1, $1::int) g) drawn
    ) aged
  ) sorted`;

const steps: readonly (readonly [what: string, statement: string])[] = [
  ['drawn', draw],
  ['drawn, analysed', 'analyze m_event'],
  [
    'events',
    `insert into event (id, number, title, description, category_code, rule_version, priority, channel, status, tier, owner_unit_id, city, district, street, community, grid, lon, lat,
      place_words, verified_at, reported_at, filed_at, dispatched_at, finished_at, closed_at, ended_at, due_at, late, rating, close_kind, version, updated_at)
    select m.id, to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-M' || lpad(g::text, 7, '0'), s.name || c.name, '', c.code, c.version, m.priority, channel, status, tier, d.id,
      s.city, s.district, s.street, s.community, s.grid, s.lon + (g % 13 - 6) * 0.00001, s.lat + (g % 17 - 8) * 0.00001, s.name,
      case when status <> 'reported' then at + interval '20 minutes' end, at,
      case when status not in ('reported', 'verifying', 'declined') then at + interval '40 minutes' end,
      case when status in ('dispatched', 'handling', 'checking', 'closed', 'shelved') then at + interval '55 minutes' end,
      case when status in ('checking', 'closed') then at + make_interval(secs => hours * 3600) end,
      case when status = 'closed' then at + make_interval(secs => hours * 3600 + 5400) end,
      case when not is_open then at + make_interval(secs => hours * 3600 + 5400) end,
      case when is_open and status <> 'shelved' then at + make_interval(secs => hours * 7200) end,
      g % 11 = 0, case when status = 'closed' and g % 5 = 0 then 1 + g % 5 end, case when status = 'closed' then 'checked' end, 8, at + make_interval(secs => hours * 3600 + 5400)
    from m_event m join m_spot s on s.k = m.spot join m_category c on c.k = m.category
      join m_desk d on d.area_code = case tier when 'community' then s.community when 'street' then s.street else s.district end
    order by m.at`,
  ],
  [
    'tasks',
    `insert into task (id, event_id, unit_id, part, status, offered_at, accepted_at, on_site_at, done_at, ended_at, result, reported_at, district)
    select ${idFrom('(extract(epoch from at) * 1000)::bigint', 'md5(h)')}, m.id, p.id, 'lead',
      case status when 'dispatched' then 'offered' when 'handling' then 'accepted' when 'shelved' then 'accepted' else 'done' end, at + interval '55 minutes',
      case when status <> 'dispatched' then at + interval '80 minutes' end, null,
      case when status in ('checking', 'closed') then at + make_interval(secs => hours * 3600) end,
      case when status in ('checking', 'closed') then at + make_interval(secs => hours * 3600) end, '', at, s.district
    from m_event m join m_spot s on s.k = m.spot join m_post p on p.street = s.street and p.k = (m.g * 7 + m.category) % p.posts
    where status in ('dispatched', 'handling', 'checking', 'closed', 'shelved') order by m.at`,
  ],
  [
    'clocks',
    `insert into clock (id, event_id, step, kind, amount, started_at, due_at, certain, stopped_at, late, next_mark_at)
    select ${idFrom('(extract(epoch from at) * 1000)::bigint', "md5(h || 'c')")}, id,
      case status when 'reported' then 'receive' when 'verifying' then 'verify' when 'filed' then 'dispatch' when 'dispatched' then 'accept' when 'checking' then 'check' else 'handle' end,
      'continuous', hours * 120, at, at + make_interval(secs => hours * 7200), true, case when not is_open then at + make_interval(secs => hours * 3600) end, g % 11 = 0, null
    from m_event order by at`,
  ],
  [
    'reporters',
    `insert into event_reporter (id, event_id, original_event_id, kind, created_at)
    select ${idFrom('(extract(epoch from at) * 1000)::bigint', "md5(h || 'r')")}, id, id, channel, at from m_event order by at`,
  ],
];
