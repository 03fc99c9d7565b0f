-- The law of 0041 asked a need for the field of a voice; each table is asked for its own now.
create or replace function service_need_sums() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  touched uuid[];
  need uuid;
  wanted record;
  found record;
begin
  if tg_table_name = 'service_need' then touched := array[new.id];
  elsif tg_op = 'INSERT' then touched := array[new.need_id];
  elsif tg_op = 'DELETE' then touched := array[old.need_id];
  else touched := array[old.need_id, new.need_id];
  end if;
  foreach need in array touched loop
    select count(*)::int as voices, coalesce(sum(people), 0)::int as people into wanted from need_voice where need_id = need;
    select voices, people into found from service_need where id = need;
    if found.voices is distinct from wanted.voices or found.people is distinct from wanted.people then
      raise exception 'Need %: counts % voices of % people, has % of %.',
        need, found.voices, found.people, wanted.voices, wanted.people using errcode = 'HG008';
    end if;
  end loop;
  return null;
end $$;
