-- What leaves the house: briefs for those who command, and open data for everybody. Both are frozen when they are issued.

create table brief (                        -- 日报、周报、月报、专报
  id uuid primary key,
  kind text not null constraint brief_kind check (kind in ('daily', 'weekly', 'monthly', 'special')),
  area_code text not null,
  path text[] not null,
  district text not null,
  unit_id uuid not null references unit (id), -- the centre that issues it
  first_day date not null,
  last_day date not null,
  subject_kind text constraint brief_subject check (subject_kind in ('hot_issue', 'area')), -- only of a special one
  subject_id text,
  state text not null default 'draft' constraint brief_state check (state in ('draft', 'issued', 'discarded')),
  issue_year smallint,                      -- 期号: counted by centre, kind and year, given when it is issued
  issue_no integer,
  body jsonb not null,                      -- numbers, tables, charts and their sources, as reckoned; never typed
  remarks jsonb not null default '{}',      -- section → {text, by, at, machine}: what a person wrote, or accepted from the assistant
  ledger_size bigint,                       -- the signed tree head the numbers were reckoned under; null: none was signed yet
  ledger_root text,
  recipient_units uuid[] not null default '{}',
  made_at timestamptz not null,
  reckoned_at timestamptz not null,
  made_by uuid,                             -- null: the schedule
  issued_at timestamptz,
  issued_by uuid,
  version integer not null default 1,
  constraint brief_days check (first_day <= last_day),
  constraint brief_number check ((state = 'issued') = (issue_no is not null)),
  constraint brief_special check ((kind = 'special') = (subject_kind is not null))
);
create unique index brief_once on brief (unit_id, kind, first_day, last_day) where kind <> 'special' and state <> 'discarded';
create unique index brief_numbered on brief (unit_id, kind, issue_year, issue_no) where issue_no is not null;
create index brief_by_area on brief (area_code, last_day desc, id);
alter table brief enable row level security;
create policy brief_scope on brief using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
  or recipient_units && (select huangge_scope('units'))::uuid[]
);
grant select, insert, update on brief to huangge_app;

create table brief_file (                   -- the bytes that were issued; their sha-256 stands in the ledger
  brief_id uuid not null references brief (id),
  format text not null constraint brief_file_format check (format in ('docx', 'pdf', 'xlsx')),
  bytes bytea not null,
  sha256 text not null,
  primary key (brief_id, format)
);
grant select, insert on brief_file to huangge_app;

create table brief_schedule (               -- when drafts make themselves
  id uuid primary key,
  unit_id uuid not null references unit (id),
  area_code text not null,
  path text[] not null,
  district text not null,
  kind text not null constraint brief_schedule_kind check (kind in ('daily', 'weekly', 'monthly')),
  at_minute smallint not null constraint brief_schedule_minute check (at_minute between 0 and 1439), -- of the day, in Asia/Shanghai
  workdays_only boolean not null default true, -- a rest day waits for the next working day, whose daily brief tells of all days between
  recipient_units uuid[] not null default '{}',
  enabled boolean not null default true,
  last_day date,                            -- the last day its last draft told of
  version integer not null default 1,
  constraint brief_schedule_once unique (unit_id, kind)
);
grant select, insert, update on brief_schedule to huangge_app;

create table open_release (                 -- what was fixed in one month in one area, as published; never changed
  id uuid primary key,
  area_code text not null,
  path text[] not null,
  district text not null,
  month text not null constraint open_release_month check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  version smallint not null,                -- a correction is a new version over the same groups
  k smallint not null constraint open_release_k check (k >= 5),
  groups jsonb not null,                    -- the partition: each case of the month lies in exactly one group of at least k
  totals jsonb not null,
  published_at timestamptz not null,
  published_by uuid,
  constraint open_release_version unique (area_code, month, version)
);
create index open_release_by_month on open_release (month desc, area_code);
grant select, insert on open_release to huangge_app;

create table open_file (                    -- its files, byte for byte; their sha-256 stands in the ledger
  release_id uuid not null references open_release (id),
  name text not null,
  type text not null,
  bytes bytea not null,
  sha256 text not null,
  primary key (release_id, name)
);
grant select, insert on open_file to huangge_app;
