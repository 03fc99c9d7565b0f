-- What stands out in the facts of events: days with far more or fewer of a kind than usual (of record: people are told of them
-- and answer for them), and what the nightly reckoning found (derived: it can be reckoned again from the same facts).

create table anomaly (                      -- 异常: one kind of event in one area on one day
  id uuid primary key,
  area_code text not null,
  path text[] not null,
  district text not null,
  category_code text not null,              -- '' for events of every kind
  day date not null,                        -- in Asia/Shanghai
  until_hour smallint not null,             -- 24: the whole day; fewer: the day up to that hour against other days up to it
  side text not null constraint anomaly_side check (side in ('more', 'fewer')),
  seen integer not null,
  expected double precision not null,
  low integer not null,                     -- between which counts days like this one lie
  high integer not null,
  p double precision not null,
  q double precision not null,              -- p corrected for the number of series looked at
  series integer not null,                  -- how many were looked at
  input_hash text not null,                 -- SHA-256 of the counts it was found in
  method text not null,
  state text not null default 'open' constraint anomaly_state check (state in ('open', 'acknowledged', 'expired')),
  found_at timestamptz not null,
  answer text constraint anomaly_answer check (answer in ('acting', 'known_cause', 'no_matter')),
  reason text not null default '',
  quiet_until date,                         -- the same is not told again up to this day
  answered_by uuid references account (id),
  answered_at timestamptz,
  version integer not null default 1,
  constraint anomaly_hour check (until_hour between 1 and 24),
  constraint anomaly_answered check ((state = 'acknowledged') = (answer is not null)),
  constraint anomaly_once unique (area_code, category_code, side, day)
);
create unique index anomaly_open_once on anomaly (area_code, category_code, side) where state = 'open';
create index anomaly_by_day on anomaly (day desc, id);
create index anomaly_by_path on anomaly using gin (path);
alter table anomaly enable row level security;
create policy anomaly_scope on anomaly using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on anomaly to huangge_app;

create table pattern_result (               -- the latest reckoning of each kind for each area
  kind text not null constraint pattern_result_kind check (kind in ('clusters', 'forecast', 'anomalies')),
  area_code text not null,
  path text[] not null,
  input_hash text not null,                 -- SHA-256 of facts and settings: the same are not reckoned again
  method text not null,
  first_day date not null,
  last_day date not null,
  result jsonb not null,
  reckoned_at timestamptz not null,
  took_ms integer not null,
  primary key (kind, area_code)
);
alter table pattern_result enable row level security;
create policy pattern_result_scope on pattern_result using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on pattern_result to huangge_app;
