-- 规则推演: the past under other rules, kept with what was asked, so that two can be laid side by side and one can be adopted.

-- Routing by area: in these areas others lead than in the rest. [{areaCode, leadRole, assistRoles}]; the smallest area counts.
alter table category_rule add column areas jsonb not null default '[]';

create table rehearsal (
  id uuid primary key,
  title text not null constraint rehearsal_title check (length(title) between 1 and 80),
  area_code text not null,                  -- whose events are looked at
  path text[] not null,
  district text not null,
  from_day date not null,                   -- reported on these days, both included, in Asia/Shanghai
  to_day date not null,
  base_version integer not null references library_version (version),
  changes jsonb not null,                   -- rules in the place of those of the base version
  hash text not null,                       -- sha256 over the canonical question and the code version
  code_version text not null,
  state text not null default 'running' constraint rehearsal_state check (state in ('running', 'done', 'failed', 'cancelled')),
  events integer not null default 0,        -- looked at
  figures jsonb,                            -- null until it is done
  result_hash text,
  problem text not null default '',
  asked_by uuid not null references account (id),
  asked_at timestamptz not null,
  ended_at timestamptz,
  proposal text constraint rehearsal_proposal check (proposal in ('open', 'adopted', 'turned_down')), -- null: not proposed
  proposed_by uuid references account (id),
  proposed_at timestamptz,
  proposal_reason text not null default '',
  decided_by uuid references account (id),
  decided_at timestamptz,
  decision_reason text not null default '',
  library_version integer references library_version (version), -- what it became
  version integer not null default 1,
  constraint rehearsal_days check (from_day <= to_day),
  constraint rehearsal_done check ((state = 'done') = (figures is not null)),
  constraint rehearsal_by_another check (decided_by is null or decided_by <> proposed_by)
);
create index rehearsal_by_area on rehearsal (area_code collate "C", asked_at desc);
create index rehearsal_by_hash on rehearsal (hash);
create index rehearsal_open on rehearsal (proposed_at) where proposal = 'open';
alter table rehearsal enable row level security;
create policy rehearsal_scope on rehearsal using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table rehearsal_case (               -- events that would have fared otherwise, so that a number opens its cases
  rehearsal_id uuid not null references rehearsal (id),
  event_id uuid not null references event (id),
  category_code text not null,
  marks text[] not null,                    -- words of rehearsalMarks in src/contract/rehearsals.ts
  steps_late text[] not null,               -- steps that become late
  steps_timely text[] not null,             -- steps that become timely
  unit_before uuid,
  unit_after uuid,
  reported_at timestamptz not null,
  primary key (rehearsal_id, event_id)
);
alter table rehearsal_case enable row level security;
create policy rehearsal_case_scope on rehearsal_case using (
  (select current_setting('huangge.see_all', true) = 'on') or exists (select 1 from event e where e.id = event_id)
);
grant select, insert, update on rehearsal to huangge_app;
grant select, insert on rehearsal_case to huangge_app;

-- 智能助手: each time it was asked, and what became of the draft. No text is kept: neither what was sent nor what came back.
create table assistant_use (
  id uuid primary key,
  kind text not null,                       -- words of assistantKinds in src/contract/assistant.ts
  subject_type text not null,
  subject_id text not null,
  path text[] not null,
  district text not null,
  model text not null,
  prompt_hash text not null,                -- sha256 of what was sent, redacted
  draft_hash text not null default '',      -- sha256 of what was shown
  redactions integer not null default 0,    -- pieces of personal data taken out before sending
  tokens_in integer,                        -- as the endpoint tells; null: it did not
  tokens_out integer,
  took_ms integer not null,
  outcome text not null constraint assistant_use_outcome
    check (outcome in ('drafted', 'invalid', 'unreachable', 'timed_out', 'refused', 'too_large')),
  asked_by uuid references account (id),    -- null: the program itself, for a scheduled brief
  asked_at timestamptz not null,
  decision text constraint assistant_use_decision check (decision in ('confirmed', 'discarded')),
  edited boolean,                           -- a human changed words before confirming
  final_hash text not null default '',      -- sha256 of what was confirmed
  decided_by uuid references account (id),
  decided_at timestamptz,
  constraint assistant_use_decided check ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
  constraint assistant_use_drafted check (decision is null or outcome = 'drafted')
);
create index assistant_use_by_subject on assistant_use (subject_type, subject_id, asked_at desc);
create index assistant_use_by_day on assistant_use (asked_at desc);
alter table assistant_use enable row level security;
create policy assistant_use_scope on assistant_use using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
  or asked_by = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
grant select, insert, update on assistant_use to huangge_app;
