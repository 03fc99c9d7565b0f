-- Operations: plans, the joint room of an event, and signed links for agencies without accounts.

-- Whoever acts behind a signed link is neither an account nor a resident.
alter table ledger_entry drop constraint ledger_entry_actor_kind;
alter table ledger_entry add constraint ledger_entry_actor_kind check (actor_kind in ('account', 'resident', 'token', 'link', 'system'));

create table plan (
  code text primary key,
  version integer not null default 0,       -- in force; 0: never published
  draft jsonb,
  draft_version integer not null default 0,
  retired_at timestamptz,
  retired_reason text,
  updated_at timestamptz not null
);

create table plan_version (                 -- never changed: what was opened keeps the version it was opened under
  plan_code text not null references plan (code),
  version integer not null,
  body jsonb not null,
  note text not null default '',
  published_at timestamptz not null,
  published_by uuid references account (id),
  primary key (plan_code, version)
);

create table operation (
  id uuid primary key,
  event_id uuid not null references event (id) constraint operation_once unique,
  district text not null,
  lead_unit_id uuid not null references unit (id), -- who led when it was opened
  plan_code text,
  plan_version integer,
  opened_at timestamptz not null,
  opened_by uuid references account (id),
  opened_unit_id uuid references unit (id),
  ended_at timestamptz,
  foreign key (plan_code, plan_version) references plan_version (plan_code, version)
);
create index operation_opened on operation (opened_at desc, id desc);
create index operation_running on operation (opened_at) where ended_at is null;

create table operation_step (
  id uuid primary key,
  operation_id uuid not null references operation (id),
  sort smallint not null,
  body jsonb not null,                      -- the step as the plan said it
  due_at timestamptz not null,
  status text not null default 'todo' constraint operation_step_status check (status in ('todo', 'done', 'skipped')),
  by_account uuid references account (id),
  by_unit uuid references unit (id),
  at timestamptz,
  reason text not null default ''
);
create index operation_step_by_operation on operation_step (operation_id, sort);

create table task_link (
  id uuid primary key,
  event_id uuid not null references event (id),
  task_id uuid not null references task (id),
  unit_id uuid not null references unit (id),
  district text not null,
  secret_hash bytea not null constraint task_link_secret_once unique,
  phone bytea,                              -- sealed: to whom it was given
  created_at timestamptz not null,
  created_by uuid references account (id),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  person_name bytea,                        -- sealed: who says they act
  person_phone bytea                        -- sealed
);
create index task_link_by_event on task_link (event_id);

create table task_link_open (               -- how often the page was looked at: a count, no record
  link_id uuid primary key references task_link (id),
  count integer not null,
  last_at timestamptz not null
);

create table room_message (                 -- only added to
  id uuid primary key,
  sort bigint generated always as identity, -- order within one millisecond
  operation_id uuid not null references operation (id),
  kind text not null,
  words text not null default '',
  data jsonb not null default '{}',
  attachment_ids uuid[] not null default '{}',
  account_id uuid references account (id),
  unit_id uuid references unit (id),
  link_id uuid references task_link (id),
  at timestamptz not null
);
create index room_message_by_operation on room_message (operation_id, sort);

create table room_position (                -- declared, for a while, the last one only: no trail; removed when it ends
  operation_id uuid not null references operation (id),
  account_id uuid not null references account (id),
  unit_id uuid references unit (id),
  lon double precision not null,
  lat double precision not null,
  accuracy_m double precision,
  words text not null default '',
  at timestamptz not null,
  until timestamptz not null,
  primary key (operation_id, account_id)
);
create index room_position_until on room_position (until);

-- Second net: a room is seen by whoever sees its event.
alter table operation enable row level security;
create policy operation_scope on operation using (exists (select 1 from event e where e.id = operation.event_id));
alter table operation_step enable row level security;
create policy operation_step_scope on operation_step using (exists (select 1 from operation o where o.id = operation_step.operation_id));
alter table task_link enable row level security;
create policy task_link_scope on task_link using (exists (select 1 from event e where e.id = task_link.event_id));
alter table room_message enable row level security;
create policy room_message_scope on room_message using (exists (select 1 from operation o where o.id = room_message.operation_id));
alter table room_position enable row level security;
create policy room_position_scope on room_position using (exists (select 1 from operation o where o.id = room_position.operation_id));

grant select, insert, update on plan, plan_version, operation, operation_step, task_link, task_link_open, room_message, room_position to huangge_app;
revoke update, delete, truncate on plan_version, room_message from huangge_app;
revoke delete, truncate on plan, operation, operation_step, task_link from huangge_app;
grant delete on room_position to huangge_app;
