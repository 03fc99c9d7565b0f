-- Incident reports (突发事件信息报送): an event is declared an incident of a level; by the clock of the chosen rule set it is
-- reported by phone, then in writing: first (初报), continued n (续报), final (终报). Reports are never changed.

create table incident_rule (
  code text not null,
  level smallint not null constraint incident_rule_level check (level between 1 and 4),
  name text not null,
  name_en text not null,
  phone_minutes integer not null,
  written_minutes integer not null,
  continue_hours integer,                    -- at most this long between two written reports; null: no such limit
  continue_at text[] not null default '{}',  -- times of day (Beijing) at which one is due
  certainty text not null default '',
  note text not null default '',
  version integer not null default 1,
  primary key (code, level)
);

create table incident (
  id uuid primary key,
  event_id uuid not null constraint incident_once unique references event (id),
  district text not null,
  rule_code text not null,
  level smallint not null constraint incident_level check (level between 1 and 4),
  known_at timestamptz not null,             -- when the duty centre knew: the clocks start here
  declared_at timestamptz not null,
  declared_by uuid references account (id),
  phone_due timestamptz not null,
  first_due timestamptz not null,
  phone_at timestamptz,
  first_at timestamptz,
  continued_due timestamptz,                 -- next continued report; null before the first and after the final one
  continued integer not null default 0,
  final_at timestamptz,
  version integer not null default 1
);
create index incident_open on incident (first_due) where final_at is null;

create table incident_report (
  id uuid primary key,
  incident_id uuid not null references incident (id),
  kind text not null constraint incident_report_kind check (kind in ('phone', 'first', 'continued', 'final')),
  ordinal integer not null default 0,        -- continued n
  fields jsonb not null,
  level smallint not null,
  made integer not null,                     -- version of the incident it made: the order of its reports
  late boolean not null,
  due_at timestamptz,
  issued_at timestamptz not null,
  issued_by uuid references account (id),
  unit_id uuid not null references unit (id),
  constraint incident_report_once unique (incident_id, kind, ordinal)
);

-- One row per rung that was rung: 80 % and 100 % of a duty's time.
create table incident_reminder (
  incident_id uuid not null references incident (id),
  duty text not null,
  due_at timestamptz not null,
  rung smallint not null,
  rung_at timestamptz not null,
  primary key (incident_id, duty, due_at, rung)
);

-- The second net: whoever sees the event sees its incident.
alter table incident enable row level security;
create policy incident_scope on incident using (exists (select 1 from event e where e.id = event_id));
alter table incident_report enable row level security;
create policy incident_report_scope on incident_report using (exists (select 1 from incident i where i.id = incident_id));

grant select, insert, update on incident_rule, incident to huangge_app;
grant select, insert on incident_report, incident_reminder to huangge_app;
revoke update, delete on incident_report from huangge_app;
