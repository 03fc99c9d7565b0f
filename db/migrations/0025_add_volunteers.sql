-- Who stands at the stations: volunteers, shifts and their places, attendance, hours, certificates.

create table volunteer (
  id uuid primary key,
  station_id uuid not null references station (id),  -- where they registered
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  name bytea,                               -- sealed; null once erased or joined to another row
  phone bytea,                              -- sealed; null likewise
  phone_index bytea,                        -- digest, to find the same person again
  state text not null constraint volunteer_state check (state in ('new', 'known', 'joined', 'erased')),
  joined_to uuid references volunteer (id), -- the same person under another link: this link now opens that one
  account_id uuid references account (id),  -- works here with an account, too: may not confirm their own hours
  consent text not null,                    -- version of the words they agreed to
  consent_at timestamptz not null,
  link_round integer not null default 0,
  link_hash bytea not null constraint volunteer_link unique,
  version integer not null default 1,
  created_at timestamptz not null,
  constraint volunteer_person check ((state in ('new', 'known')) = (name is not null and phone is not null and phone_index is not null)),
  constraint volunteer_joined check ((state = 'joined') = (joined_to is not null))
);
create index volunteer_by_phone on volunteer (phone_index) where phone_index is not null;
create index volunteer_by_station on volunteer (station_id, created_at desc);

create table shift_pattern (                -- the week of a station, from which shifts are made
  id uuid primary key,
  station_id uuid not null references station (id),
  post text not null,                       -- code of db/data/volunteer-posts.csv
  weekdays smallint[] not null,             -- 1 Monday to 7 Sunday
  start_minute smallint not null constraint shift_pattern_start check (start_minute between 0 and 1439),
  minutes smallint not null constraint shift_pattern_minutes check (minutes between 30 and 720),
  needed smallint not null,
  most smallint not null,
  partner_id uuid references partner (id),
  partner_places smallint not null default 0,
  sort smallint not null default 0,
  constraint shift_pattern_places check (needed >= 1 and most >= needed and partner_places between 0 and most)
);
create index shift_pattern_by_station on shift_pattern (station_id, sort);

create table shift (
  id uuid primary key,
  station_id uuid not null references station (id),
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  post text not null,
  day date not null,                        -- on which it begins, in Asia/Shanghai
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  needed smallint not null,                 -- people wanted
  most smallint not null,                   -- people who have a place
  partner_id uuid references partner (id),
  partner_places smallint not null default 0, -- of `most`, kept for the partner
  open_taken smallint not null default 0,
  partner_taken smallint not null default 0,
  state text not null default 'open' constraint shift_state check (state in ('open', 'cancelled')),
  short_told_at timestamptz,                -- when the head was told that people are missing
  sequence integer not null default 0,      -- of the calendar entry: grows with every change
  version integer not null default 1,
  changed_at timestamptz not null,
  constraint shift_span check (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
  constraint shift_places check (needed >= 1 and most >= needed and partner_places between 0 and most
    and open_taken between 0 and most - partner_places and partner_taken between 0 and partner_places),
  constraint shift_partner check (partner_places = 0 or partner_id is not null),
  constraint shift_once unique (station_id, post, starts_at)
);
create index shift_by_station on shift (station_id, day);
create index shift_by_start on shift (starts_at) where state = 'open';

create table shift_sign_up (
  id uuid primary key,
  shift_id uuid not null references shift (id),
  volunteer_id uuid not null references volunteer (id),
  station_id uuid not null references station (id),
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  starts_at timestamptz not null,           -- as the shift: what keeps one person from two places at once
  ends_at timestamptz not null,
  place text not null constraint shift_sign_up_place check (place in ('open', 'partner')),
  state text not null constraint shift_sign_up_state check (state in ('signed', 'withdrawn', 'swapped', 'cancelled')),
  arrived_at timestamptz,
  left_at timestamptz,
  presence text constraint shift_sign_up_presence check (presence in ('came', 'absent')),
  minutes integer,                          -- kept to the minute; hours are rounded where they are shown
  confirmed_by uuid references account (id),
  confirmed_at timestamptz,
  version integer not null default 1,
  signed_at timestamptz not null,
  changed_at timestamptz not null,
  constraint shift_sign_up_no_double exclude using gist (volunteer_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state = 'signed'),
  constraint shift_sign_up_confirmed check ((presence is null) = (confirmed_by is null) and (presence is null) = (confirmed_at is null)),
  constraint shift_sign_up_minutes check (
    (presence = 'came') = (minutes is not null)
    and (presence is distinct from 'came' or (arrived_at is not null and left_at > arrived_at
      and minutes between 0 and extract(epoch from left_at - arrived_at) / 60)))
);
create index shift_sign_up_by_shift on shift_sign_up (shift_id);
create index shift_sign_up_by_volunteer on shift_sign_up (volunteer_id, starts_at desc);
create index shift_sign_up_by_station on shift_sign_up (station_id, starts_at);

create table shift_swap (                   -- somebody looks for whoever stands in; names are not exchanged
  id uuid primary key,
  sign_up_id uuid not null references shift_sign_up (id),
  state text not null constraint shift_swap_state check (state in ('asked', 'taken', 'withdrawn')),
  taken_by uuid references shift_sign_up (id),
  asked_at timestamptz not null,
  ended_at timestamptz
);
create unique index shift_swap_open on shift_swap (sign_up_id) where state = 'asked';

create table attendance_correction (
  id uuid primary key,
  sign_up_id uuid not null references shift_sign_up (id),
  old_presence text not null,
  old_minutes integer,
  new_presence text not null,
  new_minutes integer,
  reason text not null,
  corrected_by uuid not null references account (id),
  corrected_at timestamptz not null
);
create index attendance_correction_by_sign_up on attendance_correction (sign_up_id);

create table hours_request (                -- a volunteer says that a record is wrong
  id uuid primary key,
  sign_up_id uuid not null references shift_sign_up (id),
  said bytea not null,                      -- sealed
  state text not null constraint hours_request_state check (state in ('asked', 'corrected', 'kept')),
  answer bytea,                             -- sealed
  asked_at timestamptz not null,
  due_day date not null,
  answered_by uuid references account (id),
  answered_at timestamptz
);
create unique index hours_request_open on hours_request (sign_up_id) where state = 'asked';

create table volunteer_certificate (
  id uuid primary key,
  number text not null constraint volunteer_certificate_number unique,
  volunteer_id uuid not null references volunteer (id),
  unit_id uuid not null references unit (id), -- who recorded, and so who certifies
  path text[] not null,
  district text not null,
  from_day date not null,
  until_day date not null,
  minutes integer not null constraint volunteer_certificate_minutes check (minutes > 0),
  body bytea,                               -- sealed: everything the paper says; null once the holder was erased
  body_salt bytea not null,
  body_hash bytea not null,                 -- what the ledger line says, too
  ledger_id uuid not null,
  notice_until date not null,               -- 公示: to this day it stands in the public list
  issued_at timestamptz not null,
  issued_by uuid references account (id),   -- null: the holder took it from their own page
  withdrawn_at timestamptz,
  withdrawn_why text
);
create index volunteer_certificate_by_volunteer on volunteer_certificate (volunteer_id, issued_at desc);
create index volunteer_certificate_by_unit on volunteer_certificate (unit_id, issued_at desc);

create table volunteer_export (             -- a list of hours was taken out, by whom, what for
  id uuid primary key,
  station_id uuid not null references station (id),
  unit_id uuid not null references unit (id),
  path text[] not null,
  account_id uuid not null references account (id),
  purpose bytea not null,                   -- sealed
  from_day date not null,
  until_day date not null,
  made_at timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['shift', 'shift_sign_up', 'volunteer_certificate', 'volunteer_export'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy %I on %I using (
        (select current_setting(''huangge.see_all'', true) = ''on'')
        or path && (select huangge_scope(''areas''))::text[]
        or unit_id = any ((select huangge_scope(''units''))::uuid[]))', name || '_scope', name);
  end loop;
end $$;
alter table volunteer enable row level security;
create policy volunteer_scope on volunteer using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
  -- whoever signed up at a station is seen there
  or exists (select from shift_sign_up s where s.volunteer_id = volunteer.id)
);

grant select, insert, update on volunteer, shift_pattern, shift, shift_sign_up, shift_swap, hours_request, volunteer_certificate to huangge_app;
grant delete on shift_pattern to huangge_app;
grant select, insert on attendance_correction, volunteer_export to huangge_app;
