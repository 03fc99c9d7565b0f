-- The ground of the fifteen-minute life circle: what there is, who lives where, what is wanted, what stands idle.

create table facility (                     -- 设施: what residents go to
  id uuid primary key,
  code text not null constraint facility_code unique constraint facility_code_length check (length(code) between 1 and 60),
  class_code text not null,                 -- code of db/data/facility-classes.csv
  name text not null constraint facility_name check (length(name) between 1 and 120),
  area_code text not null,                  -- the finest area it stands in
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null default '',
  capacity integer constraint facility_capacity check (capacity > 0),   -- in the unit of its class; null: not known
  floor_m2 integer constraint facility_floor check (floor_m2 > 0),
  hours jsonb,                              -- [{days: [1..7], from: 'HH:MM', to: 'HH:MM'}], Shanghai time; null: not known
  step_free boolean,                        -- can be entered without a step; null: not known
  opened_on date,                           -- null: longer than anybody noted
  closed_on date,
  source text not null constraint facility_source check (source in ('desk', 'import', 'osm', 'station', 'project')),
  source_ref text not null default '',      -- the project, the station, the object of OpenStreetMap
  checked_on date,                          -- somebody stood before it
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  constraint facility_days check (closed_on is null or opened_on is null or closed_on >= opened_on)
);
create index facility_by_area on facility (area_code collate "C") where closed_on is null;
create index facility_by_class on facility (class_code, district) where closed_on is null;
create unique index facility_of_source on facility (source, source_ref) where source_ref <> '';
alter table facility enable row level security;
create policy facility_scope on facility using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table population_cell (              -- 人口单元: a building, a hexagon; numbers only, nobody by name
  code text primary key constraint population_cell_code check (length(code) between 1 and 60),
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  people integer not null,
  elders integer not null,                  -- 60 and older
  children integer not null,                -- 14 and younger
  households integer,
  source text not null,
  as_of date not null,
  constraint population_cell_numbers check (people >= 0 and elders >= 0 and children >= 0 and elders + children <= people)
);
create index population_cell_by_area on population_cell (area_code collate "C");
alter table population_cell enable row level security;
create policy population_cell_scope on population_cell using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table idle_resource (                -- 闲置资源账: rooms and land nobody uses
  id uuid primary key,
  code text not null constraint idle_resource_code unique,
  name text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null default '',
  area_m2 integer not null constraint idle_resource_area check (area_m2 > 0),
  owner text not null default '',           -- an organisation, never a person
  owner_kind text not null,                 -- code of db/data/idle-owners.csv
  condition text not null constraint idle_resource_condition check (condition in ('ready', 'repair', 'rebuild', 'unsafe')),
  uses text[] not null default '{}',        -- class codes it may become; empty: not yet said
  free_from date,
  state text not null default 'idle' constraint idle_resource_state check (state in ('idle', 'reserved', 'used', 'withdrawn')),
  reserved_for uuid,                        -- the project
  note text not null default '',
  version integer not null default 1,
  created_at timestamptz not null
);
create index idle_resource_by_area on idle_resource (area_code collate "C");
alter table idle_resource enable row level security;
create policy idle_resource_scope on idle_resource using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table service_need (                 -- 服务需求: what people say is missing, like voices together
  id uuid primary key,
  class_code text,                          -- the class of facility that would answer it; null: not yet said
  title text not null constraint service_need_title check (length(title) between 1 and 120),
  group_code text not null,                 -- code of db/data/need-groups.csv: all, elder, child, ...
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision,                     -- middle of what its voices said; null: only the area is known
  lat double precision,
  voices integer not null default 0,        -- how often it was said; merging adds up
  people integer not null default 0,        -- for how many it was said
  state text not null default 'open' constraint service_need_state check (state in ('open', 'listed', 'planned', 'met', 'declined', 'merged')),
  merged_into uuid references service_need (id),
  reason text not null default '',          -- of the last change by hand
  first_at timestamptz not null,
  last_at timestamptz not null,
  version integer not null default 1,
  constraint service_need_merged check ((state = 'merged') = (merged_into is not null))
);
create index service_need_by_area on service_need (area_code collate "C", last_at desc);
create index service_need_by_class on service_need (class_code, district);
alter table service_need enable row level security;
create policy service_need_scope on service_need using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table need_voice (                   -- one time somebody said it; never changed, never lost
  id uuid primary key,
  need_id uuid not null references service_need (id),
  source text not null constraint need_voice_source check (source in ('hotline', 'meeting', 'visit', 'survey', 'event', 'booking', 'desk')),
  source_ref text not null,                 -- number of the call, the poll, the visit, the event: the same is taken once
  said_at timestamptz not null,
  text text not null,                       -- without personal data: numbers of phones and people are taken out
  people integer not null default 1 constraint need_voice_people check (people between 1 and 100000),
  group_code text not null,
  area_code text not null,
  lon double precision,
  lat double precision,
  recorded_at timestamptz not null,
  account_id uuid,
  constraint need_voice_once unique (source, source_ref)
);
create index need_voice_by_need on need_voice (need_id, said_at desc);
grant select, insert, update on facility, population_cell, idle_resource, service_need, need_voice to huangge_app;
grant delete on population_cell to huangge_app; -- a newer count replaces the older one as a whole
