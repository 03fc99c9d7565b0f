-- What the life circle lacks: the list of problems with facilities, and the ledger of what a market could answer.
-- Rows are produced from the latest run, from needs and facilities, by key: producing again finds the same rows. What was put
-- in by hand stays; a row that nothing produces any more is marked, never deleted.

create table facility_problem (             -- 设施问题清单
  id uuid primary key,
  key text not null constraint facility_problem_key unique, -- what it is about: class and area, or facility and kind
  class_code text not null,                 -- code of db/data/facility-classes.csv
  kind text not null constraint facility_problem_kind
    check (kind in ('missing', 'too_far', 'too_small', 'closed_when_needed', 'poor_condition', 'not_accessible')),
  facility_id uuid references facility (id), -- null: about all of the class in the area
  area_code text not null,                  -- of the community, or of the street where there are none
  path text[] not null,
  district text not null,
  lon double precision not null,            -- middle of the people it is about, or the facility
  lat double precision not null,
  people integer not null,                  -- whom it touches: as produced, or as corrected by hand
  elders integer not null,
  children integer not null,
  figures jsonb,                            -- as last produced: {kind, people, elders, children, nearestS, found, wanted, unit}; null: put in by hand
  figures_seen jsonb,                       -- of them what whoever corrected the figures saw; null: not corrected
  voices integer not null default 0,
  need_ids uuid[] not null default '{}',
  state text not null default 'open' constraint facility_problem_state check (state in ('open', 'planned', 'solved', 'declined')),
  note text not null default '',
  reason text not null default '',          -- of the last change by hand
  edited_at timestamptz,
  edited_by uuid,
  run_id uuid,                              -- of the life circle; null: put in by hand
  run_hash text,
  produced_at timestamptz,
  gone_at timestamptz,                      -- since then nothing produces it any more
  created_at timestamptz not null,
  version integer not null default 1,
  constraint facility_problem_people check (people >= 0 and elders >= 0 and children >= 0 and elders + children <= people)
);
create index facility_problem_by_area on facility_problem (area_code collate "C", people desc, id);
create index facility_problem_by_district on facility_problem (district, people desc, id);
alter table facility_problem enable row level security;
create policy facility_problem_scope on facility_problem using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table market_demand (                -- 市场需求账
  id uuid primary key,
  class_code text not null,                 -- of kind market or mixed
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  people integer not null,                  -- who has none within the minutes of the class
  elders integer not null,
  children integer not null,
  figures jsonb not null,
  figures_seen jsonb,
  voices integer not null default 0,
  need_ids uuid[] not null default '{}',
  floor_m2 integer constraint market_demand_floor check (floor_m2 > 0), -- suggested, from the class; null: it names none
  state text not null default 'open' constraint market_demand_state check (state in ('open', 'planned', 'met', 'declined')),
  idle_id uuid references idle_resource (id), -- the room somebody thinks of
  project_id uuid,                          -- the project that answers it
  note text not null default '',
  reason text not null default '',
  edited_at timestamptz,
  edited_by uuid,
  run_id uuid not null,
  run_hash text not null,
  produced_at timestamptz not null,
  gone_at timestamptz,
  created_at timestamptz not null,
  version integer not null default 1,
  constraint market_demand_once unique (class_code, area_code),
  constraint market_demand_people check (people >= 0 and elders >= 0 and children >= 0 and elders + children <= people)
);
create index market_demand_by_area on market_demand (area_code collate "C", people desc, id);
create index market_demand_by_district on market_demand (district, people desc, id);
alter table market_demand enable row level security;
create policy market_demand_scope on market_demand using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on facility_problem, market_demand to huangge_app;
