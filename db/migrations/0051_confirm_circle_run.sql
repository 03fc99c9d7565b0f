-- When all is again as it was, measuring answers the earlier run: from then on it is the latest again.
alter table circle_run add column confirmed_at timestamptz;
