-- A task asked of grid workers ends by itself: the program notes when, and for which due day it reminded those who do it.
alter table asked_task
  add column expired_at timestamptz,        -- noted after the last day
  add column due_told date;                 -- the due day workers were last reminded of
create index asked_task_alive on asked_task (last_day) where withdrawn_at is null and expired_at is null;
