-- Figures of service are read more often than they change: what was given is summed by day as it is recorded, by the
-- database itself, so that no writer can forget it. Recounting the records gives the same (tested).

create table service_tally (
  station_id uuid not null,
  day date not null,                        -- in Asia/Shanghai
  what text not null constraint service_tally_what check (what in ('kind', 'visitor', 'weather', 'hour', 'partner')),
  value text not null,                      -- '' where the record says nothing; hours '00' to '23'
  records integer not null,
  persons integer not null,
  primary key (station_id, day, what, value)
);

create function service_tally_of(station uuid, given timestamptz, kind text, visitor text, weather text, partner uuid)
returns table (station_id uuid, day date, what text, value text) language sql immutable as $$
  select station, (given at time zone 'Asia/Shanghai')::date, d.what, d.value
  from (values ('kind', kind), ('visitor', coalesce(visitor, '')), ('weather', coalesce(weather, '')),
    ('hour', to_char(given at time zone 'Asia/Shanghai', 'HH24')), ('partner', coalesce(partner::text, ''))) d (what, value)
$$;

-- Rows are taken in one order, so that two writers never wait for one another in a ring.
create function service_tally_add() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, count(*), sum(r.persons)
  from fresh r, service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
  group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (station_id, day, what, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $$;
create trigger service_tally_add after insert on service_record
  referencing new table as fresh for each statement execute function service_tally_add();

create function service_tally_take() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, -count(*), -sum(r.persons)
  from fresh c join service_record r on r.id = c.record_id,
    service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
  group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (station_id, day, what, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $$;
create trigger service_tally_take after insert on service_correction
  referencing new table as fresh for each statement execute function service_tally_take();

insert into service_tally (station_id, day, what, value, records, persons)
select d.station_id, d.day, d.what, d.value, count(*), sum(r.persons)
from service_record r, service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
where not exists (select from service_correction c where c.record_id = r.id)
group by 1, 2, 3, 4;

alter table service_tally enable row level security;
create policy service_tally_scope on service_tally using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
grant select on service_tally to huangge_app;
revoke insert, update, delete, truncate on service_tally from huangge_app;
