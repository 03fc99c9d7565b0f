-- Risk points that are really looked at: how often, who was asked to go, what was found.

alter table risk_point
  add column cycle_days integer constraint risk_point_cycle check (cycle_days between 1 and 730), -- null: by rule of kind and level
  add column plan_code text,                -- plan that opens with an event that a look or an alarm at this point makes
  -- What follows from looks; written with their ledger line.
  add column last_look_at timestamptz,
  add column last_look_result text constraint risk_point_look check (last_look_result in ('fine', 'finding')),
  add column look_due_at timestamptz;       -- null: not yet reckoned
create index risk_point_by_due on risk_point (look_due_at, code) where retired_at is null;
create index risk_point_by_path on risk_point using gin (path) where retired_at is null;

-- A photo may belong to something that is no event; it may be given to an event besides.
alter table attachment
  add column subject_type text,
  add column subject_id uuid,
  add constraint attachment_subject check ((subject_type is null) = (subject_id is null));
create index attachment_by_subject on attachment (subject_id) where subject_id is not null;
drop index attachment_unclaimed;
create index attachment_unclaimed on attachment (created_at) where event_id is null and subject_id is null;

create table inspection_rule (              -- how often, by kind and level; first from db/data/inspection-rules.csv
  kind text not null,                       -- '*': every kind without rows of its own
  level smallint not null constraint inspection_rule_level check (level between 1 and 4),
  days integer not null constraint inspection_rule_days check (days between 1 and 730),
  follow_up_days integer not null constraint inspection_rule_follow_up check (follow_up_days between 1 and 180),
  certainty text not null,
  source text not null,
  version integer not null default 1,
  primary key (kind, level)
);

create table inspection_task (              -- somebody should look at a point
  id uuid primary key,
  point_id uuid not null references risk_point (id),
  district text not null,
  reason text not null constraint inspection_task_reason check (reason in ('cycle', 'warning', 'follow_up')),
  reason_words text not null default '',    -- headline of the warning
  run_id uuid references warning_effect_run (id),
  assignee_id uuid references account (id), -- null: whoever inspects there
  due_at timestamptz not null,
  state text not null constraint inspection_task_state check (state in ('open', 'done', 'withdrawn')),
  rung smallint not null default 0,         -- of db/data/inspection-ladder.csv
  version integer not null default 1,
  created_at timestamptz not null,
  ended_at timestamptz
);
create unique index inspection_task_one_open on inspection_task (point_id) where state = 'open';
create index inspection_task_by_due on inspection_task (due_at, id) where state = 'open';
create index inspection_task_by_assignee on inspection_task (assignee_id, due_at) where state = 'open';
create index inspection_task_by_run on inspection_task (run_id) where run_id is not null;

create table inspection (                   -- a look at a point; never changed
  id uuid primary key,
  point_id uuid not null references risk_point (id),
  task_id uuid references inspection_task (id),
  district text not null,
  at timestamptz not null,                  -- when it was looked at
  recorded_at timestamptz not null,         -- when the server heard of it
  account_id uuid references account (id),
  unit_id uuid references unit (id),
  result text not null constraint inspection_result check (result in ('fine', 'finding', 'not_reachable')),
  answers jsonb not null default '[]',      -- [{code, words, wordsEn, ok}] as they were asked then
  note text not null default '',
  event_id uuid references event (id)
);
create index inspection_by_point on inspection (point_id, at desc);
create index inspection_by_event on inspection (event_id) where event_id is not null;

-- Whoever sees the point sees its tasks and looks.
alter table inspection_task enable row level security;
create policy inspection_task_scope on inspection_task using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from risk_point p where p.id = point_id)
);
alter table inspection enable row level security;
create policy inspection_scope on inspection using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from risk_point p where p.id = point_id)
);

grant select, insert, update on inspection_rule, inspection_task to huangge_app;
grant select, insert on inspection to huangge_app;
revoke update, delete, truncate on inspection from huangge_app;
