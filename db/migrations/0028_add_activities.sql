-- Activities of 小红伞: what a station announces for a day and a time, alone or with a partner. Who came is counted by the
-- service records that name the activity, never here.

create table activity (                     -- 活动
  id uuid primary key,
  station_id uuid not null references station (id),
  district text not null,
  partner_id uuid references partner (id),  -- null: the station alone
  pledge_id uuid,                           -- what the partner has promised and delivers with this
  kind text not null,                       -- code of db/data/activity-kinds.csv
  title text not null constraint activity_title check (length(title) between 1 and 60),
  about text not null default '' constraint activity_about check (length(about) <= 1000), -- what to bring, for whom
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  places integer constraint activity_places check (places between 1 and 5000), -- null: come as you like
  state text not null constraint activity_state check (state in ('planned', 'held', 'cancelled')),
  reason text not null default '',          -- why it was cancelled: told to whoever comes to the page
  created_by uuid references account (id),
  created_at timestamptz not null,
  settled_at timestamptz,                   -- held or cancelled
  version integer not null default 1,
  constraint activity_times check (ends_at > starts_at and ends_at <= starts_at + interval '24 hours'),
  constraint activity_settled check ((state = 'planned') = (settled_at is null))
);
create index activity_by_station on activity (station_id, starts_at);
create index activity_by_time on activity (starts_at);
create index activity_waiting on activity (ends_at) where state = 'planned';

-- Whoever sees the station sees its activities.
alter table activity enable row level security;
create policy activity_scope on activity using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
grant select, insert, update on activity to huangge_app;
