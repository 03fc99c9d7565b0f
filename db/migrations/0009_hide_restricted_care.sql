-- Who sees what of a person in care: restricted records stand apart, and more of what is told is sealed.

-- A record is restricted as a whole (社区矫正 and the like, db/data/care-tags.csv), or not at all: whoever is both has two
-- records that know nothing of one another, so no number, order, version or refusal of the one betrays the other.
alter table care_person
  add column restricted boolean not null default false,
  add column health bytea,                  -- sealed: what helpers must know of their health
  add column guardian bytea,                -- sealed: who answers for a child or for somebody who cannot
  add column birth_year bytea;              -- sealed: the year only
comment on column care_person.restricted is 'seen with care.restricted over the area only';

drop index care_person_once;
create unique index care_person_once on care_person (id_number_index)
  where id_number_index is not null and retired_at is null and not restricted;
create unique index care_person_restricted_once on care_person (id_number_index)
  where id_number_index is not null and retired_at is null and restricted;

-- The second net. Not even the program's own acts see a restricted record unless they say so (huangge.restricted = '*').
drop policy care_person_scope on care_person;
create policy care_person_scope on care_person using (
  ((select current_setting('huangge.see_all', true) = 'on')
    or path && (select huangge_scope('areas'))::text[]
    or responsible_id = (select nullif(current_setting('huangge.account', true), '')::uuid))
  and (not restricted
    or (select current_setting('huangge.restricted', true) = '*')
    or path && (select huangge_scope('restricted'))::text[])
);
