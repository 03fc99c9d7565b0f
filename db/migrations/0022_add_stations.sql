-- 小红伞: stations and the partners who run them with the street. What hangs on them comes with the migrations that follow.

alter table unit drop constraint unit_kind,
  add constraint unit_kind check (kind in ('centre', 'committee', 'post', 'department', 'agency', 'partner', 'station'));

create table station (
  id uuid primary key,
  code text not null constraint station_code unique         -- in the address of its public page, on the code at its door
    constraint station_code_words check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  unit_id uuid not null constraint station_unit unique references unit (id), -- who works there; its accounts see what it holds
  name text not null,
  name_en text not null default '',
  area_code text not null,                  -- the finest area it stands in
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null,
  phone text not null default '',
  opened_on date not null,
  closed_on date,                           -- given up; a closed day is an exception of its hours
  version integer not null default 1,
  created_at timestamptz not null,
  constraint station_days check (closed_on is null or closed_on >= opened_on)
);
create index station_by_area on station (area_code collate "C") where closed_on is null;
alter table station enable row level security;
create policy station_scope on station using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);

create table partner (                      -- 社区合伙人
  id uuid primary key,
  code text not null constraint partner_code unique constraint partner_code_words check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null,
  name_en text not null default '',
  kind text not null,                       -- code of db/data/partner-kinds.csv
  area_code text not null,                  -- the area it is a partner of: a street, a community
  path text[] not null,
  district text not null,
  version integer not null default 1,
  created_at timestamptz not null
);
create index partner_by_area on partner (area_code collate "C");
grant select, insert, update on station, partner to huangge_app;
