-- The online half of the dual grid: groups of residents, linked N:M to grids; what is said, announced and decided there.

create sequence online_group_number_seq;
create table online_group (                 -- 线上网格群
  id uuid primary key,
  code text not null constraint online_group_code_once unique, -- a key of its own: a group may serve several grids
  name text not null,
  kind text not null,                       -- db/data/group-kinds.csv
  platform text not null constraint online_group_platform check (platform in ('in_app', 'wecom', 'other')),
  owner_id uuid references account (id),    -- the grid worker who keeps it
  about text not null default '',           -- what members are told: for whom, which rules
  district text not null,
  areas text[] not null,                    -- codes on the paths of all its grids, city first: follows from group_grid
  link_round integer not null default 1,    -- the joining link is derived from id and round: a new round ends the old link
  link_hash bytea not null constraint online_group_link_once unique, -- SHA-256 of the link's secret
  headcount integer constraint online_group_headcount check (headcount >= 0), -- of outside groups: confirmed by somebody
  headcount_on date,
  headcount_by uuid references account (id),
  rev bigint not null default 1,            -- grows with everything members see: light polling asks for this number
  last_at timestamptz,                      -- of the newest message
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  retired_at timestamptz
);
create index online_group_by_areas on online_group using gin (areas) where retired_at is null;
create index online_group_by_owner on online_group (owner_id) where owner_id is not null;

create table group_grid (                   -- N:M
  group_id uuid not null references online_group (id),
  grid_code text not null references area (code),
  district text not null,
  primary key (group_id, grid_code)
);
create index group_grid_by_grid on group_grid (grid_code);

create table group_person (                 -- one browser, however many groups; gone with the last membership
  id uuid primary key,
  key_hash bytea not null constraint group_person_key_once unique, -- SHA-256 of the key kept in the browser
  phone bytea,                              -- sealed
  phone_index bytea,                        -- blind: the same number in two browsers is one person when counted
  created_at timestamptz not null
);
create index group_person_by_phone on group_person (phone_index) where phone_index is not null;

create table group_member (
  id uuid primary key,
  group_id uuid not null references online_group (id),
  person_id uuid not null references group_person (id),
  name bytea not null,                      -- sealed: any name they like
  grid_code text not null references area (code), -- one of the group's grids
  district text not null,
  joined_at timestamptz not null,
  constraint group_member_once unique (group_id, person_id)
);
create index group_member_by_person on group_member (person_id);
create index group_member_by_grid on group_member (grid_code);

create table group_poll (                   -- 网格议事
  id uuid primary key,
  group_id uuid not null references online_group (id),
  district text not null,
  question text not null,
  note text not null default '',
  options text[] not null constraint group_poll_options check (cardinality(options) between 2 and 12),
  quorum_of text not null constraint group_poll_quorum_of check (quorum_of in ('none', 'members', 'households')),
  quorum_percent smallint not null default 0 constraint group_poll_quorum check (quorum_percent between 0 and 100),
  until timestamptz not null,
  created_by uuid references account (id),
  created_at timestamptz not null,
  closed_at timestamptz,
  result jsonb,                             -- frozen at closing: votes by option, voters, base and quorum
  minutes text not null default '',
  version integer not null default 1
);
create index group_poll_by_group on group_poll (group_id, created_at desc);
create index group_poll_due on group_poll (until) where closed_at is null;

create table group_vote (                   -- one for each member; how somebody voted is shown to nobody
  poll_id uuid not null references group_poll (id),
  member_id uuid not null references group_member (id) on delete cascade,
  choice smallint not null,                 -- position of the option, from 0
  voted_at timestamptz not null,
  primary key (poll_id, member_id)
);
create index group_vote_by_member on group_vote (member_id);

create table group_message (
  id uuid primary key,
  group_id uuid not null references online_group (id),
  district text not null,
  kind text not null constraint group_message_kind check (kind in ('member', 'staff', 'status')),
  member_id uuid references group_member (id) on delete set null,
  account_id uuid references account (id),
  outside_name bytea,                       -- sealed: how an outside platform names the author
  outside_key bytea,                        -- blind: tells outside authors apart
  text text not null,                       -- emptied when its author leaves, and after the time messages are kept
  poll_id uuid references group_poll (id),  -- said under a poll
  about_id uuid references group_message (id), -- a status speaks of this message
  source_ref text,                          -- id on the outside platform
  at timestamptz not null,
  settled_at timestamptz,                   -- answered, made an event, hidden, or marked as needing no answer
  hidden_at timestamptz,
  hidden_by uuid references account (id),
  hidden_reason text not null default '',
  erased_at timestamptz,
  event_id uuid references event (id),
  event_number text,
  event_status text,                        -- as members were last told
  event_open boolean not null default false,
  receipt bytea,                            -- sealed: secret of the author's receipt
  constraint group_message_source_once unique (group_id, source_ref)
);
create index group_message_by_group on group_message (group_id, at desc, id desc);
create index group_message_waiting on group_message (group_id) where settled_at is null and kind = 'member';
create index group_message_by_member on group_message (member_id) where member_id is not null;
create index group_message_following on group_message (event_id) where event_open;
create index group_message_kept on group_message (at) where erased_at is null;

create table group_photo (                  -- the photo itself is an attachment of subject 'group_message'
  attachment_id uuid primary key references attachment (id),
  message_id uuid not null references group_message (id),
  position smallint not null,
  token bytea not null                      -- sealed: gives it to the event the message becomes
);
create index group_photo_by_message on group_photo (message_id, position);

create table group_notice (                 -- one act for one group or many
  id uuid primary key,
  district text not null,
  title text not null,
  text text not null,
  confirm boolean not null default false,   -- members are asked to say that they have read it; nobody is named
  pinned boolean not null default false,
  created_by uuid references account (id),
  created_at timestamptz not null,
  withdrawn_at timestamptz
);
create table group_notice_group (
  notice_id uuid not null references group_notice (id),
  group_id uuid not null references online_group (id),
  primary key (notice_id, group_id)
);
create index group_notice_group_by_group on group_notice_group (group_id);
create table group_notice_read (            -- the machine's own marks, without ledger lines: only their number is shown
  notice_id uuid not null references group_notice (id),
  member_id uuid not null references group_member (id) on delete cascade,
  read_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (notice_id, member_id)
);
create index group_notice_read_by_member on group_notice_read (member_id);

create table group_bridge (                 -- a group on another platform that we read from and write to
  group_id uuid primary key references online_group (id),
  kind text not null constraint group_bridge_kind check (kind in ('wecom')),
  target text not null,                     -- how the platform names the group
  secrets bytea not null,                   -- sealed JSON object of texts
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  last_at timestamptz,                      -- the newest message that came over it
  last_error text not null default '',
  constraint group_bridge_target_once unique (kind, target)
);

create table group_outgoing (               -- what is to be said on another platform: tried until it is
  id uuid primary key,
  group_id uuid not null references online_group (id),
  text text not null,
  created_at timestamptz not null,
  next_at timestamptz not null,
  tries integer not null default 0,
  sent_at timestamptz,
  failed_at timestamptz,                    -- given up
  error text not null default ''
);
create index group_outgoing_due on group_outgoing (next_at) where sent_at is null and failed_at is null;

-- The second net: a group is seen by whoever answers for one of its grids, by those above, and by its keeper.
alter table online_group enable row level security;
create policy online_group_scope on online_group using (
  (select current_setting('huangge.see_all', true) = 'on')
  or areas && (select huangge_scope('areas'))::text[]
  or owner_id = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
do $$
declare name text;
begin
  foreach name in array array['group_grid', 'group_member', 'group_poll', 'group_message', 'group_notice_group', 'group_bridge', 'group_outgoing'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy %I on %I using ((select current_setting(''huangge.see_all'', true) = ''on'') or exists (select from online_group g where g.id = group_id))',
      name || '_scope', name
    );
  end loop;
end $$;
alter table group_person enable row level security;
create policy group_person_scope on group_person using ((select current_setting('huangge.see_all', true) = 'on'));
alter table group_vote enable row level security;
create policy group_vote_scope on group_vote using ((select current_setting('huangge.see_all', true) = 'on') or exists (select from group_poll p where p.id = poll_id));
alter table group_photo enable row level security;
create policy group_photo_scope on group_photo using ((select current_setting('huangge.see_all', true) = 'on') or exists (select from group_message m where m.id = message_id));
alter table group_notice enable row level security;
create policy group_notice_scope on group_notice using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from group_notice_group t where t.notice_id = id)
  or created_by = (select nullif(current_setting('huangge.account', true), '')::uuid)
);

grant select, insert, update, delete on online_group, group_grid, group_person, group_member, group_poll, group_vote, group_message, group_photo,
  group_notice, group_notice_group, group_notice_read, group_bridge, group_outgoing to huangge_app;
revoke delete on online_group, group_poll, group_message, group_notice from huangge_app;
