-- An effect that reached people in care, but fewer than may be told: not the same as one that nobody counted.
alter table warning_effect_run
  add column few boolean not null default false,
  add constraint warning_effect_run_few check (not few or matched is null);
comment on column warning_effect_run.few is 'Reached 1 to 4 people: the number is not kept.';
