-- Alarms (告警): what devices and third parties said, what it amounts to, and what people made of it.

-- ── what came in: machine data, written without ledger lines ────────────────────────────────────────────────────────
create table device_message (               -- (device, boot, seq) names a message for ever: the second time it is a duplicate
  device_id uuid not null,
  boot text collate "C" not null,
  seq bigint not null,
  topic text not null,
  effective_at timestamptz not null,        -- by the device's clock where it can be right, else of receipt
  received_at timestamptz not null,
  clock_wrong boolean not null default false, -- it claimed a time more than five minutes ahead of ours
  primary key (device_id, boot, seq)
);
create index device_message_received on device_message (received_at);

create table reading (                      -- append-only; a month of receipt each
  device_id uuid not null,
  boot text collate "C" not null,
  seq bigint not null,
  metric text not null,
  value double precision not null,
  measured_at timestamptz not null,         -- as effective_at
  received_at timestamptz not null,
  primary key (device_id, metric, measured_at, boot, seq, received_at)
) partition by range (received_at);

-- Partitions belong to the owner, so the program asks for them: every month (UTC) from that of `from_day` to `ahead` later.
create function reading_partitions(from_day date, ahead integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  first date;
  made integer := 0;
  part text;
begin
  if ahead not between 0 and 24 then
    raise exception 'reading_partitions: expected 0 to 24 months ahead, found %.', ahead;
  end if;
  perform pg_advisory_xact_lock(81410004);
  for step in 0..ahead loop
    first := (date_trunc('month', from_day::timestamp) + make_interval(months => step))::date;
    part := 'reading_' || to_char(first, 'YYYYMM');
    if to_regclass('public.' || part) is null then
      execute format('create table %I partition of reading for values from (%L) to (%L)', part,
        first::text || ' 00:00:00+00', ((first + interval '1 month')::date)::text || ' 00:00:00+00');
      execute format('revoke update, delete, truncate on %I from huangge_app', part);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

-- Drops the months that ended before `day`; answers their names.
create function reading_drop_before(day date) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  part text;
  gone text[] := '{}';
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.reading'::regclass and c.relname ~ '^reading_[0-9]{6}$'
      and (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::date <= day
    order by c.relname
  loop
    execute format('drop table %I', part);
    gone := gone || part;
  end loop;
  return gone;
end $$;

create table dead_letter (                  -- messages that could never be taken: seen, mended, replayed or put away
  id uuid primary key,
  device_id uuid not null,
  device_code text not null,
  topic text not null,
  body bytea not null,
  digest bytea not null,                    -- SHA-256 of the body: the same nonsense again only counts
  reason text not null,
  received_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  state text not null default 'waiting' constraint dead_letter_state check (state in ('waiting', 'replayed', 'discarded')),
  constraint dead_letter_once unique (device_id, topic, digest)
);
create index dead_letter_waiting on dead_letter (state, last_at desc, id desc);

-- The last word of each source about (subject, kind): the message with the greatest (at, boot, seq) decides.
create table alarm_signal (
  subject text not null,                    -- 'd:<device id>' or 's:<alert source id>:<its point>'
  kind text not null,
  source text not null,                     -- 'message', 'heartbeat' or the id of a threshold
  active boolean not null,
  at timestamptz not null,
  boot text collate "C" not null,
  seq bigint not null,
  metric text,
  value double precision,
  due_at timestamptz,                       -- a limit was passed; active from then on, if nothing else is heard
  primary key (subject, kind, source)
);
create index alarm_signal_active on alarm_signal (subject) where active;
create index alarm_signal_due on alarm_signal (due_at) where due_at is not null;

-- ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────────
create table threshold (
  id uuid primary key,
  device_kind text,
  device_id uuid references device (id),    -- beats the rule of its kind
  basis text not null constraint threshold_basis check (basis in ('message', 'value', 'rate', 'silence', 'season')),
  metric text,
  kind text not null,
  direction text not null default 'above' constraint threshold_direction check (direction in ('above', 'below')),
  raise_at double precision,
  clear_at double precision,
  hold_off_s integer not null default 0 constraint threshold_hold_off check (hold_off_s between 0 and 86400),
  priority smallint not null constraint threshold_priority check (priority between 0 and 4),
  category_code text references category (code),
  plan_code text,
  raises text not null constraint threshold_raises check (raises in ('auto', 'ask', 'never')),
  note text not null default '',
  version integer not null default 1,
  updated_at timestamptz not null,
  retired_at timestamptz,
  constraint threshold_object check ((device_kind is null) <> (device_id is null)),
  constraint threshold_numbers check (basis = 'message' or (raise_at is not null and clear_at is not null)),
  constraint threshold_metric check ((basis in ('value', 'rate', 'season')) = (metric is not null))
);
create unique index threshold_once on threshold (coalesce(device_kind, device_id::text), basis, coalesce(metric, ''), kind, direction)
  where retired_at is null;

create table alert_source (                 -- third parties that send alerts by signed webhook
  id uuid primary key,
  code text not null constraint alert_source_code_once unique,
  name text not null,
  secret bytea not null,                    -- sealed
  priority smallint not null constraint alert_source_priority check (priority between 0 and 4),
  category_code text references category (code),
  plan_code text,
  raises text not null constraint alert_source_raises check (raises in ('auto', 'ask', 'never')),
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null
);

create table alert_receipt (                -- a webhook-id is taken once; machine data
  source_id uuid not null references alert_source (id),
  webhook_id text not null,
  received_at timestamptz not null,
  alarm_id uuid,
  primary key (source_id, webhook_id)
);
create index alert_receipt_received on alert_receipt (received_at);

-- ── alarms ──────────────────────────────────────────────────────────────────────────────────────────────────────────
create table alarm (
  id uuid primary key,
  subject text not null,                    -- as alarm_signal; 't:<id>' for a test call
  kind text not null,
  priority smallint not null constraint alarm_priority check (priority between 0 and 4),
  device_id uuid references device (id),
  source_id uuid references alert_source (id),
  path text[] not null,                     -- codes of the areas it lies in, city first
  area_code text not null,
  district text not null,
  unit_id uuid not null references unit (id), -- who answers
  lon double precision not null,
  lat double precision not null,
  place_words text not null default '',
  raised_at timestamptz not null,
  received_at timestamptz not null,
  clock_wrong boolean not null default false,
  metric text,
  value double precision,
  text text not null default '',
  threshold_id uuid references threshold (id),
  category_code text,
  plan_code text,
  raises text not null,
  acknowledged_at timestamptz,
  acknowledged_by uuid references account (id),
  outcome text constraint alarm_outcome check (outcome in ('false', 'handled')),
  cleared_at timestamptz,
  cleared_how text constraint alarm_cleared_how check (cleared_how in ('signal', 'hand', 'false')),
  clear_reason text not null default '',
  event_id uuid references event (id),
  event_number text,
  second_at timestamptz,                    -- told by a second channel
  test boolean not null default false,
  version integer not null default 1
);
create unique index alarm_one_open on alarm (subject, kind) where cleared_at is null;
create index alarm_by_time on alarm (raised_at desc, id desc);
create index alarm_on_list on alarm (raised_at desc, id desc) where cleared_at is null or acknowledged_at is null;
create index alarm_by_device on alarm (device_id, raised_at desc) where device_id is not null;
create index alarm_by_subject on alarm (subject, kind, cleared_at desc);
create index alarm_by_event on alarm (event_id) where event_id is not null;
create index alarm_by_path on alarm using gin (path);
create index alarm_sos_waiting on alarm (received_at) where kind = 'sos' and acknowledged_at is null and second_at is null;

create table alarm_repeat (                 -- the same alarm said again; machine data
  alarm_id uuid primary key references alarm (id),
  repeats integer not null default 0,
  last_at timestamptz not null
);

create table alarm_wish (                   -- alarms that shall become an event: committed with the wish, done exactly once
  alarm_id uuid primary key references alarm (id),
  asked_by uuid references account (id),    -- null: by rule
  request jsonb not null,                   -- the very report, so that sending it again is the same report
  plan_code text,
  made_at timestamptz not null,
  next_at timestamptz not null,
  tries integer not null default 0,
  trouble text not null default '',
  done_at timestamptz,                      -- also when it was refused for good
  refused_step text constraint alarm_wish_refused_step check (refused_step in ('event', 'plan')),
  refused_code text,                        -- why, as in src/kit/errors.ts
  constraint alarm_wish_refused check ((refused_step is null) = (refused_code is null))
);
create index alarm_wish_waiting on alarm_wish (next_at) where done_at is null;

create table device_mute (                  -- silent for a while: data is kept, nothing is raised
  device_id uuid primary key references device (id),
  until timestamptz not null,
  muted_by uuid references account (id),
  settled boolean not null default false    -- its end was looked after
);

alter table alarm enable row level security;
create policy alarm_scope on alarm using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);

grant select, insert, update on device_message, dead_letter, alarm_signal, threshold, alert_source, alert_receipt, alarm, alarm_repeat,
  alarm_wish, device_mute to huangge_app;
grant select, insert on reading to huangge_app;
revoke update, delete, truncate on reading from huangge_app;
grant delete on device_message, dead_letter, alert_receipt to huangge_app;
