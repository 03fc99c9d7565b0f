-- Why voices stand together, what a survey asks beside, and the law that no voice is ever lost in the count.

alter table service_need
  add column class_from text not null default 'none'   -- how the class is known: said, guessed from words, confirmed by hand
    constraint service_need_class_from check (class_from in ('none', 'said', 'words', 'hand')),
  add constraint service_need_class_known check ((class_code is null) = (class_from = 'none'));

alter table need_voice
  add column class_code text,                          -- what it said or what its words were taken for; null: not known
  add column joined_by text not null default 'first'   -- why it stands with the others
    constraint need_voice_joined_by check (joined_by in ('first', 'class', 'near', 'words', 'hand')),
  add column joined_detail integer,                    -- near: metres to the middle of the others; words: likeness in percent
  add column minutes_now integer                       -- how long one walks to it today, as said in a survey
    constraint need_voice_minutes check (minutes_now between 0 and 600);
create index need_voice_by_area on need_voice (area_code collate "C", said_at desc);

-- Told at commit: what a need says of its voices is what its voices are.
create function service_need_sums() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  need uuid;
  wanted record;
  found record;
begin
  foreach need in array case
      when tg_table_name = 'service_need' then array[new.id]
      when tg_op = 'INSERT' then array[new.need_id]
      when tg_op = 'DELETE' then array[old.need_id]
      else array[old.need_id, new.need_id]
    end loop
    select count(*)::int as voices, coalesce(sum(people), 0)::int as people into wanted from need_voice where need_id = need;
    select voices, people into found from service_need where id = need;
    if found.voices is distinct from wanted.voices or found.people is distinct from wanted.people then
      raise exception 'Need %: counts % voices of % people, has % of %.',
        need, found.voices, found.people, wanted.voices, wanted.people using errcode = 'HG008';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger need_voice_counted after insert or update or delete on need_voice
  deferrable initially deferred for each row execute function service_need_sums();
create constraint trigger service_need_counts after insert or update on service_need
  deferrable initially deferred for each row execute function service_need_sums();
