-- Under row-level security only conditions that cannot leak may use an index: codes of areas compared as text can, paths cannot.
create index care_person_by_area on care_person (area_code collate "C", id) where retired_at is null;
create index visit_task_by_area on visit_task (area_code collate "C") where ended_at is null;
create index household_by_code on household (area_code collate "C") where retired_at is null;
