-- The life circle measured: the walking network as it was, one measurement on it, what was measured and what came out.
-- A run is (network, profile and parameters, facilities and cells as of a day, code version) -> result, and never changes.
-- Results are one row for each class of facility: times of all cells as an array of whole seconds (bytea). A district of 6,000
-- cells and 30 classes would be 180,000 rows for every run; screens always read a whole class at once, and the engine
-- works on such arrays: 12 kB for each class instead.

create table walk_network (                 -- 步行路网: the bytes lie in the file store, under their own hash
  version text primary key constraint walk_network_version check (version ~ '^[0-9a-f]{64}$'),
  name text not null constraint walk_network_name check (length(name) between 1 and 120),
  districts text[] not null constraint walk_network_districts check (cardinality(districts) > 0),
  west double precision not null,
  south double precision not null,
  east double precision not null,
  north double precision not null,
  stats jsonb not null,                     -- nodes, edges, metres, heights known, islands left out
  source text not null,                     -- where its streets and heights came from, in words
  storage_key text not null,
  bytes integer not null constraint walk_network_bytes check (bytes > 0),
  account_id uuid,
  created_at timestamptz not null
);
create index walk_network_by_district on walk_network using gin (districts);

create table circle_input (                 -- what a run was measured on, under the hash of its canonical JSON; several runs share it
  hash text primary key constraint circle_input_hash check (hash ~ '^[0-9a-f]{64}$'),
  kind text not null constraint circle_input_kind check (kind in ('facilities', 'cells', 'standards')),
  items integer not null,
  body bytea not null                       -- the JSON, gzip
);

create table circle_run (                   -- 测算
  id uuid primary key,
  hash text not null constraint circle_run_hash check (hash ~ '^[0-9a-f]{64}$'),
  area_code text not null,
  path text[] not null,
  district text not null,
  network text not null references walk_network (version),
  profile text not null,                    -- code of db/data/walk-profiles.csv
  parameters jsonb not null,                -- the profile's figures, day, time of day, limits
  facilities text not null references circle_input (hash),
  cells text not null references circle_input (hash),
  standards text not null references circle_input (hash),
  code_version text not null,
  state text not null constraint circle_run_state check (state in ('running', 'done', 'failed', 'cancelled')),
  summary jsonb,                            -- counts, off-network places, warnings, figures of each class
  result_hash text,                         -- over all rows of circle_result: the same inputs give the same
  problem text not null default '',
  account_id uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  constraint circle_run_end check ((state = 'running') = (finished_at is null))
);
create unique index circle_run_once on circle_run (hash) where state in ('running', 'done');
create index circle_run_latest on circle_run (area_code collate "C", started_at desc);

create table circle_result (                -- one class of one run, in the order of the run's cells
  run_id uuid not null references circle_run (id),
  class_code text not null,
  seconds bytea not null,                   -- two bytes for each cell, little-endian: from home to the nearest; 65535 none within the cut-off
  back bytea not null,                      -- the way back from that one
  facility bytea not null,                  -- four bytes: which, in the run's list of facilities; ffffffff none
  figures jsonb not null,                   -- shares, fairness, detour, of all cells together
  primary key (run_id, class_code)
);
grant select, insert, update on walk_network, circle_input, circle_run, circle_result to huangge_app;
