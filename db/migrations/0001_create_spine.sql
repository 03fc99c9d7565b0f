-- The spine: ledger, identity, grids, events. Owner: the migrating role. The program itself works as role huangge_app,
-- which may add to the ledger but never change or remove a line of it (grants at the end, checked at every start).

-- ── ledger ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create table ledger_entry (
  id uuid primary key,                      -- UUIDv7, made by the writer; order of ids is NOT the order of the log
  tenant text not null,
  district text not null,                   -- GB/T 2260 six digits: the future shard key
  at timestamptz not null,
  actor_kind text not null constraint ledger_entry_actor_kind check (actor_kind in ('account', 'resident', 'token', 'system')),
  actor_id uuid,
  actor_unit_id uuid,
  action text not null,                     -- 'event.dispatch'
  subject_type text not null,
  subject_id text not null,
  data jsonb not null,                      -- facts that an outside auditor may see
  private_digest bytea,                     -- SHA-256 over salt and canonical body of ledger_private
  audience text[] not null default '{}',    -- who is told live: a:<area code> u:<unit id> p:<account id>
  op_id uuid
);
create index ledger_entry_by_subject on ledger_entry (subject_id, subject_type, at, id);
create index ledger_entry_by_time on ledger_entry (at, id);
create index ledger_entry_by_actor on ledger_entry (actor_id, at desc) where actor_id is not null;

-- Words people wrote (notes, descriptions): kept apart so that a lawful erasure leaves the proof intact.
create table ledger_private (
  entry_id uuid primary key references ledger_entry (id),
  salt bytea not null,
  body jsonb not null
);

create table ledger_pending (               -- committed with the line, removed by the sequencer
  entry_id uuid primary key,
  tenant text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000); -- a queue: small, but never still

create table ledger_seq (                   -- the gapless order, given by one sequencer
  tenant text not null,
  seq bigint not null,                      -- 1, 2, 3 …; Merkle leaf index = seq - 1
  entry_id uuid not null constraint ledger_seq_entry_once unique,
  leaf_hash bytea not null,
  sequenced_at timestamptz not null default clock_timestamp(),
  primary key (tenant, seq)
);

create table ledger_node (                  -- complete subtrees of the Merkle tree above the leaves (level ≥ 1)
  tenant text not null,
  level smallint not null,
  idx bigint not null,
  hash bytea not null,
  primary key (tenant, level, idx)
);

create table ledger_head (                  -- signed tree heads
  tenant text not null,
  size bigint not null,
  root bytea not null,
  at timestamptz not null,
  key_id text not null,
  signature bytea not null,
  primary key (tenant, size)
);

create table ledger_key (                   -- public keys of signed tree heads; old ones stay
  tenant text not null,
  key_id text not null,                     -- first 16 hex digits of SHA-256 over the SPKI
  public_key bytea not null,                -- SPKI, DER
  since timestamptz not null,
  primary key (tenant, key_id)
);

create table ledger_state (                 -- the sequencer's own cursor
  tenant text primary key,
  size bigint not null default 0
);

create table op (                           -- one row per client-made operation id: repeating it gives the first answer
  op_id uuid primary key,
  actor text not null,
  route text not null,
  request_hash bytea not null,
  response jsonb not null,
  at timestamptz not null default now()
);

-- ── grids ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create table area (
  code text primary key,                    -- 6 / 9 / 12 / 15 / 17 digits
  tier text not null constraint area_tier check (tier in ('city', 'district', 'street', 'community', 'grid', 'micro_grid')),
  name text not null,
  parent_code text references area (code),
  path text[] not null,                     -- codes from the city down to itself
  kind text not null default 'ordinary' constraint area_kind check (kind in ('ordinary', 'exclusive')),
  geometry jsonb,                           -- GeoJSON Polygon or MultiPolygon, WGS-84
  residents integer not null default 0,
  households integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create index area_by_parent on area (parent_code);
create index area_by_tier on area (tier) where retired_at is null;

create table board (
  code text primary key,
  area_code text not null references area (code),
  name text not null,
  name_en text not null,
  sort integer not null default 0
);

create table unit (
  id uuid primary key,
  code text not null constraint unit_code_once unique,
  kind text not null constraint unit_kind check (kind in ('centre', 'committee', 'post', 'department', 'agency', 'partner')),
  role_code text not null,                  -- what the level library names: 'centre', 'committee', 'urban_management', …
  name text not null,
  name_en text not null default '',
  tier text not null,
  area_code text not null references area (code),
  parent_id uuid references unit (id),
  board_code text references board (code),
  phone text,
  sort integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create index unit_by_area on unit (area_code, kind);
create index unit_by_role on unit (role_code, tier);

create table place (                        -- named places, so that a position can be found by words
  id uuid primary key,
  name text not null,
  kind text not null default '',            -- 'road', 'building', 'station' …
  lon double precision not null,
  lat double precision not null,
  area_code text references area (code),
  constraint place_once unique (name, lon, lat)
);
create index place_by_name on place (lower(name) text_pattern_ops);

create table base_layer (                   -- background of the map, served from here: no tiles from elsewhere needed
  name text primary key,                    -- 'water', 'road', 'building' …
  geojson text not null,                    -- FeatureCollection, WGS-84; text, because it is only ever sent on
  updated_at timestamptz not null default now()
);

-- Counts the changes of area, unit and board: other processes compare it to know that their copy in memory is old. Its
-- one row is also the lock under which outlines change, so that two editors cannot overlap each other unseen.
create table territory_state (
  id smallint primary key default 1 constraint territory_state_one check (id = 1),
  version bigint not null default 0
);
insert into territory_state default values;
create function note_territory_change() returns trigger language plpgsql as $$
begin
  update territory_state set version = version + 1;
  return null;
end $$;
create trigger area_changed after insert or update or delete on area for each statement execute function note_territory_change();
create trigger unit_changed after insert or update or delete on unit for each statement execute function note_territory_change();
create trigger board_changed after insert or update or delete on board for each statement execute function note_territory_change();

-- ── identity ────────────────────────────────────────────────────────────────────────────────────────────────────────
create table account (
  id uuid primary key,
  login text not null,                      -- lower case
  display_name text not null,
  email text,                               -- only to recognise the person at the identity provider
  kind text not null default 'person' constraint account_kind check (kind in ('person', 'service')),
  password_hash text,
  password_changed_at timestamptz,
  must_change_password boolean not null default false,
  totp_secret bytea,                        -- sealed by the vault
  totp_confirmed_at timestamptz,
  totp_last_step bigint,                    -- a code is good once
  admin_kind text constraint account_admin_kind check (admin_kind in ('system', 'security', 'audit')),
  status text not null default 'active' constraint account_status check (status in ('active', 'disabled')),
  locked_until timestamptz,                 -- after failures; ends by itself
  failed_count integer not null default 0,
  held_at timestamptz,                      -- locked by the security administrator until unlocked
  locale text not null default 'zh-CN',
  created_at timestamptz not null default now()
);
create unique index account_login_once on account (lower(login));
create unique index account_email_once on account (lower(email)) where email is not null;
create index account_by_name on account (display_name, id);

create table recovery_code (                -- instead of a one-time code; each good once
  code_hash bytea primary key,
  account_id uuid not null references account (id),
  created_at timestamptz not null default now(),
  used_at timestamptz
);
create index recovery_code_by_account on recovery_code (account_id);

create table sign_in_attempt (              -- for the security administrator; names and addresses only as keyed digests
  id uuid primary key,
  at timestamptz not null,
  account_id uuid references account (id),  -- null: no such login
  login_digest bytea not null,
  address_digest bytea not null,
  way text not null constraint sign_in_attempt_way check (way in ('password', 'code', 'oidc')),
  outcome text not null
);
create index sign_in_attempt_by_time on sign_in_attempt (at desc, id desc);
create index sign_in_attempt_by_account on sign_in_attempt (account_id, at desc) where account_id is not null;

create table oidc_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references account (id),
  linked_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create unique index oidc_identity_one_each on oidc_identity (issuer, account_id);

create table appointment (
  id uuid primary key,
  account_id uuid not null references account (id),
  unit_id uuid not null references unit (id),
  area_code text references area (code),    -- null: sees only what the unit holds
  role text not null,
  is_primary boolean not null default true, -- 主岗 / 副岗
  since date not null default current_date,
  until date,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index appointment_by_account on appointment (account_id) where revoked_at is null;
create index appointment_by_unit on appointment (unit_id) where revoked_at is null;
create index appointment_by_area on appointment (area_code) where revoked_at is null;

create table session (
  id uuid primary key,
  account_id uuid not null references account (id),
  token_hash bytea not null constraint session_token_once unique,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  idle_minutes integer not null default 30,
  second_factor_at timestamptz,
  user_agent text,
  revoked_at timestamptz
);
create index session_by_account on session (account_id) where revoked_at is null;

create table api_token (
  id uuid primary key,
  account_id uuid not null references account (id),
  name text not null,
  token_hash bytea not null constraint api_token_once unique,
  scopes text[] not null,
  created_by uuid references account (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create table api_token_use (                -- a heartbeat beside the record: written without a ledger line
  token_id uuid primary key references api_token (id),
  last_used_at timestamptz not null
);

create table throttle (                     -- counted windows: login attempts, anonymous reports
  key text primary key,
  window_started_at timestamptz not null,
  count integer not null,
  blocked_until timestamptz
);

-- ── events: dictionaries ────────────────────────────────────────────────────────────────────────────────────────────
create table library_version (
  version integer primary key,
  note text not null,
  published_at timestamptz not null default now(),
  published_by uuid references account (id)
);

create table category (
  code text primary key,
  scheme_version text not null,
  parent_code text references category (code),
  name text not null,
  name_en text not null,
  public_report boolean not null default false,
  icon text,
  sort integer not null default 0,
  retired_at timestamptz
);

create table category_rule (                -- 分级分类库: one row per category and published version
  version integer not null references library_version (version),
  category_code text not null references category (code),
  tier text not null,                       -- the tier that must take it
  lead_role text not null,                  -- unit.role_code
  assist_roles text[] not null default '{}',
  priority smallint not null constraint category_rule_priority check (priority between 0 and 4),
  limits jsonb not null,                    -- step → {kind, amount}; steps: receive verify file dispatch accept handle check
  evidence text not null constraint category_rule_evidence check (evidence in ('before_after', 'after', 'note', 'none')),
  plan_code text,
  primary key (version, category_code)
);

create table calendar_day (
  day date primary key,
  kind text not null constraint calendar_day_kind check (kind in ('work', 'rest', 'half')),
  name text not null default '',
  segments jsonb,
  source text not null default ''
);

create table calendar_rule (
  id smallint primary key default 1 constraint calendar_rule_one check (id = 1),
  offset_minutes integer not null,
  weekly jsonb not null,
  coverage_from date not null,
  coverage_until date not null
);

-- ── events ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create sequence event_number_seq;

create table event (
  id uuid primary key,
  number text collate "C" not null constraint event_number_once unique,
  title text not null,
  description text not null default '',
  category_code text not null references category (code),
  rule_version integer not null references library_version (version),
  priority smallint not null constraint event_priority check (priority between 0 and 4),
  channel text not null,
  status text not null,
  tier text not null,                       -- whose desk it lies on now
  owner_unit_id uuid not null references unit (id),
  city text not null,
  district text not null,
  street text,
  community text,
  grid text,
  lon double precision,
  lat double precision,
  -- 0.002 degree cell (about 200 m): the map asks for cells, because only comparisons as plain as this one may use an
  -- index underneath row-level security. Same formula in modules/events/cells.ts.
  cell bigint generated always as (floor((lon + 180) * 500)::bigint * 100000 + floor((lat + 90) * 500)::bigint) stored,
  place_words text not null default '',
  outside boolean not null default false,   -- lies outside every known area
  verified_at timestamptz,
  reported_at timestamptz not null,
  filed_at timestamptz,
  dispatched_at timestamptz,
  finished_at timestamptz,
  closed_at timestamptz,
  ended_at timestamptz,                     -- closed, declined, merged or cancelled
  reopened_at timestamptz,                  -- last time
  due_at timestamptz,                       -- nearest running clock; null while paused or ended
  returns smallint not null default 0,
  reworks smallint not null default 0,
  reopens smallint not null default 0,
  urges smallint not null default 0,
  supervised boolean not null default false,
  late boolean not null default false,      -- a clock of this event has passed its limit
  report_count smallint not null default 1, -- reporters who wait for this event (merged ones included)
  rating smallint,
  merged_into uuid references event (id),
  status_before text,                       -- what resume and unmerge go back to
  review_at timestamptz,                    -- shelved: when it must be looked at again
  close_kind text,                          -- 'checked' | 'sample_skipped'
  no_evidence_reason text,
  version integer not null default 1,
  updated_at timestamptz not null
);
-- Queues read one scope column, newest or most urgent first. "Open" is a small part of the whole, so it has its own indexes.
create index event_open_street on event (street, status, due_at) where ended_at is null;
create index event_open_community on event (community, status, due_at) where ended_at is null;
create index event_open_grid on event (grid, status, due_at) where ended_at is null;
create index event_open_district on event (district, status, due_at) where ended_at is null;
create index event_open_owner on event (owner_unit_id, status) where ended_at is null;
create index event_street_reported on event (street, reported_at desc, id desc);
create index event_community_reported on event (community, reported_at desc, id desc);
create index event_grid_reported on event (grid, reported_at desc, id desc);
create index event_district_reported on event (district, reported_at desc, id desc);
create index event_city_reported on event (city, reported_at desc, id desc);
create index event_category_reported on event (category_code, reported_at desc, id desc);
create index event_merged_into on event (merged_into) where merged_into is not null;
create index event_cell_reported on event (cell, reported_at desc) where cell is not null;
-- One filter over a whole city or district: the scope is then the smaller question.
create index event_status_reported on event (status, reported_at desc, id desc);
create index event_channel_reported on event (channel, reported_at desc, id desc);
create index event_priority_reported on event (priority, reported_at desc, id desc);
create index event_tier_reported on event (tier, reported_at desc, id desc);
-- The last columns are only compared, never ordered by: what a unit does not hold is then refused inside the index.
create index event_owner_reported on event (owner_unit_id, reported_at desc, id desc, tier, district, street, community, grid, category_code);
create index event_owner_closed on event (owner_unit_id, closed_at) where closed_at is not null;
create index event_supervised_reported on event (reported_at desc, id desc) where supervised;
create index event_late_reported on event (reported_at desc, id desc) where late;
create index event_district_closed on event (district, closed_at) where closed_at is not null;
create index event_street_closed on event (street, closed_at) where closed_at is not null;
create index event_community_closed on event (community, closed_at) where closed_at is not null;
create index event_reopened on event (reopened_at) where reopened_at is not null;
create index event_review on event (review_at) where status = 'shelved';

create table task (
  id uuid primary key,
  event_id uuid not null references event (id),
  unit_id uuid not null references unit (id),
  part text not null constraint task_part check (part in ('lead', 'assist')),
  status text not null constraint task_status check (status in ('offered', 'accepted', 'on_site', 'done', 'returned', 'waived', 'withdrawn')),
  binding boolean not null default false,   -- given by the coordinator after two returns: may not be returned again
  instruction text not null default '',
  assignee_id uuid references account (id),
  offered_by uuid references account (id),
  offered_at timestamptz not null,
  accepted_at timestamptz,
  on_site_at timestamptz,
  done_at timestamptz,
  ended_at timestamptz,
  result text not null default '',
  reason text not null default '',
  reported_at timestamptz not null,         -- of the event, so that a unit's queue pages by one index
  round smallint not null default 0,        -- how often the event had been reopened when the task was given
  district text not null
);
create index task_by_event on task (event_id);
create index task_open_by_unit on task (unit_id, offered_at desc) where ended_at is null;
create index task_by_unit on task (unit_id, reported_at desc, event_id desc);
create unique index task_one_lead on task (event_id, round) where part = 'lead' and status in ('offered', 'accepted', 'on_site', 'done');

create table event_hand (                   -- who put a hand to it: law 1, they may not check it
  event_id uuid not null references event (id),
  account_id uuid not null references account (id),
  primary key (event_id, account_id)
);

create table clock (
  id uuid primary key,
  event_id uuid not null references event (id),
  task_id uuid references task (id),
  step text not null,                       -- receive verify file dispatch accept handle check coordinate
  kind text not null constraint clock_kind check (kind in ('continuous', 'working_time', 'working_day')),
  amount double precision not null,         -- minutes, or days for working_day
  extra double precision not null default 0,
  started_at timestamptz not null,
  due_at timestamptz,                       -- null while paused
  certain boolean not null,                 -- false: the calendar did not reach that far
  pauses jsonb not null default '[]',       -- [{from, to, reason}]
  stopped_at timestamptz,
  late boolean not null default false,
  mark smallint not null default 0,         -- 0, 80, 100, 150: highest rung of the ladder already rung
  next_mark_at timestamptz
);
create index clock_by_event on clock (event_id);
create index clock_next_mark on clock (next_mark_at) where stopped_at is null and next_mark_at is not null;

create table event_reporter (
  id uuid primary key,
  event_id uuid not null references event (id),          -- where it counts now
  original_event_id uuid not null references event (id), -- where it was made: unmerge goes back there
  kind text not null,                       -- resident, account, hotline, sensor, open311 …
  account_id uuid references account (id),
  unit_id uuid references unit (id),
  phone bytea,                              -- sealed
  name bytea,                               -- sealed
  secret_hash bytea constraint event_reporter_secret_once unique,
  joined boolean not null default false,    -- followed an event instead of making one
  words text not null default '',           -- what a follower added; shown to nobody but desks and themselves
  source_ref text,                          -- number in the system it came from
  created_at timestamptz not null,
  rating smallint,
  rating_words text,
  rated_at timestamptz
);
create index event_reporter_by_event on event_reporter (event_id);
create index event_reporter_by_account on event_reporter (account_id) where account_id is not null;
create unique index event_reporter_source_once on event_reporter (kind, source_ref) where source_ref is not null;

create table attachment (
  id uuid primary key,
  event_id uuid references event (id),      -- null until a command claims it
  task_id uuid references task (id),
  kind text not null constraint attachment_kind check (kind in ('report', 'before', 'after', 'evidence')),
  sha256 bytea not null,                    -- of the bytes the client sent: the phone compares
  stored_sha256 bytea not null,             -- of what we keep after re-encoding
  mime text not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  storage_key text not null,
  uploaded_by uuid references account (id),
  reporter_id uuid references event_reporter (id), -- whose report it came with: they see it on their receipt
  claim_hash bytea,                         -- anonymous uploads: who holds the token may attach it
  public boolean not null default false,
  created_at timestamptz not null
);
create index attachment_by_event on attachment (event_id);
create index attachment_unclaimed on attachment (created_at) where event_id is null;

create table extension (
  id uuid primary key,
  event_id uuid not null references event (id),
  task_id uuid not null references task (id),
  amount double precision not null,
  kind text not null,
  reason text not null,
  status text not null constraint extension_status check (status in ('asked', 'granted', 'refused')),
  asked_by uuid references account (id),
  asked_at timestamptz not null,
  decided_by uuid references account (id),
  decided_at timestamptz,
  decision_reason text
);
create index extension_by_event on extension (event_id);

create table call_record (
  id uuid primary key,
  event_id uuid not null references event (id),
  number text not null,                     -- 119, 110, 120 or another
  called_at timestamptz not null,
  incident_number text not null default '',
  note text not null default '',
  recorded_by uuid references account (id)
);
create index call_record_by_event on call_record (event_id);

-- ── second net: row-level security ──────────────────────────────────────────────────────────────────────────────────
-- The query layer scopes every read; this refuses what a forgotten filter would let through. Nothing set, nothing seen.
-- Ids are compared as uuid, never as text: where many rows are read PostgreSQL then fetches the unit's and the account's
-- events once by index, instead of asking for each row.
create function huangge_scope(name text) returns text[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('huangge.' || name, true), ''), ',');

alter table event enable row level security;
create policy event_scope on event using (
  (select current_setting('huangge.see_all', true) = 'on')
  or city = any ((select huangge_scope('areas'))::text[])
  or district = any ((select huangge_scope('areas'))::text[])
  or street = any ((select huangge_scope('areas'))::text[])
  or community = any ((select huangge_scope('areas'))::text[])
  or grid = any ((select huangge_scope('areas'))::text[])
  or owner_unit_id = any ((select huangge_scope('units'))::uuid[])
  or exists (select 1 from task t where t.event_id = event.id and t.unit_id = any ((select huangge_scope('units'))::uuid[]))
  or exists (select 1 from event_reporter r where r.event_id = event.id and r.account_id = (select nullif(current_setting('huangge.account', true), '')::uuid))
);

-- ── what the program may do ─────────────────────────────────────────────────────────────────────────────────────────
do $$ begin
  if not exists (select from pg_roles where rolname = 'huangge_app') then
    create role huangge_app nologin;
  end if;
end $$;
do $$ begin execute format('grant huangge_app to %I', current_user); end $$;
grant usage on schema public to huangge_app;
grant select, insert, update, delete on all tables in schema public to huangge_app;
grant usage, select on all sequences in schema public to huangge_app;
revoke update, delete, truncate on ledger_entry, ledger_private, ledger_seq, ledger_node, ledger_head, ledger_key from huangge_app;
revoke delete, truncate on event, task, clock, event_reporter, event_hand, extension, call_record, area, unit, account, appointment,
  category, category_rule, library_version from huangge_app;
alter default privileges in schema public grant select, insert, update on tables to huangge_app;
alter default privileges in schema public grant usage, select on sequences to huangge_app;
create schema pgboss authorization huangge_app;
