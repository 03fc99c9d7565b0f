-- A city's or district's own standard of a class, and pictures of idle rooms.

create table facility_standard (            -- 本地标准: in force from at until the next of the same area and class; lines are never changed
  id uuid primary key,
  area_code text not null,                  -- of a city or a district
  class_code text not null,                 -- code of db/data/facility-classes.csv
  version integer not null constraint facility_standard_version check (version >= 1),
  walk_min integer constraint facility_standard_walk check (walk_min between 1 and 60),         -- all three null: the norm's again
  radius_m integer constraint facility_standard_radius check (radius_m between 50 and 10000),
  per_people integer constraint facility_standard_people check (per_people between 1 and 10000000),
  reason text not null,
  at timestamptz not null,
  account_id uuid,
  constraint facility_standard_once unique (area_code, class_code, version)
);
grant select, insert on facility_standard to huangge_app;

create table idle_photo (                   -- the picture itself is an attachment whose subject is the idle resource
  id uuid primary key,
  idle_id uuid not null references idle_resource (id),
  alt text not null,                        -- what is to be seen on it, in words
  removed_at timestamptz
);
create index idle_photo_of on idle_photo (idle_id) where removed_at is null;
alter table idle_photo enable row level security;
create policy idle_photo_scope on idle_photo using (exists (select from idle_resource i where i.id = idle_id));
grant select, insert, update on idle_photo to huangge_app;

create sequence facility_number_seq;
create sequence idle_resource_number_seq;
grant usage, select on sequence facility_number_seq, idle_resource_number_seq to huangge_app;
