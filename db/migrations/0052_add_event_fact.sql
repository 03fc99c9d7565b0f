-- What is counted about an event, one row each, told again from the record whenever a ledger line speaks of it. Nothing here
-- is a record of its own: emptied and told anew it is the same (tested). Figures, patterns and feeds read it, never the desks.

create table event_fact (
  event_id uuid primary key references event (id),
  number text not null,
  path text[] not null,                     -- codes of the areas it lies in: city, district, street, community, grid
  district text not null,
  street text,
  community text,
  grid text,
  category_code text not null,
  priority smallint not null,
  channel text not null,
  status text not null,
  tier text not null,
  owner_unit_id uuid not null,
  lead_unit_id uuid,                        -- of the last lead task that was not withdrawn
  lon double precision,
  lat double precision,
  reported_at timestamptz not null,
  reported_day date not null,               -- in Asia/Shanghai
  verified_at timestamptz,
  filed_at timestamptz,
  dispatched_at timestamptz,
  accepted_at timestamptz,                  -- first acceptance by a lead
  arrived_at timestamptz,                   -- first arrival of a lead
  finished_at timestamptz,
  closed_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz,
  late boolean not null,
  hops smallint not null,                   -- units that were offered the lead
  returns smallint not null,
  reworks smallint not null,
  reopens smallint not null,
  urges smallint not null,
  extensions smallint not null,             -- granted
  shelved boolean not null,                 -- stands shelved now
  supervised boolean not null,
  rating smallint,
  report_count smallint not null,
  close_kind text,
  facts jsonb not null default '{}',        -- what further indicators need; keys in the README of the module
  as_of timestamptz not null
);
create index event_fact_by_day on event_fact (reported_day, district, street);
create index event_fact_by_street on event_fact (street, reported_day);
create index event_fact_by_community on event_fact (community, reported_day);
create index event_fact_by_category on event_fact (category_code, reported_day);
create index event_fact_by_lead on event_fact (lead_unit_id, reported_day);
alter table event_fact enable row level security;
create policy event_fact_scope on event_fact using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or owner_unit_id = any ((select huangge_scope('units'))::uuid[])
  or lead_unit_id = any ((select huangge_scope('units'))::uuid[])
);
grant select, insert, update, delete on event_fact to huangge_app;
