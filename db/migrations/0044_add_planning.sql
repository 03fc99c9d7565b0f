-- Where to put what is missing: questions asked of the engine, their answers with proof, who decided what, and what came of it.

create table scenario (                     -- 方案: one question, and what became of it
  id uuid primary key,
  title text not null constraint scenario_title check (length(title) between 1 and 80),
  area_code text not null,                  -- whose people are counted
  path text[] not null,
  district text not null,
  class_code text not null,                 -- code of db/data/facility-classes.csv
  demand_id uuid,                           -- the line of 市场需求账 it began with
  profile text not null,                    -- code of db/data/walk-profiles.csv
  limit_min integer not null constraint scenario_limit check (limit_min between 1 and 60),
  moment jsonb,                             -- {weekday 1-7, minute 0-1439}: only what is open then counts; null: whenever
  goal text not null constraint scenario_goal check (goal in ('cover', 'median', 'centre')),
  choose integer constraint scenario_choose check (choose between 1 and 50),
  budget_yuan bigint constraint scenario_budget check (budget_yuan between 0 and 10000000000),
  weighting text not null,                  -- code of db/data/planning-weights.csv
  candidates jsonb not null,                -- as they were when it was asked: [{key, kind, idleId, name, lon, lat, …}]
  state text not null default 'draft' constraint scenario_state check (state in ('draft', 'answered', 'decided', 'set_aside')),
  reason text not null default '',          -- why it was set aside
  note text not null default '',
  made_by uuid not null references account (id),
  created_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  constraint scenario_bound check (choose is not null or budget_yuan is not null)
);
create index scenario_by_area on scenario (area_code collate "C", created_at desc);
create index scenario_by_class on scenario (class_code, district);
alter table scenario enable row level security;
create policy scenario_scope on scenario using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

-- What was asked stays as it was once there is an answer to it.
create function scenario_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.area_code, new.class_code, new.profile, new.limit_min, new.goal, new.weighting, new.made_by)
      is distinct from (old.area_code, old.class_code, old.profile, old.limit_min, old.goal, old.weighting, old.made_by)
    or old.state <> 'draft' and (new.choose, new.budget_yuan, new.moment, new.candidates)
      is distinct from (old.choose, old.budget_yuan, old.moment, old.candidates) then
    raise exception 'Scenario %: what was asked cannot change once it is answered.', old.id;
  end if;
  return new;
end $$;
create trigger scenario_stays before update on scenario for each row execute function scenario_stays();

create table scenario_answer (              -- 测算结果: never changed; the question itself lies beside it, so that it can be reckoned again
  scenario_id uuid primary key references scenario (id),
  hash text not null,                       -- sha256 over the canonical question, its parameters and the code version
  question bytea not null,                  -- gzip of the canonical JSON: cells, places, times
  answer jsonb not null,                    -- what was chosen, objective, bound, gap, runner-up
  figures jsonb not null,                   -- before and after: who reaches, how far, how fairly
  network_version text not null,
  code_version text not null,
  facilities integer not null,
  cells integer not null,
  run_id uuid,                              -- the run of the life circle it stands beside, where there is one
  answered_at timestamptz not null,
  asked_by uuid not null references account (id)
);

create table scenario_choice (              -- 手工比选: another choice somebody tried and kept
  id uuid primary key,
  scenario_id uuid not null references scenario (id),
  title text not null constraint scenario_choice_title check (length(title) between 1 and 80),
  chosen text[] not null,                   -- keys of candidates
  figures jsonb not null,
  made_by uuid not null references account (id),
  created_at timestamptz not null
);
create index scenario_choice_by_scenario on scenario_choice (scenario_id, created_at);

create table decision (                     -- 决策: never changed; a later one supersedes it
  id uuid primary key,
  scenario_id uuid not null references scenario (id),
  choice_id uuid references scenario_choice (id), -- null: what the engine chose
  chosen text[] not null constraint decision_chosen check (cardinality(chosen) >= 1),
  figures jsonb not null,
  answer_hash text not null,
  compared uuid[] not null default '{}',    -- other scenarios that lay on the table
  reason text not null constraint decision_reason check (length(reason) between 2 and 2000),
  minutes_no text not null constraint decision_minutes check (length(minutes_no) between 1 and 60), -- 会议纪要 or 文号
  decided_by uuid not null references account (id),
  author uuid not null references account (id), -- who made what was decided on
  decided_at timestamptz not null,
  supersedes uuid unique references decision (id),
  constraint decision_by_another check (decided_by <> author)
);
create unique index decision_first on decision (scenario_id) where supersedes is null;

create table project (                      -- 项目: one place that is being made
  id uuid primary key,
  decision_id uuid not null references decision (id),
  candidate_key text not null,
  idle_resource_id uuid references idle_resource (id),
  demand_id uuid,
  class_code text not null,
  name text not null constraint project_name check (length(name) between 1 and 120),
  area_code text not null,                  -- the finest area it stands in
  path text[] not null,
  district text not null,
  served_code text not null,                -- whose people it was decided for
  lon double precision not null,
  lat double precision not null,
  address text not null default '',
  hours jsonb,                              -- as facility.hours: planned, then real
  services text not null default '' constraint project_services check (length(services) <= 500),
  capacity integer constraint project_capacity check (capacity > 0),
  floor_m2 integer constraint project_floor check (floor_m2 > 0),
  budget_yuan bigint constraint project_budget check (budget_yuan >= 0),
  predicted jsonb not null,                 -- {people, elders, children, limitMin, profile, hash}: what this place alone was to bring
  run_before uuid,                          -- the run of the life circle before it opened
  state text not null default 'approval' constraint project_state check (state in ('approval', 'building', 'acceptance', 'opening', 'open', 'stopped')),
  reason text not null default '',          -- why it was stopped
  facility_id uuid references facility (id),
  opened_on date,
  told_late_on date,                        -- the planner was told on this day that it is late
  created_by uuid not null references account (id),
  created_at timestamptz not null,
  version integer not null default 1,
  constraint project_opened check ((state = 'open') = (facility_id is not null))
);
create unique index project_once on project (decision_id, candidate_key);
create index project_by_area on project (area_code collate "C");
alter table project enable row level security;
create policy project_scope on project using (
  (select current_setting('huangge.see_all', true) = 'on') or path && (select huangge_scope('areas'))::text[]
);

create table project_stage (                -- 立项 建设 验收 开放; photos are attachments of subject project_stage
  id uuid primary key,
  project_id uuid not null references project (id),
  stage text not null constraint project_stage_stage check (stage in ('approval', 'building', 'acceptance', 'opening')),
  planned_on date,
  done_on date,
  note text not null default '' constraint project_stage_note check (length(note) <= 1000),
  constraint project_stage_once unique (project_id, stage)
);

create table remeasure (                    -- 建后再测: predicted against real; never changed
  id uuid primary key,
  project_id uuid not null references project (id),
  run_before uuid not null,
  run_after uuid not null,
  hash_after text not null,
  predicted jsonb not null,
  found jsonb not null,                     -- people, elders, children newly reached, and what differs besides
  measured_at timestamptz not null,
  measured_by uuid references account (id),
  constraint remeasure_once unique (project_id, run_after)
);
create index remeasure_by_project on remeasure (project_id, measured_at desc);

grant select, insert, update on scenario, project, project_stage to huangge_app;
grant select, insert on scenario_answer, scenario_choice, decision, remeasure to huangge_app; -- kept as they were
