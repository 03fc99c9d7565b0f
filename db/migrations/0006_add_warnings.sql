-- Warnings: CAP messages in and out, what they switch on, where they come from.

create table warning_source (
  id uuid primary key,
  code text not null constraint warning_source_code_once unique, -- in the address /api/cap/<code>
  name text not null,
  way text not null constraint warning_source_way check (way in ('push', 'poll')),
  url text,                                 -- poll: where to fetch
  every_minutes integer not null default 5 constraint warning_source_every check (every_minutes between 1 and 1440),
  area_code text references area (code),    -- where messages that name no place count
  secret_hash bytea,                        -- push: SHA-256 of the bearer token
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references account (id)
);

create table warning_source_state (         -- the machine's own notes beside the record: written without a ledger line
  source_id uuid primary key references warning_source (id),
  etag text,
  last_modified text,
  seen jsonb not null default '[]',         -- addresses of documents already fetched, newest last
  last_at timestamptz,
  last_ok_at timestamptz,
  last_error text,
  next_at timestamptz
);

create table warning (                      -- one row per message; its content never changes
  id uuid primary key,
  district text not null,
  origin text not null constraint warning_origin check (origin in ('source', 'upload', 'issued')),
  source_id uuid references warning_source (id),
  sender text not null,
  identifier text not null,
  sent timestamptz not null,
  status text not null,
  msg_type text not null,
  scope text not null,
  event text not null,
  kind text,                                -- code of db/data/warning-kinds.csv; null: unknown there
  colour text constraint warning_colour check (colour in ('red', 'orange', 'yellow', 'blue')),
  severity text not null,
  headline text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  content jsonb not null,                   -- the whole message as read
  raw bytea not null,                       -- the document as it came
  areas text[] not null,                    -- the areas of ours it speaks of
  outside boolean not null,                 -- speaks of none of ours: kept, switches nothing on
  shape jsonb,                              -- what it draws, GeoJSON
  received_at timestamptz not null,
  received_by uuid references account (id),
  -- what it is now; follows from the set of messages and the clock
  state text not null constraint warning_state check (state in ('coming', 'active', 'expired', 'replaced', 'cancelled', 'message')),
  state_by uuid references warning (id),
  state_at timestamptz not null,
  constraint warning_once unique (sender, identifier, sent)
);
create index warning_by_time on warning (sent desc, id desc);
create index warning_running on warning (status, ends_at) where state in ('coming', 'active');
create index warning_issued on warning (sent desc) where origin = 'issued';

create table warning_reference (            -- which messages a message names
  warning_id uuid not null references warning (id),
  sender text not null,
  identifier text not null,
  sent timestamptz not null,
  primary key (warning_id, sender, identifier, sent)
);
create index warning_reference_target on warning_reference (sender, identifier, sent);

create table warning_letter (               -- what could not be read: kept whole until it can be
  id uuid primary key,
  source_id uuid references warning_source (id),
  sha256 bytea not null,
  raw bytea not null,
  error text not null,
  times integer not null default 1,
  first_at timestamptz not null,
  last_at timestamptz not null,
  settled_at timestamptz,
  warning_id uuid references warning (id),  -- what it became
  constraint warning_letter_once unique nulls not distinct (source_id, sha256)
);
create index warning_letter_open on warning_letter (last_at desc) where settled_at is null;

create table warning_effect (               -- what a warning of a kind and colour switches on
  id uuid primary key,
  kind text not null,                       -- code of a warning kind; '*' is any
  least_colour text not null constraint warning_effect_colour check (least_colour in ('red', 'orange', 'yellow', 'blue')),
  effect text not null constraint warning_effect_kind check (effect in ('rounds', 'contact', 'hours', 'notice', 'plan')),
  target text not null,                     -- kind of risk point, care tag, station kind, group, plan code; '*' is all
  note text not null default '',
  enabled boolean not null default true,
  version integer not null default 1,
  constraint warning_effect_once unique (kind, least_colour, effect, target)
);

create table warning_effect_run (           -- one effect of one warning, from on to off
  id uuid primary key,
  warning_id uuid not null references warning (id),
  effect_id uuid not null references warning_effect (id),
  effect text not null,
  target text not null,
  areas text[] not null,
  matched integer,                          -- how many risk points or people it reached when it began; null: not counted
  on_at timestamptz not null,
  off_at timestamptz
);
create index warning_effect_run_by_warning on warning_effect_run (warning_id);
create unique index warning_effect_run_once on warning_effect_run (warning_id, effect_id) where off_at is null;
create index warning_effect_running on warning_effect_run (effect, target) where off_at is null;

-- A warning is seen by whoever answers for ground it speaks of, above or below; one of elsewhere by cities and districts.
alter table warning enable row level security;
create policy warning_sight on warning using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (
    select 1 from area a
    where (a.code = any ((select huangge_scope('areas'))::text[])
        or a.code in (select u.area_code from unit u where u.id = any ((select huangge_scope('units'))::uuid[])))
      and (a.path && warning.areas
        or exists (select 1 from area hit where hit.code = any (warning.areas) and a.code = any (hit.path))
        or (warning.outside and a.tier in ('city', 'district')))
  )
);

grant select, insert, update on warning_source, warning_source_state, warning_letter, warning_effect, warning_effect_run to huangge_app;
grant select, insert on warning, warning_reference to huangge_app;
revoke update, delete, truncate on warning, warning_reference from huangge_app;
grant update (state, state_by, state_at) on warning to huangge_app;
