-- The grid force: leave and cover, duty rosters, hand-over notes, helpers without account (N), tasks asked of grid workers.
-- Nothing here counts, orders or follows people: no ranking, no clock-in, no trails.

create extension if not exists btree_gist;

create table force_leave (
  id uuid primary key,
  account_id uuid not null references account (id),
  unit_id uuid not null references unit (id),
  path text[] not null,                     -- of the area of the appointment it was asked under
  district text not null,
  first_day date not null,
  last_day date not null,
  reason text not null,                     -- a word of leave-reasons.csv, never a diagnosis
  cover_id uuid references account (id),    -- who stands in
  state text not null constraint force_leave_state check (state in ('asked', 'granted', 'refused', 'withdrawn')),
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid references account (id),
  version integer not null default 1,
  constraint force_leave_days check (last_day >= first_day),
  constraint force_leave_cover check (cover_id is distinct from account_id),
  constraint force_leave_once exclude using gist (account_id with =, daterange(first_day, last_day, '[]') with &&)
    where (state in ('asked', 'granted'))
);
create index force_leave_by_path on force_leave using gin (path) where state in ('asked', 'granted');
create index force_leave_by_cover on force_leave (cover_id, first_day) where state = 'granted';

create table force_cover (                  -- which temporary appointment was lent of which
  lent_id uuid primary key references appointment (id),
  of_id uuid not null references appointment (id),
  leave_id uuid not null references force_leave (id)
);
create index force_cover_by_leave on force_cover (leave_id);

create table duty_pattern (                 -- the shifts of one unit; new units begin with shift-patterns.csv
  unit_id uuid not null references unit (id),
  code text not null,
  name text not null,
  name_en text not null default '',
  start_minute smallint not null constraint duty_pattern_start check (start_minute between 0 and 1439),
  minutes smallint not null constraint duty_pattern_minutes check (minutes between 30 and 1440),
  needed smallint not null constraint duty_pattern_needed check (needed between 0 and 50),
  sort integer not null default 0,
  primary key (unit_id, code)
);

create table duty_shift (
  id uuid primary key,
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  code text not null,
  day date not null,                        -- on which it begins, in Asia/Shanghai
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  account_id uuid not null references account (id),
  state text not null default 'planned' constraint duty_shift_state check (state in ('planned', 'withdrawn')),
  sequence integer not null default 0,      -- of the calendar entry: grows with every change
  changed_at timestamptz not null,
  constraint duty_shift_span check (ends_at > starts_at),
  constraint duty_shift_no_double exclude using gist (account_id with =, tstzrange(starts_at, ends_at) with &&)
    where (state = 'planned')
);
create index duty_shift_by_unit on duty_shift (unit_id, day);
create index duty_shift_by_account on duty_shift (account_id, starts_at);

create table duty_swap (
  id uuid primary key,
  shift_id uuid not null references duty_shift (id),
  from_id uuid not null references account (id),
  to_id uuid not null references account (id),
  state text not null constraint duty_swap_state check (state in ('asked', 'agreed', 'refused')),
  asked_at timestamptz not null,
  answered_at timestamptz
);
create unique index duty_swap_open on duty_swap (shift_id) where state = 'asked';
create index duty_swap_to on duty_swap (to_id) where state = 'asked';

create table calendar_feed (                -- a secret address that a calendar program subscribes to
  id uuid primary key,
  account_id uuid not null references account (id),
  unit_id uuid references unit (id),        -- null: the person's own shifts
  secret_hash bytea not null constraint calendar_feed_secret unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
create index calendar_feed_by_account on calendar_feed (account_id) where revoked_at is null;

create table force_availability (           -- what somebody said of themselves, last
  account_id uuid primary key references account (id),
  state text not null constraint force_availability_state check (state in ('none', 'available', 'away')),
  until timestamptz,
  offers text[] not null default '{}',      -- codes of force-offers.csv
  version integer not null default 1,
  updated_at timestamptz not null
);

create table hand_over (
  id uuid primary key,
  unit_id uuid not null references unit (id),
  path text[] not null,
  district text not null,
  day date not null,
  code text,                                -- the shift that hands over; null: none in particular
  words text not null,
  events jsonb not null default '[]',       -- [{id, number}]: matters that stay open
  by_id uuid not null references account (id),
  at timestamptz not null
);
create index hand_over_by_unit on hand_over (unit_id, at desc);

create table hand_over_read (
  note_id uuid not null references hand_over (id),
  account_id uuid not null references account (id),
  at timestamptz not null,
  primary key (note_id, account_id)
);

create table force_member (                 -- N: whoever helps, by link, without account
  id uuid primary key,
  account_id uuid references account (id),  -- has an account from before: the same person is not counted twice
  unit_id uuid not null references unit (id),
  area_code text not null references area (code),
  path text[] not null,
  district text not null,
  name bytea not null,                      -- sealed by the vault
  phone bytea,                              -- sealed by the vault
  offers text[] not null default '{}',
  weekdays smallint[] not null default '{1,2,3,4,5,6,7}', -- 1 is Monday
  from_minute smallint not null default 480,
  until_minute smallint not null default 1260,
  secret_hash bytea not null constraint force_member_secret unique,
  state text not null constraint force_member_state check (state in ('invited', 'active', 'left', 'revoked')),
  invited_at timestamptz not null,
  invited_by uuid references account (id),
  ended_at timestamptz,
  version integer not null default 1
);
create index force_member_by_path on force_member using gin (path) where ended_at is null;

create table force_ask (                    -- a small thing asked of a helper
  id uuid primary key,
  member_id uuid not null references force_member (id),
  path text[] not null,
  district text not null,
  words text not null,
  asked_by uuid not null references account (id),
  asked_at timestamptz not null,
  state text not null constraint force_ask_state check (state in ('asked', 'accepted', 'declined', 'done', 'withdrawn')),
  answer text not null default '',
  answered_at timestamptz
);
create index force_ask_by_member on force_ask (member_id, asked_at desc);

create table asked_task (                   -- a duty somebody wants to put on grid workers
  id uuid primary key,
  unit_id uuid not null references unit (id), -- who asks
  by_id uuid not null references account (id),
  reach text[] not null,                    -- paths of the asking unit and of all receivers
  district text not null,
  title text not null,
  words text not null default '',
  source text not null,                     -- which paper or meeting it comes from
  legal_base text not null,
  roles text[] not null,
  every text not null constraint asked_task_every check (every in ('once', 'weekly', 'monthly', 'quarterly')),
  minutes smallint not null constraint asked_task_minutes check (minutes between 1 and 480), -- each time, each worker
  photos smallint not null default 0,       -- each time
  fields text[] not null default '{}',      -- what is to be filled in, as the asker words it
  known text[] not null default '{}',       -- codes of known-fields.csv that answer it already
  asked_at timestamptz not null,
  due_day date not null,                    -- the first time
  last_day date not null,                   -- it ends by itself; to go on it must be asked again
  renews uuid references asked_task (id),
  withdrawn_at timestamptz,
  version integer not null default 1,
  constraint asked_task_days check (last_day >= due_day)
);
create index asked_task_by_unit on asked_task (unit_id, asked_at desc);
create index asked_task_by_reach on asked_task using gin (reach);

create table asked_task_answer (            -- one row for each area it was asked of
  task_id uuid not null references asked_task (id),
  area_code text not null references area (code),
  path text[] not null,
  unit_id uuid not null references unit (id), -- who asks
  state text not null constraint asked_task_answer_state check (state in ('waiting', 'accepted', 'refused')),
  reason text not null default '',
  answered_by uuid references account (id),
  answered_at timestamptz,
  primary key (task_id, area_code)
);
create index asked_task_answer_by_area on asked_task_answer (area_code, state);

alter table force_leave enable row level security;
create policy force_leave_scope on force_leave using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
  or account_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
  or cover_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table duty_shift enable row level security;
create policy duty_shift_scope on duty_shift using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
  or account_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table hand_over enable row level security;
create policy hand_over_scope on hand_over using (
  (select current_setting('huangge.see_all', true) = 'on')
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table force_member enable row level security;
create policy force_member_scope on force_member using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
alter table force_ask enable row level security;
create policy force_ask_scope on force_ask using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
alter table asked_task enable row level security;
create policy asked_task_scope on asked_task using (
  (select current_setting('huangge.see_all', true) = 'on')
  or reach && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);
alter table asked_task_answer enable row level security;
create policy asked_task_answer_scope on asked_task_answer using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);

grant select, insert, update on force_leave, duty_shift, duty_swap, calendar_feed, force_availability, force_member, force_ask,
  asked_task, asked_task_answer to huangge_app;
grant select, insert on force_cover, hand_over, hand_over_read to huangge_app;
grant select, insert, update, delete on duty_pattern to huangge_app;
