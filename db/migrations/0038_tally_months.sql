-- Years of figures are read from whole months; days only at the two ends of a span. The order of the day's key lets one
-- count be read without those beside it.

alter table service_tally drop constraint service_tally_pkey;
alter table service_tally add constraint service_tally_pkey primary key (station_id, what, day, value);

create table service_tally_month (
  station_id uuid not null,
  month date not null,                      -- its first day, in Asia/Shanghai
  what text not null constraint service_tally_month_what
    check (what in ('kind', 'visitor', 'weather', 'hour', 'partner')),
  value text not null,                      -- as in service_tally; hours '0 00' (Monday) to '6 23'
  records integer not null,
  persons integer not null,
  primary key (station_id, what, month, value)
);

create function service_tally_weekly(what text, day date, value text) returns text language sql immutable as $$
  select case when what = 'hour' then extract(isodow from day)::int - 1 || ' ' || value else value end
$$;

-- Rows are taken in one order, days before months, so that two writers never wait for one another in a ring.
create or replace function service_tally_add() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with d as materialized (
    select d.station_id, d.day, d.what, d.value, count(*) as records, sum(r.persons) as persons
    from fresh r, service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
    group by 1, 2, 3, 4
  ), months as (
    insert into service_tally_month as t (station_id, month, what, value, records, persons)
    select d.station_id, date_trunc('month', d.day::timestamp)::date, d.what, service_tally_weekly(d.what, d.day, d.value),
      sum(d.records), sum(d.persons)
    from d group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (station_id, what, month, value)
      do update set records = t.records + excluded.records, persons = t.persons + excluded.persons
  )
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, d.records, d.persons from d order by 1, 2, 3, 4
  on conflict (station_id, what, day, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $$;

create or replace function service_tally_take() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with d as materialized (
    select d.station_id, d.day, d.what, d.value, -count(*) as records, -sum(r.persons) as persons
    from fresh c join service_record r on r.id = c.record_id,
      service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
    group by 1, 2, 3, 4
  ), months as (
    insert into service_tally_month as t (station_id, month, what, value, records, persons)
    select d.station_id, date_trunc('month', d.day::timestamp)::date, d.what, service_tally_weekly(d.what, d.day, d.value),
      sum(d.records), sum(d.persons)
    from d group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (station_id, what, month, value)
      do update set records = t.records + excluded.records, persons = t.persons + excluded.persons
  )
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, d.records, d.persons from d order by 1, 2, 3, 4
  on conflict (station_id, what, day, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $$;

insert into service_tally_month (station_id, month, what, value, records, persons)
select station_id, date_trunc('month', day::timestamp)::date, what, service_tally_weekly(what, day, value), sum(records), sum(persons)
from service_tally group by 1, 2, 3, 4;

alter table service_tally_month enable row level security;
create policy service_tally_month_scope on service_tally_month using (
  (select current_setting('huangge.see_all', true) = 'on')
  or exists (select from station s where s.id = station_id)
);
grant select on service_tally_month to huangge_app;
revoke insert, update, delete, truncate on service_tally_month from huangge_app;
