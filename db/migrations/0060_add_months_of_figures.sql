-- Figures by month beside those by day, moved by the same differences: a year of a city, of its districts or of a unit is
-- twelve rows and two edges in place of 365. Derived like the days.

create table indicator_month (like indicator_day including defaults) with (fillfactor = 80);
alter table indicator_month rename column day to month;
alter table indicator_month add primary key (area, class, month);
create index indicator_month_by_parent on indicator_month (parent, class, month);
create index indicator_month_empty on indicator_month (area) where reports = 0;

-- Units keep all classes together: a unit has one to three classes of work, and its own facts answer for one of them.
delete from unit_day where class <> '';
alter table unit_day drop column class; -- with it go its key and its indexes
alter table unit_day add primary key (unit_id, day, area);
create index unit_day_by_area on unit_day (area, day);
create index unit_day_by_district on unit_day (district, day);

create table unit_month (like unit_day including defaults) with (fillfactor = 80);
alter table unit_month rename column day to month;
alter table unit_month add primary key (unit_id, month, area);
create index unit_month_by_area on unit_month (area, month);
create index unit_month_by_district on unit_month (district, month);
create index unit_month_empty on unit_month (unit_id) where reports = 0 and offers = 0;

create table wait_month (like wait_day including defaults) with (fillfactor = 80);
alter table wait_month rename column day to month;
alter table wait_month add primary key (area, class, month);
create index wait_month_empty on wait_month (area) where 0 = all (counts);

-- The months of the days that are there.
do $$
declare
  pair record;
begin
  for pair in
    select t.days, t.months, t.keys,
      string_agg(format('%I', c.column_name), ', ' order by c.ordinal_position) as names,
      string_agg(format('sum(%I)::int', c.column_name), ', ' order by c.ordinal_position) as sums
    from (values ('indicator_day', 'indicator_month', 'area, parent, class'), ('unit_day', 'unit_month', 'unit_id, area, district'))
      as t (days, months, keys)
    join information_schema.columns c on c.table_schema = 'public' and c.table_name = t.days and c.data_type = 'integer'
    group by 1, 2, 3
  loop
    execute format(
      'insert into %I (month, %s, %s) select date_trunc(''month'', day)::date, %s, %s from %I group by date_trunc(''month'', day), %s',
      pair.months, pair.keys, pair.names, pair.keys, pair.sums, pair.days, pair.keys
    );
  end loop;
end
$$;
insert into wait_month (month, area, class, counts)
select month, area, class, array_agg(n order by at) from (
  select date_trunc('month', w.day)::date as month, w.area, w.class, u.at, sum(u.n)::int as n
  from wait_day w cross join lateral unnest(w.counts) with ordinality as u (n, at) group by 1, 2, 3, 4
) as added group by 1, 2, 3;

grant select, insert, update, delete on indicator_month, unit_month, wait_month to huangge_app;
