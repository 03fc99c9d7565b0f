-- People in care: what leaves in a file, what is corrected, erased and brought in.

create table care_import (                  -- one file of people that was brought in; the file itself is not kept
  id uuid primary key,
  district text not null,
  sha256 bytea not null,
  read integer not null,
  created integer not null,
  known integer not null,                   -- were in care already
  wrong integer not null,
  imported_at timestamptz not null,
  imported_by uuid references account (id)
);

alter table care_person add column import_id uuid references care_import (id);
alter table care_person add column erased_at timestamptz; -- what told who it was is gone for ever; the id stays for the ledger
create index care_person_retired on care_person (retired_at) where retired_at is not null and erased_at is null;

create table care_export (                  -- a file of people in care: one asks, another decides
  id uuid primary key,
  number text not null constraint care_export_number_once unique,
  area_code text not null references area (code),
  path text[] not null,
  district text not null,
  tags text[] not null default '{}',        -- empty: all
  fields text[] not null,
  people integer not null,                  -- how many when asked
  purpose bytea not null,                   -- sealed
  state text not null default 'asked' constraint care_export_state check (state in ('asked', 'approved', 'refused')),
  asked_by uuid not null references account (id),
  asked_unit_id uuid references unit (id),
  asked_at timestamptz not null,
  expires_at timestamptz not null,          -- until then it is decided, and once approved, taken
  decided_by uuid references account (id),
  decided_at timestamptz,
  reason bytea,                             -- sealed
  takes integer not null default 0,
  taken_at timestamptz,
  sha256 bytea,                             -- of the file last made; the file itself is not kept
  version integer not null default 1,
  constraint care_export_two_people check (decided_by is null or decided_by <> asked_by)
);
create sequence care_export_number_seq;
create index care_export_by_time on care_export (asked_at desc, id desc);

create table care_export_person (           -- who was in which file
  export_id uuid not null references care_export (id),
  person_id uuid not null references care_person (id),
  district text not null,
  primary key (export_id, person_id)
);
create index care_export_person_by_person on care_export_person (person_id);

create table care_correction (              -- what somebody says is wrong about them
  id uuid primary key,
  person_id uuid not null references care_person (id),
  path text[] not null,
  district text not null,
  fields text[] not null,
  said bytea,                               -- sealed; emptied when settled
  state text not null default 'open' constraint care_correction_state check (state in ('open', 'done', 'refused')),
  asked_at timestamptz not null,
  recorded_by uuid references account (id),
  settled_at timestamptz,
  settled_by uuid references account (id),
  version integer not null default 1
);
create index care_correction_by_person on care_correction (person_id, asked_at);
create index care_correction_open on care_correction (asked_at) where state = 'open';

-- The second net, as in 0002.
alter table care_export enable row level security;
create policy care_export_scope on care_export using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
  or asked_by = (select nullif(current_setting('huangge.account', true), '')::uuid)
);
alter table care_correction enable row level security;
create policy care_correction_scope on care_correction using (
  (select current_setting('huangge.see_all', true) = 'on')
  or path && (select huangge_scope('areas'))::text[]
);

-- A lawful erasure takes the words beside the ledger's lines about one person, never a line. Only together with the line
-- that says so: the program's role itself cannot remove anything there.
create function huangge_erase_care_words(person uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone integer;
begin
  if not exists (
    select from ledger_entry
    where subject_id = person::text and subject_type = 'care_person' and action = 'care.erase'
      and xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'The words about a person in care go only together with a line care.erase of the same transaction.';
  end if;
  delete from ledger_private p using ledger_entry e
    where e.id = p.entry_id and e.subject_id = person::text and e.subject_type = 'care_person'
      and e.action not in ('care.erase', 'care.reveal', 'care.review');
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function huangge_erase_care_words(uuid) from public;
grant execute on function huangge_erase_care_words(uuid) to huangge_app;

grant select, insert, update on care_export, care_correction to huangge_app;
grant select, insert on care_import to huangge_app;
grant select, insert, delete on care_export_person to huangge_app;
grant usage, select on sequence care_export_number_seq to huangge_app;
-- Answers kept for repeats speak of people, masked: an erasure finds them.
create index op_about_care on op ((response #>> '{person,id}')) where route like 'care.%';
