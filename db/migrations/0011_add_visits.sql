-- Visits: who must be visited, when, by whom, and what happens when nobody answers.

create table visit_rule (                   -- db/data/visit-rules.csv to begin with; edited on the desk
  code text primary key,
  kind text not null constraint visit_rule_kind check (kind in ('cycle', 'ladder', 'limit')),
  name text not null,
  name_en text not null,
  tier text constraint visit_rule_tier check (tier in ('high', 'key', 'general')),
  tags text[] not null default '{}',        -- any of these; '*' is everybody
  also text[] not null default '{}',        -- and any of these; empty: no matter
  amount integer not null constraint visit_rule_amount check (amount between 0 and 400),
  unit text not null constraint visit_rule_unit check (unit in ('day', 'hour', 'minute', 'percent')),
  certainty text not null,
  source text not null,
  sort integer not null,
  version integer not null default 1,
  updated_at timestamptz not null
);

create table visit_person (                 -- what is known of a person from visits; one row for whoever was visited once
  person_id uuid primary key references care_person (id),
  district text not null,
  form bytea,                               -- sealed: the answers as they stand
  counts_as text[] not null default '{}',   -- care tags that the answers amount to, for the rules
  last_visit_id uuid,
  last_at timestamptz,                      -- last time somebody saw or heard them
  last_outcome text,
  change_due_at timestamptz,                -- a major change: visit again by then
  held_at timestamptz,                      -- told to have moved or died: no visits until the register is settled
  updated_at timestamptz not null
);

create table visit_task (                   -- the next visit of a person; ended ones are history
  id uuid primary key,
  person_id uuid not null references care_person (id),
  district text not null,
  area_code text not null references area (code),
  path text[] not null,                     -- of the area, city first
  tags text[] not null,                     -- the person's, when it was planned
  worker_id uuid references account (id),   -- who answers for it; null: nobody yet
  by_hand boolean not null default false,   -- given to the worker on the desk: does not follow the register
  stand_in_id uuid references account (id), -- who goes while the worker is away
  rule_code text not null references visit_rule (code),
  tier text not null constraint visit_task_tier check (tier in ('high', 'key', 'general')),
  reason text not null constraint visit_task_reason check (reason in ('cycle', 'change', 'warning', 'outage', 'no_answer')),
  reason_words text not null default '',
  source_id uuid,                           -- run of a warning's effect, or event, that raised it
  planned_on date not null,
  due_at timestamptz not null,
  base_reason text not null constraint visit_task_base check (base_reason in ('cycle', 'change')),
  base_on date not null,                    -- what it goes back to when the warning ends
  base_due_at timestamptz not null,
  state text not null constraint visit_task_state check (state in ('due', 'no_answer', 'door_check', 'done', 'withdrawn')),
  rung smallint not null default 0 constraint visit_task_rung check (rung between 0 and 3),
  missed_at timestamptz,                    -- the first time nobody answered
  next_try_at timestamptz,
  told_rung smallint not null default 0,    -- the last rung that was told as overdue
  event_id uuid references event (id),      -- the door check asked of the centre
  stale boolean not null default false,     -- the rules or the person changed: to be planned anew
  ended_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index visit_task_open_once on visit_task (person_id) where ended_at is null;
create index visit_task_of_worker on visit_task (worker_id, planned_on) where ended_at is null;
create index visit_task_of_stand_in on visit_task (stand_in_id, planned_on) where ended_at is null and stand_in_id is not null;
create index visit_task_by_day on visit_task (planned_on, id) where ended_at is null;
create index visit_task_ended on visit_task (ended_at, id) where ended_at is not null;
create index visit_task_by_path on visit_task using gin (path) where ended_at is null;
create index visit_task_raised on visit_task (reason, source_id) where ended_at is null and reason in ('warning', 'outage');
create index visit_task_stale on visit_task (id) where ended_at is null and stale;
create index visit_task_ladder on visit_task (next_try_at) where ended_at is null and next_try_at is not null;

create table visit (                        -- one row per try, answered or not; never changed
  id uuid primary key,
  task_id uuid not null references visit_task (id),
  person_id uuid not null references care_person (id),
  district text not null,
  area_code text not null references area (code),
  path text[] not null,
  worker_id uuid references account (id),
  at timestamptz not null,
  method text not null constraint visit_method check (method in ('home', 'phone', 'video', 'neighbour')),
  outcome text not null constraint visit_outcome check (outcome in
    ('nothing_changed', 'changed', 'no_answer', 'neighbour_ok', 'met_with_police', 'moved_away', 'died', 'refused')),
  seen boolean not null,                    -- somebody saw or heard the person
  reason text not null,
  tier text not null,
  rung smallint not null,
  due_at timestamptz not null,
  late boolean not null,
  changed text[] not null default '{}',     -- which answers changed
  changes bytea,                            -- sealed: what they changed to
  note bytea,                               -- sealed
  event_id uuid references event (id),      -- raised in the same act
  created_at timestamptz not null
);
create index visit_by_person on visit (person_id, at desc);
create index visit_by_task on visit (task_id);
create index visit_by_time on visit (at, id);
create index visit_by_path on visit using gin (path);

create table visit_reading (                -- whose full names a worker was shown on a day; each told to the ledger once
  account_id uuid not null references account (id),
  day date not null,
  person_id uuid not null references care_person (id),
  primary key (account_id, day, person_id)
);
create index visit_reading_by_person on visit_reading (person_id, day);

-- The second net. A worker sees what is theirs to do, wherever it lies.
alter table visit_task enable row level security;
create policy visit_task_scope on visit_task using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or worker_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
  or stand_in_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table visit enable row level security;
create policy visit_scope on visit using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or worker_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table visit_person enable row level security;
create policy visit_person_scope on visit_person using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select 1 from visit_task t where t.person_id = visit_person.person_id)
);

grant select, insert, update on visit_rule, visit_person, visit_task to huangge_app;
grant select, insert on visit, visit_reading to huangge_app;
revoke update, delete, truncate on visit from huangge_app;
