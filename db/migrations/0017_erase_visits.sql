-- An erasure reaches what visits keep about a person. Tries are never changed by the program; what was said in them goes
-- only together with a line care.erase of the same transaction, as the words about a person do (0010).
create function huangge_erase_visits(person uuid) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare gone integer;
begin
  if not exists (
    select from ledger_entry
    where subject_id = person::text and subject_type = 'care_person' and action = 'care.erase'
      and xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'What was said in visits goes only together with a line care.erase of the same transaction.';
  end if;
  update visit set changed = '{}', changes = null, note = null where person_id = person;
  get diagnostics gone = row_count;
  delete from ledger_private p using ledger_entry e, visit_task t
    where e.id = p.entry_id and e.subject_type = 'visit_task' and e.subject_id = t.id::text and t.person_id = person;
  return gone;
end $$;
revoke all on function huangge_erase_visits(uuid) from public;
grant execute on function huangge_erase_visits(uuid) to huangge_app;
