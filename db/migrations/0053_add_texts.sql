-- What the platform learns from what people write: models and the suggestions they made are of record; hot issues are derived,
-- told again from the events by a job.

create table text_model (                   -- learnt from the platform's own decided events
  id uuid primary key,
  kind text not null constraint text_model_kind check (kind in ('category', 'priority', 'lead')),
  district text not null,
  state text not null constraint text_model_state check (state in ('serving', 'refused', 'retired')),
  bytes bytea not null,
  hash text not null,                       -- SHA-256 of the bytes
  examples integer not null,
  classes integer not null,
  first_at timestamptz not null,            -- reports of the examples
  last_at timestamptz not null,
  figures jsonb not null,                   -- of the rehearsal: accuracy, macroF1, precision, coverage
  before_figures jsonb,                     -- of the model that served then
  took_ms integer not null,
  trained_at timestamptz not null
);
create unique index text_model_serving on text_model (kind) where state = 'serving';
create index text_model_by_time on text_model (kind, trained_at desc);
grant select, insert, update on text_model to huangge_app;

create table text_suggestion (              -- shown beside the level library's, never above it
  id uuid primary key,
  event_id uuid not null references event (id),
  kind text not null constraint text_suggestion_kind check (kind in ('category', 'priority', 'lead')),
  model_id uuid not null references text_model (id),
  code text not null,                       -- of the category, the priority, the role of the unit
  probability real not null,
  stood text,                               -- what the event had when it was shown
  district text not null,
  path text[] not null,
  shown_at timestamptz not null,
  outcome text constraint text_suggestion_outcome check (outcome in ('accepted', 'changed', 'ignored')),
  decided text,                             -- what people decided
  settled_at timestamptz,
  constraint text_suggestion_once unique (event_id, kind),
  constraint text_suggestion_settled check ((outcome is null) = (settled_at is null))
);
create index text_suggestion_open on text_suggestion (shown_at) where outcome is null;
create index text_suggestion_by_time on text_suggestion (shown_at);
alter table text_suggestion enable row level security;
create policy text_suggestion_scope on text_suggestion using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on text_suggestion to huangge_app;

create table hot_issue (                    -- one matter at one place told by many; derived
  id uuid primary key,
  title text not null,                      -- redacted
  central_event_id uuid not null references event (id),
  category_code text not null,              -- of most of its events
  area_code text not null,                  -- the smallest that holds all of them
  path text[] not null,
  district text not null,
  lon double precision,
  lat double precision,
  heat real not null,                       -- in voices
  heat_before real not null,                -- a week earlier, over the same events
  events integer not null,
  open_events integer not null,
  voices integer not null,
  urges integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  daily jsonb not null,                     -- reports of each of the last days, oldest first
  words jsonb not null,                     -- urgency words found, by kind
  gone_at timestamptz,                      -- no longer found
  as_of timestamptz not null
);
create index hot_issue_by_heat on hot_issue (district, heat desc) where gone_at is null;
create index hot_issue_by_path on hot_issue using gin (path);
alter table hot_issue enable row level security;
create policy hot_issue_scope on hot_issue using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);
grant select, insert, update on hot_issue to huangge_app;

create table hot_issue_event (
  event_id uuid primary key references event (id),
  issue_id uuid not null references hot_issue (id)
);
create index hot_issue_event_by_issue on hot_issue_event (issue_id);
grant select, insert, update, delete on hot_issue_event to huangge_app;
