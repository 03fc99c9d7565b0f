-- What a station has: lots with their expiry, every unit that came or went, what is lent without deposit.
-- Stock is the sum of movements: only a movement changes the quantity of a batch, and the database reckons it.

create table supply_level (                 -- how much a station wants to have; without a row db/data/supply-items.csv says it
  station_id uuid not null references station (id),
  item_code text not null,
  minimum integer not null constraint supply_level_minimum check (minimum between 0 and 100000),
  place text not null default '',           -- the shelf
  version integer not null default 1,
  primary key (station_id, item_code)
);

create table supply_receipt (               -- one delivery that was taken in
  id uuid primary key,
  seq bigint generated always as identity constraint supply_receipt_seq unique, -- part of the number on the paper
  station_id uuid not null references station (id),
  district text not null,
  source text not null constraint supply_receipt_source check (source in ('purchase', 'street', 'donation')),
  partner_id uuid references partner (id),
  pledge_id uuid,                           -- of the partner, when this keeps one
  donor bytea,                              -- sealed by the vault: a giver who is no partner and wants to be named
  at timestamptz not null,
  recorded_at timestamptz not null,
  account_id uuid references account (id),
  constraint supply_receipt_giver check (source = 'donation' or (partner_id is null and donor is null))
);
create index supply_receipt_by_station on supply_receipt (station_id, at desc);
create index supply_receipt_by_partner on supply_receipt (partner_id) where partner_id is not null;

create table supply_batch (                 -- one lot at one station
  id uuid primary key,
  station_id uuid not null references station (id),
  district text not null,
  item_code text not null,                  -- of db/data/supply-items.csv
  number text not null default '',          -- of the maker; '' where there is none
  expires_on date,                          -- the last day it may be used, in Asia/Shanghai
  receipt_id uuid references supply_receipt (id), -- null: found, returned, or carried over from another station
  received_at timestamptz not null,
  quantity integer not null default 0 constraint supply_batch_not_below_zero check (quantity >= 0),
  recalled_at timestamptz,                  -- called back: not given out any more
  recall_reason text not null default '',
  expiry_told text constraint supply_batch_told check (expiry_told in ('soon', 'over'))
);
create index supply_batch_here on supply_batch (station_id, item_code, expires_on, id) where quantity > 0;
create index supply_batch_by_lot on supply_batch (item_code, number) where number <> '';
create index supply_batch_by_expiry on supply_batch (expires_on) where quantity > 0 and expires_on is not null;

create table loan_thing (                   -- a thing with a number of its own on its label
  id uuid primary key,
  station_id uuid not null references station (id), -- where it lies, or was lent last
  district text not null,
  item_code text not null,
  number text not null constraint loan_thing_number unique
    constraint loan_thing_number_words check (number ~ '^[A-Z0-9][A-Z0-9-]{1,19}$'),
  state text not null default 'in' constraint loan_thing_state check (state in ('in', 'out', 'gone')),
  created_at timestamptz not null,
  version integer not null default 1
);
create index loan_thing_by_station on loan_thing (station_id, item_code);

create table loan (
  id uuid primary key,
  station_id uuid not null references station (id), -- where it was lent
  district text not null,
  item_code text not null,
  thing_id uuid references loan_thing (id), -- null: counted only
  phone bytea,                              -- sealed by the vault; only with consent; emptied when the loan ends
  phone_index bytea,                        -- blind, to find it when somebody brings it back
  lent_at timestamptz not null,
  due_at timestamptz not null,
  state text not null default 'out' constraint loan_state check (state in ('out', 'returned', 'lost', 'damaged')),
  ended_at timestamptz,
  ended_station_id uuid references station (id),
  reminded_at timestamptz,                  -- when the station was told that it is overdue
  account_id uuid references account (id),  -- who lent it; null when nobody recorded the lending
  version integer not null default 1,
  constraint loan_end check ((state = 'out') = (ended_at is null)),
  constraint loan_forgets check (state = 'out' or (phone is null and phone_index is null))
);
create unique index loan_thing_out_once on loan (thing_id) where state = 'out';
create index loan_out on loan (item_code, lent_at) where state = 'out';
create index loan_by_station on loan (station_id, lent_at desc);
create index loan_by_phone on loan (phone_index) where phone_index is not null;

create table supply_movement (              -- never changed, never removed
  id uuid primary key,
  batch_id uuid not null references supply_batch (id),
  station_id uuid not null references station (id),
  item_code text not null,
  kind text not null constraint supply_movement_kind check
    (kind in ('receive', 'service', 'undo', 'count', 'write_off', 'send', 'arrive', 'lend', 'return')),
  delta integer not null constraint supply_movement_moves check (delta <> 0),
  reason text not null default '',          -- of a difference or a write-off: code of db/data/supply-reasons.csv
  service_id uuid,                          -- the service it was used for
  loan_id uuid references loan (id),
  transfer_id uuid,                         -- both ends of one way between two stations
  at timestamptz not null,                  -- when it happened
  recorded_at timestamptz not null,
  account_id uuid references account (id),
  constraint supply_movement_way check (case kind
    when 'receive' then delta > 0 when 'undo' then delta > 0 when 'arrive' then delta > 0 when 'return' then delta > 0
    when 'count' then true else delta < 0 end)
);
create index supply_movement_by_station on supply_movement (station_id, at desc);
create index supply_movement_by_batch on supply_movement (batch_id);
create index supply_movement_by_service on supply_movement (service_id) where service_id is not null;

create table supply_restock (               -- somebody should bring more
  id uuid primary key,
  station_id uuid not null references station (id),
  district text not null,
  item_code text not null,
  minimum integer not null,
  quantity integer not null,                -- what was left when it was raised
  state text not null default 'open' constraint supply_restock_state check (state in ('open', 'done')),
  raised_at timestamptz not null,
  ended_at timestamptz
);
create unique index supply_restock_one_open on supply_restock (station_id, item_code) where state = 'open';

-- The only way a quantity changes. What is expired or called back may be thrown away or counted, never given out.
create function supply_move() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare lot supply_batch;
begin
  update supply_batch set quantity = quantity + new.delta
  where id = new.batch_id and station_id = new.station_id and item_code = new.item_code returning * into lot;
  if not found then
    raise exception 'Batch % is not of this item at this station.', new.batch_id using errcode = 'HG026';
  end if;
  if new.kind in ('service', 'lend', 'send') and
    (lot.recalled_at is not null or (new.at at time zone 'Asia/Shanghai')::date > lot.expires_on) then
    raise exception 'Batch % is expired or called back and may not be given out.', new.batch_id using errcode = 'HG026';
  end if;
  return null;
end $$;
create trigger supply_move after insert on supply_movement for each row execute function supply_move();
revoke all on function supply_move() from public;

-- Whoever sees the station sees what it has: the policy of station decides.
alter table supply_level enable row level security;
create policy supply_level_scope on supply_level using (station_id in (select id from station));
alter table supply_receipt enable row level security;
create policy supply_receipt_scope on supply_receipt using (station_id in (select id from station));
alter table supply_batch enable row level security;
create policy supply_batch_scope on supply_batch using (station_id in (select id from station));
alter table supply_movement enable row level security;
create policy supply_movement_scope on supply_movement using (station_id in (select id from station));
alter table supply_restock enable row level security;
create policy supply_restock_scope on supply_restock using (station_id in (select id from station));
alter table loan_thing enable row level security;
create policy loan_thing_scope on loan_thing using (station_id in (select id from station));
alter table loan enable row level security;
create policy loan_scope on loan using (station_id in (select id from station));

grant select, insert, update on supply_level, supply_restock, loan_thing, loan to huangge_app;
grant select, insert on supply_receipt, supply_movement, supply_batch to huangge_app;
revoke update, delete on supply_receipt, supply_movement, supply_batch from huangge_app;
grant update (recalled_at, recall_reason, expiry_told) on supply_batch to huangge_app;
