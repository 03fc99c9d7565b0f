-- Notices: what the ledger tells people and other systems. Settings, channels and endpoints are of record; notices,
-- deliveries and subscriptions are derived from the ledger or belong to a browser and may be swept away.

create table notice_cursor (                -- how far the ledger has been read; machine data
  tenant text primary key,
  seq bigint not null,
  since timestamptz not null                -- what happened before is history and tells nobody
);

create table notice (
  id uuid primary key,
  entry_id uuid not null references ledger_entry (id),
  account_id uuid not null references account (id),
  kind text not null,
  action text not null,
  priority smallint not null constraint notice_priority check (priority between 0 and 4),
  district text not null,
  subject_type text not null,
  subject_id text not null,
  facts jsonb not null,                     -- codes, numbers, names of areas; never names of people
  created_at timestamptz not null,
  read_at timestamptz,
  constraint notice_once unique (entry_id, account_id, kind)
);
create index notice_by_account on notice (account_id, id desc);
create index notice_unread on notice (account_id, priority) where read_at is null;
create index notice_by_time on notice (created_at);

create table delivery (                     -- one message on one way to one target
  id uuid primary key,
  entry_id uuid references ledger_entry (id), -- null: a test
  kind text not null,
  action text not null,
  priority smallint not null,
  subject_type text not null,
  subject_id text not null,
  facts jsonb not null,                     -- as of the notice; for a webhook the data of its body
  at timestamptz not null,                  -- when it happened
  channel text not null constraint delivery_channel check (channel in ('web_push', 'email', 'sms', 'wecom', 'dingtalk', 'webhook')),
  target_id uuid not null,                  -- account, channel or endpoint
  state text not null constraint delivery_state check (state in ('waiting', 'sent', 'failed', 'dead', 'suppressed')),
  tries smallint not null default 0,
  next_at timestamptz,                      -- null: nothing more will happen by itself
  batch_id uuid,                            -- the message it went with; stays over retries, so that a provider sees a repeat
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint delivery_once unique (entry_id, kind, channel, target_id)
);
create index delivery_due on delivery (next_at) where state in ('waiting', 'failed');
create index delivery_by_state on delivery (state, id desc);
create index delivery_by_target on delivery (target_id, id desc);
create index delivery_by_time on delivery (created_at);

create table notice_setting (
  account_id uuid primary key references account (id),
  channels jsonb not null,                  -- kind → channels; a missing kind has the house's choice
  quiet_from smallint,                      -- minutes after midnight in Asia/Shanghai
  quiet_until smallint,
  email bytea,                              -- sealed by the vault
  phone bytea,                              -- sealed by the vault
  version integer not null default 1,
  updated_at timestamptz not null
);

create table push_subscription (            -- a browser that asked for messages
  endpoint_digest bytea primary key,        -- SHA-256 of the endpoint
  account_id uuid not null references account (id),
  address bytea not null,                   -- endpoint and keys, sealed
  created_at timestamptz not null
);
create index push_subscription_by_account on push_subscription (account_id);

create table notice_channel (
  id uuid primary key,
  kind text not null constraint notice_channel_kind check (kind in ('sms', 'wecom', 'dingtalk')),
  name text not null,
  area_code text references area (code),    -- null: everything
  min_priority smallint not null,
  enabled boolean not null,
  address bytea,                            -- URL and secret, sealed; forgotten when retired
  host text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  retired_at timestamptz
);

create table webhook_endpoint (
  id uuid primary key,
  name text not null,
  url text not null,
  types text[] not null,
  area_code text references area (code),    -- null: everything
  secret bytea,                             -- sealed; forgotten when retired
  old_secret bytea,                         -- still signs until old_until
  old_until timestamptz,
  status text not null constraint webhook_endpoint_status check (status in ('active', 'disabled', 'retired')),
  disabled_reason text,
  version integer not null default 1,
  created_at timestamptz not null
);

create table webhook_health (               -- a heartbeat beside the record
  endpoint_id uuid primary key references webhook_endpoint (id),
  failing_since timestamptz,
  last_ok_at timestamptz,
  last_error text
);

create table notice_bucket (                -- how many messages a target may still get; shared by all processes
  target_id uuid primary key,
  tokens double precision not null,
  at timestamptz not null
);

create table notice_key (                   -- keys the program made for itself, sealed
  name text primary key,
  sealed bytea not null,
  created_at timestamptz not null
);

alter table notice enable row level security;
create policy notice_scope on notice using (
  (select current_setting('huangge.see_all', true) = 'on')
  or account_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table notice_setting enable row level security;
create policy notice_setting_scope on notice_setting using (
  (select current_setting('huangge.see_all', true) = 'on')
  or account_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table push_subscription enable row level security;
create policy push_subscription_scope on push_subscription using (
  (select current_setting('huangge.see_all', true) = 'on')
  or account_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table delivery enable row level security;
create policy delivery_scope on delivery using ((select current_setting('huangge.see_all', true) = 'on'));
alter table notice_channel enable row level security;
create policy notice_channel_scope on notice_channel using ((select current_setting('huangge.see_all', true) = 'on'));
alter table webhook_endpoint enable row level security;
create policy webhook_endpoint_scope on webhook_endpoint using ((select current_setting('huangge.see_all', true) = 'on'));

grant select, insert, update on notice_cursor, notice_setting, notice_channel, webhook_endpoint, webhook_health, notice_bucket,
  notice_key to huangge_app;
grant select, insert, update, delete on notice, delivery, push_subscription to huangge_app;
