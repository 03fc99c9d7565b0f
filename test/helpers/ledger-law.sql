-- The ledger law as the database sees it: a transaction that changes a table of record and writes no ledger line is refused
-- at commit. Installed in every test database, so each test of each module is also a test of this law.
create function ledger_law_note() returns trigger language plpgsql as $$
begin
  perform set_config('huangge.ledger_line', pg_current_xact_id()::text, true);
  return null;
end $$;
create trigger ledger_law_note after insert on ledger_entry for each statement execute function ledger_law_note();

create function ledger_law_check() returns trigger language plpgsql as $$
begin
  -- Fixtures of tests write as owner; the law binds the program, which works as huangge_app.
  if current_user = 'huangge_app' and coalesce(current_setting('huangge.ledger_line', true), '') <> pg_current_xact_id()::text then
    raise exception 'Ledger law: % on "%" without a ledger line in the same transaction.', tg_op, tg_table_name using errcode = 'HG007';
  end if;
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array[
    'area', 'unit', 'board', 'account', 'appointment', 'api_token', 'oidc_identity',
    'library_version', 'category', 'category_rule', 'calendar_day', 'calendar_rule',
    'rehearsal', 'rehearsal_case', 'assistant_use',
    'event', 'task', 'clock', 'event_hand', 'event_reporter', 'extension', 'call_record',
    'risk_point', 'care_person', 'care_import', 'care_export', 'care_export_person', 'care_correction',
    'inspection_rule', 'inspection_task', 'inspection',
    'online_group', 'group_grid', 'group_person', 'group_member', 'group_poll', 'group_vote', 'group_message', 'group_photo', 'group_notice', 'group_notice_group', 'group_bridge',
    'household',
    'station', 'partner',
    'facility', 'facility_standard', 'population_cell', 'idle_resource', 'idle_photo', 'service_need', 'need_voice',
    'walk_network', 'circle_input', 'circle_run', 'circle_result',
    'facility_problem', 'market_demand',
    'station_exception', 'station_facility', 'station_busy', 'station_photo',
    'activity',
    'screen', 'kiosk_link',
    'scenario', 'scenario_answer', 'scenario_choice', 'decision', 'project', 'project_stage', 'remeasure',
    'volunteer', 'shift_pattern', 'shift', 'shift_sign_up', 'shift_swap', 'attendance_correction', 'hours_request', 'volunteer_certificate', 'volunteer_export',
    'indicator_exclusion', 'department_rating',
    'partner_agreement', 'pledge', 'partner_delivery', 'partner_rating',
    'supply_level', 'supply_receipt', 'supply_batch', 'supply_movement', 'supply_restock', 'loan_thing', 'loan',
    'service_record', 'service_correction', 'service_aid', 'service_want',
    'text_model', 'text_suggestion',
    'anomaly', 'brief', 'brief_file', 'brief_schedule', 'open_release', 'open_file',
    'service_offer', 'service_away', 'booking', 'booking_unmet',
    'visit_rule', 'visit_person', 'visit_task', 'visit', 'visit_reading',
    'notice_setting', 'notice_channel', 'webhook_endpoint',
    'plan', 'plan_version', 'operation', 'operation_step', 'task_link', 'room_message', 'device', 'incident_rule', 'incident', 'incident_report', 'incident_reminder', 'warning_source', 'warning', 'warning_reference', 'warning_effect', 'warning_effect_run', 'threshold', 'alert_source', 'alarm', 'device_mute',
    'force_leave', 'force_cover', 'duty_pattern', 'duty_shift', 'duty_swap', 'calendar_feed', 'force_availability', 'hand_over', 'hand_over_read', 'force_member', 'force_ask', 'asked_task', 'asked_task_answer'
  ] loop
    execute format(
      'create constraint trigger ledger_law after insert or update or delete on %I deferrable initially deferred for each row execute function ledger_law_check()',
      name
    );
  end loop;
end $$;
