-- Big screens of a command hall: what stands where, and the links of walls that nobody signs in to.

create table screen (
  id uuid primary key,
  area_code text not null references area (code),
  path text[] not null,
  district text not null,
  name text not null,
  look text not null check (look in ('auto', 'night', 'day')),
  layout jsonb not null,                    -- [{code, x, y, w, h}] in cells of 24 × 12
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references account (id),
  changed_at timestamptz not null,
  ended_at timestamptz
);
create index screen_by_path on screen using gin (path) where ended_at is null;
alter table screen enable row level security;
create policy screen_scope on screen using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table kiosk_link (
  id uuid primary key,
  screen_id uuid not null references screen (id),
  name text not null,                       -- where the wall stands
  secret_hash bytea not null unique,
  created_at timestamptz not null,
  created_by uuid references account (id),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index kiosk_link_by_screen on kiosk_link (screen_id);

-- When a wall was last alive: no record, so no ledger line.
create table kiosk_look (
  link_id uuid primary key references kiosk_link (id),
  seen_at timestamptz not null
);

-- What is open now and what was closed today, without looking at every event ever told.
create index event_fact_open on event_fact (district, street) where ended_at is null;
create index event_fact_by_close on event_fact (closed_at) where closed_at is not null;

grant select, insert, update on screen, kiosk_link, kiosk_look to huangge_app;
