-- WeCom: what came over a bridge and is still to be read; how the bridge fares. The machine's own notes beside the record,
-- written without ledger lines: what is read becomes a message of the group, which has one.

create table wecom_letter (
  id uuid primary key,
  group_id uuid not null references online_group (id),
  message_id text not null,                 -- as WeCom names it: a repetition is not kept twice
  body bytea,                               -- sealed; forgotten once it is read
  received_at timestamptz not null,
  next_at timestamptz not null,             -- photos are fetched then; put off when WeCom does not give them
  tries integer not null default 0,
  done_at timestamptz,
  constraint wecom_letter_once unique (group_id, message_id)
);
create index wecom_letter_due on wecom_letter (next_at) where done_at is null;
create index wecom_letter_old on wecom_letter (done_at) where done_at is not null;

create table wecom_state (
  group_id uuid primary key references online_group (id),
  verified_at timestamptz,                  -- WeCom asked for the address and was answered
  last_at timestamptz,                      -- the newest message
  last_fault text not null default '',      -- signature, time, key, receiver, content, media, access
  last_fault_at timestamptz
);

alter table wecom_letter enable row level security;
create policy wecom_letter_scope on wecom_letter using ((select current_setting('huangge.see_all', true) = 'on'));
alter table wecom_state enable row level security;
create policy wecom_state_scope on wecom_state using (
  (select current_setting('huangge.see_all', true) = 'on') or exists (select from online_group g where g.id = group_id)
);
grant select, insert, update, delete on wecom_letter, wecom_state to huangge_app;
