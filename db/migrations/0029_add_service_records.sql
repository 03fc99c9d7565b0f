-- Services given at stations of 小红伞: how many people were helped with what, and when. Never who.

create table service_record (               -- 服务记录; never changed: what was wrong is said beside it
  id uuid primary key,                      -- made by the tablet, so that what is sent twice is counted once
  station_id uuid not null references station (id),
  district text not null,
  activity_id uuid references activity (id),
  partner_id uuid references partner (id),
  kind text not null,                       -- code of db/data/service-kinds.csv
  persons integer not null constraint service_record_persons check (persons between 1 and 5000),
  visitor text constraint service_record_visitor             -- as they told it themselves; null: not told
    check (visitor in ('resident', 'tourist', 'outdoor_worker', 'new_employment', 'other')),
  at timestamptz not null,                  -- given
  recorded_at timestamptz not null,         -- when the server heard of it
  weather text,                             -- kind.colour of the warning that was running there; null: none
  note text not null default '' constraint service_record_note check (length(note) <= 120),
  aid_card text,                            -- code of db/data/aid-cards.csv that guided it
  serious boolean not null default false,
  event_id uuid references event (id),      -- what it was handed on as
  account_id uuid references account (id),
  constraint service_record_order check (at <= recorded_at)
);
create index service_record_by_station on service_record (station_id, at);
create index service_record_by_time on service_record (at);
create index service_record_by_activity on service_record (activity_id) where activity_id is not null;

create table service_correction (           -- a record that does not count: tapped by mistake, counted wrongly
  record_id uuid primary key references service_record (id),
  station_id uuid not null references station (id),
  reason text not null,                     -- code of db/data/service-corrections.csv
  note text not null default '' constraint service_correction_note check (length(note) <= 120),
  account_id uuid references account (id),
  at timestamptz not null
);

create table service_aid (                  -- how first aid went on
  id uuid primary key,
  record_id uuid not null references service_record (id),
  station_id uuid not null references station (id),
  act text not null constraint service_aid_act check (act in ('end', 'asked')),
  outcome text not null,                    -- code of db/data/aid-outcomes.csv
  steps text[] not null default '{}',       -- of the card, as they were ticked
  ask_at timestamptz,                       -- when to ask after them; null: not any more
  at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid references account (id)
);
create index service_aid_by_record on service_aid (record_id, recorded_at);
create unique index service_aid_one_end on service_aid (record_id) where act = 'end';
create index service_aid_waiting on service_aid (station_id, ask_at) where ask_at is not null;

create table service_want (                 -- asked for, and not to be had here
  id uuid primary key,
  station_id uuid not null references station (id),
  district text not null,
  want text not null,                       -- code of db/data/service-wants.csv
  at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid references account (id)
);
create index service_want_by_station on service_want (station_id, at);
create index service_want_by_time on service_want (at);

-- Whoever sees the station sees what it did.
alter table service_record enable row level security;
create policy service_record_scope on service_record using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
alter table service_correction enable row level security;
create policy service_correction_scope on service_correction using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
alter table service_aid enable row level security;
create policy service_aid_scope on service_aid using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
alter table service_want enable row level security;
create policy service_want_scope on service_want using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);

grant select, insert on service_record, service_correction, service_aid, service_want to huangge_app;
revoke update, delete, truncate on service_record, service_correction, service_aid, service_want from huangge_app;
