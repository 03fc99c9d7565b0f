-- Each end of a transfer names the other: who sees one station need not see the movements of the other.
alter table supply_movement add column other_station_id uuid references station (id),
  add constraint supply_movement_ends check ((kind in ('send', 'arrive')) = (other_station_id is not null and transfer_id is not null));
