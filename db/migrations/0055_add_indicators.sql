-- Figures kept beside the facts, so that a dashboard over millions of events reads some hundred rows. All of it is derived:
-- emptied and told again from event, task, clock, extension and ledger it is the same (tested).

alter table event_fact add column main_class text not null default '';   -- second level of the category tree
alter table event_fact add column due_steps text[] not null default '{}';  -- steps whose limit ended or ran out
alter table event_fact add column late_steps text[] not null default '{}'; -- those of them that ran out in time
alter table event_fact add column excluded text;                          -- reason of an approved exclusion
create index event_fact_by_district on event_fact (district, reported_day);
create index event_fact_by_owner on event_fact (owner_unit_id, reported_day);

-- How far the facts have followed the ledger.
create table analytics_cursor (
  tenant text primary key,
  seq bigint not null,
  moved_at timestamptz not null
);

-- One row per day of report, area (city, district, street) and main class ('' = all). Counts of events.
create table indicator_day (
  day date not null,
  area text not null,
  parent text not null,                 -- the area above, '' above the city: children of one area are read together
  class text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  primary key (area, class, day)
) with (fillfactor = 80);
create index indicator_day_by_parent on indicator_day (parent, class, day);

-- The same for the unit that leads, within the street (or the district, where no street is known).
create table unit_day (
  day date not null,
  unit_id uuid not null,
  area text not null,
  district text not null,
  class text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  offers integer not null default 0,    -- leads offered to this unit, whoever leads now
  offers_returned integer not null default 0,
  primary key (unit_id, class, day, area)
) with (fillfactor = 80);
create index unit_day_by_area on unit_day (area, class, day);
create index unit_day_by_district on unit_day (district, class, day);

-- Waiting times as histograms: position = wait * 40 + bucket + 1; bucket edges grow by the square root of two from one minute.
create table wait_day (
  day date not null,
  area text not null,
  class text not null,
  counts integer[] not null,
  primary key (area, class, day)
) with (fillfactor = 80);

-- What kind of cases a unit had in a month, for comparison like with like. unit_id of zeros: all units together.
create table stratum_month (
  month date not null,
  area text not null,                   -- street, or district where no street is known; '' for all units together
  district text not null,
  unit_id uuid not null,
  stratum text not null,                -- main class | priority | channel | quarter of the day
  cases integer not null default 0,     -- should be closed by now
  late integer not null default 0,      -- not closed in time
  handled integer not null default 0,   -- with a known time of handling
  log_minutes bigint not null default 0, -- sum of 1000 * ln(1 + minutes)
  primary key (unit_id, month, area, stratum)
) with (fillfactor = 80);
create index stratum_month_by_area on stratum_month (area, month);
create index stratum_month_by_district on stratum_month (district, month);

-- Rows that were emptied are found by these and dropped in the same transaction; they hold next to nothing.
create index indicator_day_empty on indicator_day (area) where reports = 0;
create index unit_day_empty on unit_day (unit_id) where reports = 0 and offers = 0;
create index wait_day_empty on wait_day (area) where 0 = all (counts);
create index stratum_month_empty on stratum_month (unit_id) where cases = 0;

create function int_array_add(a integer[], b integer[]) returns integer[] language sql immutable parallel safe as $$
  select array_agg(coalesce(x, 0) + coalesce(y, 0) order by i) from unnest(a, b) with ordinality as u (x, y, i)
$$;

-- A case taken out of the figures: one proposes, another decides. A record of its own.
create table indicator_exclusion (
  id uuid primary key,
  event_id uuid not null references event (id),
  district text not null,
  reason_code text not null,
  note text not null,
  state text not null default 'proposed',
  proposed_by uuid references account (id),
  proposed_unit_id uuid not null references unit (id),
  proposed_at timestamptz not null,
  decided_by uuid references account (id),
  decided_at timestamptz,
  decision_note text not null default '',
  version integer not null default 1,
  constraint indicator_exclusion_state check (state in ('proposed', 'approved', 'refused', 'withdrawn', 'lifted')),
  constraint indicator_exclusion_two check (decided_by is null or state = 'withdrawn' or decided_by <> proposed_by)
);
create unique index indicator_exclusion_once on indicator_exclusion (event_id) where state in ('proposed', 'approved');
create index indicator_exclusion_by_state on indicator_exclusion (state, proposed_at desc);

-- One unit's word on another's work: of a case that ended, or of a quarter. Never of a person.
create table department_rating (
  id uuid primary key,
  district text not null,
  path text[] not null,                 -- of the lower unit's area: who may read it
  rater_unit_id uuid not null references unit (id),
  rated_unit_id uuid not null references unit (id),
  event_id uuid references event (id),
  quarter text,                         -- '2026Q3'
  marks jsonb not null,                 -- criterion → 1 to 5
  lowest smallint not null,
  reason text not null default '',
  rated_by uuid references account (id),
  rated_at timestamptz not null,
  answer text,
  answered_by uuid references account (id),
  answered_at timestamptz,
  version integer not null default 1,
  constraint department_rating_subject check ((event_id is null) <> (quarter is null)),
  constraint department_rating_other check (rater_unit_id <> rated_unit_id)
);
create unique index department_rating_of_event on department_rating (rater_unit_id, rated_unit_id, event_id) where event_id is not null;
create unique index department_rating_of_quarter on department_rating (rater_unit_id, rated_unit_id, quarter) where quarter is not null;
create index department_rating_by_rated on department_rating (rated_unit_id, rated_at desc);

grant select, insert, update on analytics_cursor to huangge_app;
grant select, insert, update, delete on indicator_day, unit_day, wait_day, stratum_month to huangge_app;
grant select, insert, update on indicator_exclusion, department_rating to huangge_app;
