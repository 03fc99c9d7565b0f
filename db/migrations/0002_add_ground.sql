-- The ground: points of risk and people in care. Both lie somewhere on the map and are seen by whoever answers for the area.

create table risk_point (                   -- 风险点
  id uuid primary key,
  code text not null constraint risk_point_code_once unique,
  name text not null,
  kind text not null,                       -- db/data/risk-kinds.csv
  level smallint not null constraint risk_point_level check (level between 1 and 4), -- 1 is the gravest
  lon double precision not null,
  lat double precision not null,
  place_words text not null default '',
  area_code text not null references area (code),
  path text[] not null,                     -- of the area, city first
  district text not null,
  unit_id uuid references unit (id),        -- who answers for it
  responsible_id uuid references account (id),
  note text not null default '',
  state text not null default 'open' constraint risk_point_state check (state in ('open', 'controlled', 'retired')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create sequence risk_point_number_seq;    -- for points that came without a code
create index risk_point_by_place on risk_point (lat, lon) where retired_at is null;
create index risk_point_by_district on risk_point (district, code);
create index risk_point_by_unit on risk_point (unit_id) where unit_id is not null;

create table care_person (                  -- 重点关爱人员; what tells who it is, is sealed
  id uuid primary key,
  name bytea not null,                      -- sealed
  phone bytea,                              -- sealed
  id_number bytea,                          -- sealed
  address_detail bytea,                     -- sealed: staircase, floor, door
  contact bytea,                            -- sealed: whom to call, in one line
  name_index bytea not null,                -- blind: finds the exact name
  phone_index bytea,                        -- blind
  id_number_index bytea,                    -- blind: nobody is kept twice
  tags text[] not null,                     -- db/data/care-tags.csv
  address text not null default '',         -- no finer than the house
  lon double precision not null,
  lat double precision not null,
  area_code text not null references area (code),
  path text[] not null,
  district text not null,
  responsible_id uuid references account (id),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create index care_person_by_place on care_person (lat, lon) where retired_at is null;
create index care_person_by_district on care_person (district, id) where retired_at is null;
create index care_person_by_path on care_person using gin (path) where retired_at is null;
create index care_person_by_name on care_person (name_index);
create index care_person_by_phone on care_person (phone_index) where phone_index is not null;
create unique index care_person_once on care_person (id_number_index) where id_number_index is not null and retired_at is null;
create index care_person_by_responsible on care_person (responsible_id) where responsible_id is not null;

-- The second net, as in 0001. The scope of these reads holds only areas and units whose appointment carries the word.
alter table risk_point enable row level security;
create policy risk_point_scope on risk_point using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table care_person enable row level security;
create policy care_person_scope on care_person using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or responsible_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
