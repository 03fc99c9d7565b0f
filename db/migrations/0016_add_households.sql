-- Households: who is reached. A household is a door with a number of residents, no names; the door is sealed.

create table household (                    -- 住户
  id uuid primary key,
  district text not null,
  area_code text not null references area (code),
  path text[] not null,                     -- of the area, city first
  address text not null,                    -- no finer than the house
  door bytea not null,                      -- sealed: staircase, floor, door
  door_index bytea not null,                -- blind, of address and door: no door is kept twice
  residents smallint not null constraint household_residents check (residents between 0 and 99),
  visited_at timestamptz,                   -- the last time somebody was met
  visited_how text constraint household_visited_how check (visited_how in ('home', 'phone', 'other')),
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create unique index household_once on household (door_index) where retired_at is null;
create index household_by_path on household using gin (path) where retired_at is null;
create index household_by_area on household (area_code, visited_at nulls first, id) where retired_at is null;
create index household_by_district on household (district, id) where retired_at is null;

-- The second net: whoever may visit there.
alter table household enable row level security;
create policy household_scope on household using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on household to huangge_app;
