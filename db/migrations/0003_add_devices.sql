-- Devices (感知设备): what may speak to us, where it stands, who answers for it. Readings and alarms lie in the next file.
create table device (
  id uuid primary key,
  code text not null constraint device_code_once unique, -- its name at the broker: hg/v1/<code>/…
  name text not null,
  kind text not null,                       -- contract/devices.ts: deviceKinds
  metrics jsonb not null default '[]',      -- [{name, unit}]: what it measures
  lon double precision not null,
  lat double precision not null,
  path text[] not null,                     -- codes of the areas it lies in, city first
  area_code text not null references area (code),
  district text not null,
  unit_id uuid references unit (id),        -- who answers; null: whoever receives for its area
  risk_point text,                          -- the number of the risk point it watches
  secret_hash text not null,                -- '$7$…': PBKDF2-SHA512, as a mosquitto password file has it
  secret_version integer not null default 1,
  heartbeat_s integer constraint device_heartbeat check (heartbeat_s between 10 and 2592000), -- null: nobody expects it
  state text not null default 'active' constraint device_state_word check (state in ('active', 'muted', 'retired')),
  version integer not null default 1,
  created_at timestamptz not null,
  retired_at timestamptz
);
create index device_by_path on device using gin (path);
create index device_by_unit on device (unit_id) where unit_id is not null;
create index device_by_risk_point on device (risk_point) where risk_point is not null;

-- What the device itself says about itself, and how often it was right: machine data, written without ledger lines.
create table device_pulse (
  device_id uuid primary key references device (id),
  last_seen_at timestamptz,
  battery real,                             -- 0 to 100
  signal real,                              -- dBm
  firmware text,
  true_alarms integer not null default 0,
  false_alarms integer not null default 0
);

alter table device enable row level security;
create policy device_scope on device using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or unit_id = any ((select huangge_scope('units'))::uuid[])
);

grant select, insert, update on device, device_pulse to huangge_app;
