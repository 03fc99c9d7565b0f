-- 七务一全: what can be booked at a station, who booked, what came of it, and what nobody offers yet.

create table service_offer (
  id uuid primary key,
  station_id uuid not null references station (id),
  unit_id uuid not null references unit (id),             -- of the station
  path text[] not null,
  district text not null,
  area text not null,                                     -- code of db/data/service-areas.csv
  title text not null,
  title_en text not null default '',
  provider_unit_id uuid references unit (id),             -- at most one of these two; else provider_words
  provider_partner_id uuid references partner (id),
  provider_words text not null default '',
  way text not null constraint service_offer_way check (way in ('place', 'phone', 'video')),
  weekly jsonb not null,                                  -- [{weekday 1..7, fromMinute, untilMinute}]; past midnight counts on from 1440
  slot_minutes smallint not null constraint service_offer_slot check (slot_minutes between 5 and 480),
  capacity smallint not null constraint service_offer_capacity check (capacity between 1 and 200),
  walk_in boolean not null,
  bring text[] not null default '{}',
  bring_en text[] not null default '{}',
  for_whom text not null default '',
  for_whom_en text not null default '',
  languages text[] not null default '{zh}',
  first_day date not null,
  last_day date,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references account (id),
  ended_at timestamptz,                                   -- taken out of the catalogue; what is booked stays
  constraint service_offer_days check (last_day is null or last_day >= first_day),
  constraint service_offer_provider check (provider_unit_id is null or provider_partner_id is null)
);
create index service_offer_by_station on service_offer (station_id) where ended_at is null;

create table service_away (                               -- times at which the provider does not come
  id uuid primary key,
  offer_id uuid not null references service_offer (id),
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null,                                   -- told to whoever booked
  created_at timestamptz not null,
  created_by uuid references account (id),
  withdrawn_at timestamptz,
  constraint service_away_span check (ends_at > starts_at)
);
create index service_away_by_offer on service_away (offer_id, ends_at) where withdrawn_at is null;

create table booking (
  id uuid primary key,
  offer_id uuid not null references service_offer (id),
  station_id uuid not null references station (id),
  unit_id uuid not null references unit (id),             -- of the station
  provider_unit_id uuid references unit (id),
  path text[] not null,
  district text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  seat smallint,                                          -- 1..capacity; null: came without booking when all seats were taken
  channel text not null constraint booking_channel check (channel in ('web', 'counter', 'phone', 'walk_in')),
  code text not null,                                     -- said at the counter
  secret_hash bytea not null constraint booking_secret unique,
  phone bytea,                                            -- sealed by the vault
  phone_index bytea,
  name bytea,                                             -- sealed by the vault
  state text not null constraint booking_state check (state in ('booked', 'arrived', 'served', 'no_show', 'cancelled', 'lapsed')), -- lapsed: the day went by and nobody wrote down what came of it
  cancelled_by text constraint booking_cancelled_by check (cancelled_by in ('resident', 'station')),
  outcome text constraint booking_outcome check (outcome in ('solved', 'transferred', 'again', 'unsolved')),
  outcome_note bytea,                                     -- sealed by the vault: words about somebody's matter
  event_id uuid references event (id),
  rating smallint constraint booking_rating check (rating between 1 and 5),
  rating_words bytea,                                     -- sealed by the vault
  rated_at timestamptz,
  booked_at timestamptz not null,
  booked_by uuid references account (id),
  arrived_at timestamptz,
  ended_at timestamptz,                                   -- served, not come, cancelled
  version integer not null default 1,
  constraint booking_span check (ends_at > starts_at),
  constraint booking_served check ((outcome is not null) = (state = 'served')),
  -- The last place goes to one, however many ask at once, and whatever becomes of the length of slots.
  constraint booking_no_double exclude using gist (offer_id with =, seat with =, tstzrange(starts_at, ends_at) with &&)
    where (state <> 'cancelled' and seat is not null)
);
create unique index booking_once on booking (offer_id, phone_index) where state = 'booked';
create unique index booking_code on booking (station_id, code) where state in ('booked', 'arrived');
create index booking_by_station on booking (station_id, starts_at);
create index booking_by_offer on booking (offer_id, starts_at);
create index booking_by_phone on booking (phone_index) where phone_index is not null;
create index booking_by_provider on booking (provider_unit_id, starts_at) where provider_unit_id is not null;

create table booking_unmet (                              -- what somebody looked for and nobody offers
  id uuid primary key,
  station_id uuid references station (id),
  unit_id uuid references unit (id),
  path text[] not null,
  district text not null,
  area_code text not null,
  service_area text,                                      -- code of db/data/service-areas.csv; null: not said
  offer_id uuid references service_offer (id),
  kind text not null constraint booking_unmet_kind check (kind in ('none_free', 'no_such', 'other_hour')),
  what text not null,
  wanted text not null default 'any' constraint booking_unmet_wanted
    check (wanted in ('any', 'weekday_day', 'weekday_evening', 'weekend')),
  phone bytea,                                            -- sealed by the vault; gone once answered
  at timestamptz not null,
  by_id uuid references account (id),
  answered_at timestamptz,
  answered_by uuid references account (id),
  answer text not null default ''
);
create index booking_unmet_by_path on booking_unmet using gin (path);
create index booking_unmet_by_time on booking_unmet (at);

create table booking_full (                               -- days that were looked at and full: counted, never who looked
  offer_id uuid not null references service_offer (id),
  day date not null,
  times integer not null,
  primary key (offer_id, day)
);

create table booking_told (                               -- which reminder was given already
  unit_id uuid not null references unit (id),
  day date not null,
  kind text not null constraint booking_told_kind check (kind in ('tomorrow', 'today')),
  at timestamptz not null,
  primary key (unit_id, day, kind)
);

alter table service_offer enable row level security;
create policy service_offer_scope on service_offer using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table service_away enable row level security;
create policy service_away_scope on service_away using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table booking enable row level security;
create policy booking_scope on booking using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table booking_unmet enable row level security;
create policy booking_unmet_scope on booking_unmet using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);

grant select, insert, update on service_offer, service_away, booking, booking_unmet, booking_full, booking_told to huangge_app;
