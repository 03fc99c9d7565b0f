-- What people want to know of a station before they walk there: when it is open, what it has, whether there is room.

alter table station
  add column address_en text not null default '',
  add column directions text not null default '',           -- how to find the door, in words
  add column directions_en text not null default '',
  add column languages text[] not null default '{}',        -- codes of db/data/station-languages.csv
  -- Eight lists of spans [from, until] in minutes after that day's midnight: Monday … Sunday, then public holidays. A span
  -- belongs to the day it begins on; until may pass midnight (1440), at most a day after its begin.
  add column hours jsonb not null default '[[],[],[],[],[],[],[],[]]'
    constraint station_hours check (jsonb_typeof(hours) = 'array' and jsonb_array_length(hours) = 8),
  add column holiday_hours boolean not null default false;  -- false: holidays are days like others

create table station_exception (            -- days that are not as usual; the one entered last counts
  id uuid primary key,
  station_id uuid not null references station (id),
  from_day date not null,
  to_day date not null,
  spans jsonb not null default '[]',        -- none: closed all day
  reason text not null,                     -- shown to everybody
  reason_en text not null default '',
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint station_exception_days check (to_day >= from_day),
  constraint station_exception_spans check (jsonb_typeof(spans) = 'array')
);
create index station_exception_live on station_exception (station_id, to_day) where withdrawn_at is null;

create table station_facility (
  station_id uuid not null references station (id),
  code text not null,                       -- code of db/data/station-facilities.csv
  state text not null constraint station_facility_state check (state in ('there', 'out_of_order', 'gone')),
  quantity integer constraint station_facility_quantity check (quantity between 1 and 10000),
  note text not null default '',
  note_en text not null default '',
  version integer not null default 1,
  changed_at timestamptz not null,
  primary key (station_id, code)
);

create table station_busy (                 -- how full it is, as the counter last said; old words count for nothing
  station_id uuid primary key references station (id),
  level text not null constraint station_busy_level check (level in ('free', 'some', 'full')),
  set_at timestamptz not null
);

create table station_photo (                -- the picture itself is an attachment whose subject is the station
  attachment_id uuid primary key,
  station_id uuid not null references station (id),
  alt text not null,                        -- what is to be seen, for those who do not see
  alt_en text not null default '',
  sort integer not null,
  removed_at timestamptz
);
create index station_photo_of on station_photo (station_id) where removed_at is null;

alter table station_exception enable row level security;
alter table station_facility enable row level security;
alter table station_busy enable row level security;
alter table station_photo enable row level security;
create policy station_exception_scope on station_exception using (exists (select from station s where s.id = station_id));
create policy station_facility_scope on station_facility using (exists (select from station s where s.id = station_id));
create policy station_busy_scope on station_busy using (exists (select from station s where s.id = station_id));
create policy station_photo_scope on station_photo using (exists (select from station s where s.id = station_id));
grant select, insert, update on station_exception, station_facility, station_busy, station_photo to huangge_app;
