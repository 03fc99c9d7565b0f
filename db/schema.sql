-- Made by tools/gen.ts from the migrations; do not edit.

create table account (
  id uuid not null,
  login text not null,
  display_name text not null,
  email text,
  kind text not null default 'person'::text,
  password_hash text,
  password_changed_at timestamp with time zone,
  must_change_password boolean not null default false,
  totp_secret bytea,
  totp_confirmed_at timestamp with time zone,
  totp_last_step bigint,
  admin_kind text,
  status text not null default 'active'::text,
  locked_until timestamp with time zone,
  failed_count integer not null default 0,
  held_at timestamp with time zone,
  locale text not null default 'zh-CN'::text,
  created_at timestamp with time zone not null default now(),
  constraint account_pkey PRIMARY KEY (id),
  constraint account_admin_kind CHECK ((admin_kind = ANY (ARRAY['system'::text, 'security'::text, 'audit'::text]))),
  constraint account_kind CHECK ((kind = ANY (ARRAY['person'::text, 'service'::text]))),
  constraint account_status CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text])))
);
CREATE INDEX account_by_name ON public.account USING btree (display_name, id);
CREATE UNIQUE INDEX account_email_once ON public.account USING btree (lower(email)) WHERE (email IS NOT NULL);
CREATE UNIQUE INDEX account_login_once ON public.account USING btree (lower(login));
grant insert, select, update on account to huangge_app;

create table activity (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  partner_id uuid,
  pledge_id uuid,
  kind text not null,
  title text not null,
  about text not null default ''::text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  places integer,
  state text not null,
  reason text not null default ''::text,
  created_by uuid,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  version integer not null default 1,
  constraint activity_pkey PRIMARY KEY (id),
  constraint activity_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint activity_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint activity_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint activity_about CHECK ((length(about) <= 1000)),
  constraint activity_places CHECK (((places >= 1) AND (places <= 5000))),
  constraint activity_settled CHECK (((state = 'planned'::text) = (settled_at IS NULL))),
  constraint activity_state CHECK ((state = ANY (ARRAY['planned'::text, 'held'::text, 'cancelled'::text]))),
  constraint activity_times CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '24:00:00'::interval)))),
  constraint activity_title CHECK (((length(title) >= 1) AND (length(title) <= 60)))
);
CREATE INDEX activity_by_station ON public.activity USING btree (station_id, starts_at);
CREATE INDEX activity_by_time ON public.activity USING btree (starts_at);
CREATE INDEX activity_waiting ON public.activity USING btree (ends_at) WHERE (state = 'planned'::text);
alter table activity enable row level security;
create policy activity_scope on activity for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = activity.station_id)))));
grant insert, select, update on activity to huangge_app;

create table alarm (
  id uuid not null,
  subject text not null,
  kind text not null,
  priority smallint not null,
  device_id uuid,
  source_id uuid,
  path text[] not null,
  area_code text not null,
  district text not null,
  unit_id uuid not null,
  lon double precision not null,
  lat double precision not null,
  place_words text not null default ''::text,
  raised_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  clock_wrong boolean not null default false,
  metric text,
  value double precision,
  text text not null default ''::text,
  threshold_id uuid,
  category_code text,
  plan_code text,
  raises text not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by uuid,
  outcome text,
  cleared_at timestamp with time zone,
  cleared_how text,
  clear_reason text not null default ''::text,
  event_id uuid,
  event_number text,
  second_at timestamp with time zone,
  test boolean not null default false,
  version integer not null default 1,
  constraint alarm_pkey PRIMARY KEY (id),
  constraint alarm_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES account(id),
  constraint alarm_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id),
  constraint alarm_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint alarm_source_id_fkey FOREIGN KEY (source_id) REFERENCES alert_source(id),
  constraint alarm_threshold_id_fkey FOREIGN KEY (threshold_id) REFERENCES threshold(id),
  constraint alarm_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint alarm_cleared_how CHECK ((cleared_how = ANY (ARRAY['signal'::text, 'hand'::text, 'false'::text]))),
  constraint alarm_outcome CHECK ((outcome = ANY (ARRAY['false'::text, 'handled'::text]))),
  constraint alarm_priority CHECK (((priority >= 0) AND (priority <= 4)))
);
CREATE INDEX alarm_by_device ON public.alarm USING btree (device_id, raised_at DESC) WHERE (device_id IS NOT NULL);
CREATE INDEX alarm_by_event ON public.alarm USING btree (event_id) WHERE (event_id IS NOT NULL);
CREATE INDEX alarm_by_path ON public.alarm USING gin (path);
CREATE INDEX alarm_by_subject ON public.alarm USING btree (subject, kind, cleared_at DESC);
CREATE INDEX alarm_by_time ON public.alarm USING btree (raised_at DESC, id DESC);
CREATE INDEX alarm_on_list ON public.alarm USING btree (raised_at DESC, id DESC) WHERE ((cleared_at IS NULL) OR (acknowledged_at IS NULL));
CREATE UNIQUE INDEX alarm_one_open ON public.alarm USING btree (subject, kind) WHERE (cleared_at IS NULL);
CREATE INDEX alarm_sos_waiting ON public.alarm USING btree (received_at) WHERE ((kind = 'sos'::text) AND (acknowledged_at IS NULL) AND (second_at IS NULL));
alter table alarm enable row level security;
create policy alarm_scope on alarm for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on alarm to huangge_app;

create table alarm_repeat (
  alarm_id uuid not null,
  repeats integer not null default 0,
  last_at timestamp with time zone not null,
  constraint alarm_repeat_pkey PRIMARY KEY (alarm_id),
  constraint alarm_repeat_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarm(id)
);
grant insert, select, update on alarm_repeat to huangge_app;

create table alarm_signal (
  subject text not null,
  kind text not null,
  source text not null,
  active boolean not null,
  at timestamp with time zone not null,
  boot text not null,
  seq bigint not null,
  metric text,
  value double precision,
  due_at timestamp with time zone,
  constraint alarm_signal_pkey PRIMARY KEY (subject, kind, source)
);
CREATE INDEX alarm_signal_active ON public.alarm_signal USING btree (subject) WHERE active;
CREATE INDEX alarm_signal_due ON public.alarm_signal USING btree (due_at) WHERE (due_at IS NOT NULL);
grant insert, select, update on alarm_signal to huangge_app;

create table alarm_wish (
  alarm_id uuid not null,
  asked_by uuid,
  request jsonb not null,
  plan_code text,
  made_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  tries integer not null default 0,
  trouble text not null default ''::text,
  done_at timestamp with time zone,
  refused_step text,
  refused_code text,
  constraint alarm_wish_pkey PRIMARY KEY (alarm_id),
  constraint alarm_wish_alarm_id_fkey FOREIGN KEY (alarm_id) REFERENCES alarm(id),
  constraint alarm_wish_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint alarm_wish_refused CHECK (((refused_step IS NULL) = (refused_code IS NULL))),
  constraint alarm_wish_refused_step CHECK ((refused_step = ANY (ARRAY['event'::text, 'plan'::text])))
);
CREATE INDEX alarm_wish_waiting ON public.alarm_wish USING btree (next_at) WHERE (done_at IS NULL);
grant insert, select, update on alarm_wish to huangge_app;

create table alert_receipt (
  source_id uuid not null,
  webhook_id text not null,
  received_at timestamp with time zone not null,
  alarm_id uuid,
  constraint alert_receipt_pkey PRIMARY KEY (source_id, webhook_id),
  constraint alert_receipt_source_id_fkey FOREIGN KEY (source_id) REFERENCES alert_source(id)
);
CREATE INDEX alert_receipt_received ON public.alert_receipt USING btree (received_at);
grant delete, insert, select, update on alert_receipt to huangge_app;

create table alert_source (
  id uuid not null,
  code text not null,
  name text not null,
  secret bytea not null,
  priority smallint not null,
  category_code text,
  plan_code text,
  raises text not null,
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint alert_source_code_once UNIQUE (code),
  constraint alert_source_pkey PRIMARY KEY (id),
  constraint alert_source_category_code_fkey FOREIGN KEY (category_code) REFERENCES category(code),
  constraint alert_source_priority CHECK (((priority >= 0) AND (priority <= 4))),
  constraint alert_source_raises CHECK ((raises = ANY (ARRAY['auto'::text, 'ask'::text, 'never'::text])))
);
grant insert, select, update on alert_source to huangge_app;

create table analytics_cursor (
  tenant text not null,
  seq bigint not null,
  moved_at timestamp with time zone not null,
  constraint analytics_cursor_pkey PRIMARY KEY (tenant)
);
grant insert, select, update on analytics_cursor to huangge_app;

create table anomaly (
  id uuid not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  category_code text not null,
  day date not null,
  until_hour smallint not null,
  side text not null,
  seen integer not null,
  expected double precision not null,
  low integer not null,
  high integer not null,
  p double precision not null,
  q double precision not null,
  series integer not null,
  input_hash text not null,
  method text not null,
  state text not null default 'open'::text,
  found_at timestamp with time zone not null,
  answer text,
  reason text not null default ''::text,
  quiet_until date,
  answered_by uuid,
  answered_at timestamp with time zone,
  version integer not null default 1,
  constraint anomaly_once UNIQUE (area_code, category_code, side, day),
  constraint anomaly_pkey PRIMARY KEY (id),
  constraint anomaly_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id),
  constraint anomaly_answer CHECK ((answer = ANY (ARRAY['acting'::text, 'known_cause'::text, 'no_matter'::text]))),
  constraint anomaly_answered CHECK (((state = 'acknowledged'::text) = (answer IS NOT NULL))),
  constraint anomaly_hour CHECK (((until_hour >= 1) AND (until_hour <= 24))),
  constraint anomaly_side CHECK ((side = ANY (ARRAY['more'::text, 'fewer'::text]))),
  constraint anomaly_state CHECK ((state = ANY (ARRAY['open'::text, 'acknowledged'::text, 'expired'::text])))
);
CREATE INDEX anomaly_by_day ON public.anomaly USING btree (day DESC, id);
CREATE INDEX anomaly_by_path ON public.anomaly USING gin (path);
CREATE UNIQUE INDEX anomaly_open_once ON public.anomaly USING btree (area_code, category_code, side) WHERE (state = 'open'::text);
alter table anomaly enable row level security;
create policy anomaly_scope on anomaly for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on anomaly to huangge_app;

create table api_token (
  id uuid not null,
  account_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_by uuid,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_token_once UNIQUE (token_hash),
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint api_token_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id)
);
grant delete, insert, select, update on api_token to huangge_app;

create table api_token_use (
  token_id uuid not null,
  last_used_at timestamp with time zone not null,
  constraint api_token_use_pkey PRIMARY KEY (token_id),
  constraint api_token_use_token_id_fkey FOREIGN KEY (token_id) REFERENCES api_token(id)
);
grant delete, insert, select, update on api_token_use to huangge_app;

create table appointment (
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  area_code text,
  role text not null,
  is_primary boolean not null default true,
  since date not null default CURRENT_DATE,
  until date,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  constraint appointment_pkey PRIMARY KEY (id),
  constraint appointment_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint appointment_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint appointment_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX appointment_by_account ON public.appointment USING btree (account_id) WHERE (revoked_at IS NULL);
CREATE INDEX appointment_by_area ON public.appointment USING btree (area_code) WHERE (revoked_at IS NULL);
CREATE INDEX appointment_by_unit ON public.appointment USING btree (unit_id) WHERE (revoked_at IS NULL);
grant insert, select, update on appointment to huangge_app;

create table area (
  code text not null,
  tier text not null,
  name text not null,
  parent_code text,
  path text[] not null,
  kind text not null default 'ordinary'::text,
  geometry jsonb,
  residents integer not null default 0,
  households integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  constraint area_pkey PRIMARY KEY (code),
  constraint area_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES area(code),
  constraint area_kind CHECK ((kind = ANY (ARRAY['ordinary'::text, 'exclusive'::text]))),
  constraint area_tier CHECK ((tier = ANY (ARRAY['city'::text, 'district'::text, 'street'::text, 'community'::text, 'grid'::text, 'micro_grid'::text])))
);
CREATE INDEX area_by_parent ON public.area USING btree (parent_code);
CREATE INDEX area_by_tier ON public.area USING btree (tier) WHERE (retired_at IS NULL);
grant insert, select, update on area to huangge_app;

create table asked_task (
  id uuid not null,
  unit_id uuid not null,
  by_id uuid not null,
  reach text[] not null,
  district text not null,
  title text not null,
  words text not null default ''::text,
  source text not null,
  legal_base text not null,
  roles text[] not null,
  every text not null,
  minutes smallint not null,
  photos smallint not null default 0,
  fields text[] not null default '{}'::text[],
  known text[] not null default '{}'::text[],
  asked_at timestamp with time zone not null,
  due_day date not null,
  last_day date not null,
  renews uuid,
  withdrawn_at timestamp with time zone,
  version integer not null default 1,
  expired_at timestamp with time zone,
  due_told date,
  constraint asked_task_pkey PRIMARY KEY (id),
  constraint asked_task_by_id_fkey FOREIGN KEY (by_id) REFERENCES account(id),
  constraint asked_task_renews_fkey FOREIGN KEY (renews) REFERENCES asked_task(id),
  constraint asked_task_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint asked_task_days CHECK ((last_day >= due_day)),
  constraint asked_task_every CHECK ((every = ANY (ARRAY['once'::text, 'weekly'::text, 'monthly'::text, 'quarterly'::text]))),
  constraint asked_task_minutes CHECK (((minutes >= 1) AND (minutes <= 480)))
);
CREATE INDEX asked_task_alive ON public.asked_task USING btree (last_day) WHERE ((withdrawn_at IS NULL) AND (expired_at IS NULL));
CREATE INDEX asked_task_by_reach ON public.asked_task USING gin (reach);
CREATE INDEX asked_task_by_unit ON public.asked_task USING btree (unit_id, asked_at DESC);
alter table asked_task enable row level security;
create policy asked_task_scope on asked_task for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (reach && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on asked_task to huangge_app;

create table asked_task_answer (
  task_id uuid not null,
  area_code text not null,
  path text[] not null,
  unit_id uuid not null,
  state text not null,
  reason text not null default ''::text,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint asked_task_answer_pkey PRIMARY KEY (task_id, area_code),
  constraint asked_task_answer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id),
  constraint asked_task_answer_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint asked_task_answer_task_id_fkey FOREIGN KEY (task_id) REFERENCES asked_task(id),
  constraint asked_task_answer_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint asked_task_answer_state CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'refused'::text])))
);
CREATE INDEX asked_task_answer_by_area ON public.asked_task_answer USING btree (area_code, state);
alter table asked_task_answer enable row level security;
create policy asked_task_answer_scope on asked_task_answer for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on asked_task_answer to huangge_app;

create table assistant_use (
  id uuid not null,
  kind text not null,
  subject_type text not null,
  subject_id text not null,
  path text[] not null,
  district text not null,
  model text not null,
  prompt_hash text not null,
  draft_hash text not null default ''::text,
  redactions integer not null default 0,
  tokens_in integer,
  tokens_out integer,
  took_ms integer not null,
  outcome text not null,
  asked_by uuid,
  asked_at timestamp with time zone not null,
  decision text,
  edited boolean,
  final_hash text not null default ''::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint assistant_use_pkey PRIMARY KEY (id),
  constraint assistant_use_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint assistant_use_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint assistant_use_decided CHECK ((((decision IS NULL) = (decided_by IS NULL)) AND ((decision IS NULL) = (decided_at IS NULL)))),
  constraint assistant_use_decision CHECK ((decision = ANY (ARRAY['confirmed'::text, 'discarded'::text]))),
  constraint assistant_use_drafted CHECK (((decision IS NULL) OR (outcome = 'drafted'::text))),
  constraint assistant_use_outcome CHECK ((outcome = ANY (ARRAY['drafted'::text, 'invalid'::text, 'unreachable'::text, 'timed_out'::text, 'refused'::text, 'too_large'::text])))
);
CREATE INDEX assistant_use_by_day ON public.assistant_use USING btree (asked_at DESC);
CREATE INDEX assistant_use_by_subject ON public.assistant_use USING btree (subject_type, subject_id, asked_at DESC);
alter table assistant_use enable row level security;
create policy assistant_use_scope on assistant_use for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (asked_by = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on assistant_use to huangge_app;

create table attachment (
  id uuid not null,
  event_id uuid,
  task_id uuid,
  kind text not null,
  sha256 bytea not null,
  stored_sha256 bytea not null,
  mime text not null,
  bytes integer not null,
  width integer not null,
  height integer not null,
  storage_key text not null,
  uploaded_by uuid,
  reporter_id uuid,
  claim_hash bytea,
  public boolean not null default false,
  created_at timestamp with time zone not null,
  subject_type text,
  subject_id uuid,
  constraint attachment_pkey PRIMARY KEY (id),
  constraint attachment_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint attachment_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES event_reporter(id),
  constraint attachment_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id),
  constraint attachment_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES account(id),
  constraint attachment_kind CHECK ((kind = ANY (ARRAY['report'::text, 'before'::text, 'after'::text, 'evidence'::text]))),
  constraint attachment_subject CHECK (((subject_type IS NULL) = (subject_id IS NULL)))
);
CREATE INDEX attachment_by_event ON public.attachment USING btree (event_id);
CREATE INDEX attachment_by_subject ON public.attachment USING btree (subject_id) WHERE (subject_id IS NOT NULL);
CREATE INDEX attachment_unclaimed ON public.attachment USING btree (created_at) WHERE ((event_id IS NULL) AND (subject_id IS NULL));
grant delete, insert, select, update on attachment to huangge_app;

create table attendance_correction (
  id uuid not null,
  sign_up_id uuid not null,
  old_presence text not null,
  old_minutes integer,
  new_presence text not null,
  new_minutes integer,
  reason text not null,
  corrected_by uuid not null,
  corrected_at timestamp with time zone not null,
  constraint attendance_correction_pkey PRIMARY KEY (id),
  constraint attendance_correction_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES account(id),
  constraint attendance_correction_sign_up_id_fkey FOREIGN KEY (sign_up_id) REFERENCES shift_sign_up(id)
);
CREATE INDEX attendance_correction_by_sign_up ON public.attendance_correction USING btree (sign_up_id);
grant insert, select, update on attendance_correction to huangge_app;

create table base_layer (
  name text not null,
  geojson text not null,
  updated_at timestamp with time zone not null default now(),
  constraint base_layer_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on base_layer to huangge_app;

create table board (
  code text not null,
  area_code text not null,
  name text not null,
  name_en text not null,
  sort integer not null default 0,
  constraint board_pkey PRIMARY KEY (code),
  constraint board_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code)
);
grant delete, insert, select, update on board to huangge_app;

create table booking (
  id uuid not null,
  offer_id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  provider_unit_id uuid,
  path text[] not null,
  district text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  seat smallint,
  channel text not null,
  code text not null,
  secret_hash bytea not null,
  phone bytea,
  phone_index bytea,
  name bytea,
  state text not null,
  cancelled_by text,
  outcome text,
  outcome_note bytea,
  event_id uuid,
  rating smallint,
  rating_words bytea,
  rated_at timestamp with time zone,
  booked_at timestamp with time zone not null,
  booked_by uuid,
  arrived_at timestamp with time zone,
  ended_at timestamp with time zone,
  version integer not null default 1,
  constraint booking_no_double EXCLUDE USING gist (offer_id WITH =, seat WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (((state <> 'cancelled'::text) AND (seat IS NOT NULL))),
  constraint booking_secret UNIQUE (secret_hash),
  constraint booking_pkey PRIMARY KEY (id),
  constraint booking_booked_by_fkey FOREIGN KEY (booked_by) REFERENCES account(id),
  constraint booking_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint booking_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES service_offer(id),
  constraint booking_provider_unit_id_fkey FOREIGN KEY (provider_unit_id) REFERENCES unit(id),
  constraint booking_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint booking_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint booking_cancelled_by CHECK ((cancelled_by = ANY (ARRAY['resident'::text, 'station'::text]))),
  constraint booking_channel CHECK ((channel = ANY (ARRAY['web'::text, 'counter'::text, 'phone'::text, 'walk_in'::text]))),
  constraint booking_outcome CHECK ((outcome = ANY (ARRAY['solved'::text, 'transferred'::text, 'again'::text, 'unsolved'::text]))),
  constraint booking_rating CHECK (((rating >= 1) AND (rating <= 5))),
  constraint booking_served CHECK (((outcome IS NOT NULL) = (state = 'served'::text))),
  constraint booking_span CHECK ((ends_at > starts_at)),
  constraint booking_state CHECK ((state = ANY (ARRAY['booked'::text, 'arrived'::text, 'served'::text, 'no_show'::text, 'cancelled'::text, 'lapsed'::text])))
);
CREATE INDEX booking_by_offer ON public.booking USING btree (offer_id, starts_at);
CREATE INDEX booking_by_phone ON public.booking USING btree (phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX booking_by_provider ON public.booking USING btree (provider_unit_id, starts_at) WHERE (provider_unit_id IS NOT NULL);
CREATE INDEX booking_by_station ON public.booking USING btree (station_id, starts_at);
CREATE UNIQUE INDEX booking_code ON public.booking USING btree (station_id, code) WHERE (state = ANY (ARRAY['booked'::text, 'arrived'::text]));
CREATE UNIQUE INDEX booking_once ON public.booking USING btree (offer_id, phone_index) WHERE (state = 'booked'::text);
alter table booking enable row level security;
create policy booking_scope on booking for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on booking to huangge_app;

create table booking_full (
  offer_id uuid not null,
  day date not null,
  times integer not null,
  constraint booking_full_pkey PRIMARY KEY (offer_id, day),
  constraint booking_full_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES service_offer(id)
);
grant insert, select, update on booking_full to huangge_app;

create table booking_told (
  unit_id uuid not null,
  day date not null,
  kind text not null,
  at timestamp with time zone not null,
  constraint booking_told_pkey PRIMARY KEY (unit_id, day, kind),
  constraint booking_told_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint booking_told_kind CHECK ((kind = ANY (ARRAY['tomorrow'::text, 'today'::text])))
);
grant insert, select, update on booking_told to huangge_app;

create table booking_unmet (
  id uuid not null,
  station_id uuid,
  unit_id uuid,
  path text[] not null,
  district text not null,
  area_code text not null,
  service_area text,
  offer_id uuid,
  kind text not null,
  what text not null,
  wanted text not null default 'any'::text,
  phone bytea,
  at timestamp with time zone not null,
  by_id uuid,
  answered_at timestamp with time zone,
  answered_by uuid,
  answer text not null default ''::text,
  constraint booking_unmet_pkey PRIMARY KEY (id),
  constraint booking_unmet_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id),
  constraint booking_unmet_by_id_fkey FOREIGN KEY (by_id) REFERENCES account(id),
  constraint booking_unmet_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES service_offer(id),
  constraint booking_unmet_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint booking_unmet_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint booking_unmet_kind CHECK ((kind = ANY (ARRAY['none_free'::text, 'no_such'::text, 'other_hour'::text]))),
  constraint booking_unmet_wanted CHECK ((wanted = ANY (ARRAY['any'::text, 'weekday_day'::text, 'weekday_evening'::text, 'weekend'::text])))
);
CREATE INDEX booking_unmet_by_path ON public.booking_unmet USING gin (path);
CREATE INDEX booking_unmet_by_time ON public.booking_unmet USING btree (at);
alter table booking_unmet enable row level security;
create policy booking_unmet_scope on booking_unmet for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on booking_unmet to huangge_app;

create table brief (
  id uuid not null,
  kind text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  unit_id uuid not null,
  first_day date not null,
  last_day date not null,
  subject_kind text,
  subject_id text,
  state text not null default 'draft'::text,
  issue_year smallint,
  issue_no integer,
  body jsonb not null,
  remarks jsonb not null default '{}'::jsonb,
  ledger_size bigint,
  ledger_root text,
  recipient_units uuid[] not null default '{}'::uuid[],
  made_at timestamp with time zone not null,
  reckoned_at timestamp with time zone not null,
  made_by uuid,
  issued_at timestamp with time zone,
  issued_by uuid,
  version integer not null default 1,
  constraint brief_pkey PRIMARY KEY (id),
  constraint brief_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint brief_days CHECK ((first_day <= last_day)),
  constraint brief_kind CHECK ((kind = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text, 'special'::text]))),
  constraint brief_number CHECK (((state = 'issued'::text) = (issue_no IS NOT NULL))),
  constraint brief_special CHECK (((kind = 'special'::text) = (subject_kind IS NOT NULL))),
  constraint brief_state CHECK ((state = ANY (ARRAY['draft'::text, 'issued'::text, 'discarded'::text]))),
  constraint brief_subject CHECK ((subject_kind = ANY (ARRAY['hot_issue'::text, 'area'::text])))
);
CREATE INDEX brief_by_area ON public.brief USING btree (area_code, last_day DESC, id);
CREATE UNIQUE INDEX brief_numbered ON public.brief USING btree (unit_id, kind, issue_year, issue_no) WHERE (issue_no IS NOT NULL);
CREATE UNIQUE INDEX brief_once ON public.brief USING btree (unit_id, kind, first_day, last_day) WHERE ((kind <> 'special'::text) AND (state <> 'discarded'::text));
alter table brief enable row level security;
create policy brief_scope on brief for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (recipient_units && (( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])));
grant insert, select, update on brief to huangge_app;

create table brief_file (
  brief_id uuid not null,
  format text not null,
  bytes bytea not null,
  sha256 text not null,
  constraint brief_file_pkey PRIMARY KEY (brief_id, format),
  constraint brief_file_brief_id_fkey FOREIGN KEY (brief_id) REFERENCES brief(id),
  constraint brief_file_format CHECK ((format = ANY (ARRAY['docx'::text, 'pdf'::text, 'xlsx'::text])))
);
grant insert, select on brief_file to huangge_app;

create table brief_schedule (
  id uuid not null,
  unit_id uuid not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  kind text not null,
  at_minute smallint not null,
  workdays_only boolean not null default true,
  recipient_units uuid[] not null default '{}'::uuid[],
  enabled boolean not null default true,
  last_day date,
  version integer not null default 1,
  constraint brief_schedule_once UNIQUE (unit_id, kind),
  constraint brief_schedule_pkey PRIMARY KEY (id),
  constraint brief_schedule_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint brief_schedule_kind CHECK ((kind = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
  constraint brief_schedule_minute CHECK (((at_minute >= 0) AND (at_minute <= 1439)))
);
grant insert, select, update on brief_schedule to huangge_app;

create table calendar_day (
  day date not null,
  kind text not null,
  name text not null default ''::text,
  segments jsonb,
  source text not null default ''::text,
  constraint calendar_day_pkey PRIMARY KEY (day),
  constraint calendar_day_kind CHECK ((kind = ANY (ARRAY['work'::text, 'rest'::text, 'half'::text])))
);
grant delete, insert, select, update on calendar_day to huangge_app;

create table calendar_feed (
  id uuid not null,
  account_id uuid not null,
  unit_id uuid,
  secret_hash bytea not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint calendar_feed_secret UNIQUE (secret_hash),
  constraint calendar_feed_pkey PRIMARY KEY (id),
  constraint calendar_feed_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint calendar_feed_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX calendar_feed_by_account ON public.calendar_feed USING btree (account_id) WHERE (revoked_at IS NULL);
grant insert, select, update on calendar_feed to huangge_app;

create table calendar_rule (
  id smallint not null default 1,
  offset_minutes integer not null,
  weekly jsonb not null,
  coverage_from date not null,
  coverage_until date not null,
  constraint calendar_rule_pkey PRIMARY KEY (id),
  constraint calendar_rule_one CHECK ((id = 1))
);
grant delete, insert, select, update on calendar_rule to huangge_app;

create table call_record (
  id uuid not null,
  event_id uuid not null,
  number text not null,
  called_at timestamp with time zone not null,
  incident_number text not null default ''::text,
  note text not null default ''::text,
  recorded_by uuid,
  constraint call_record_pkey PRIMARY KEY (id),
  constraint call_record_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint call_record_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id)
);
CREATE INDEX call_record_by_event ON public.call_record USING btree (event_id);
grant insert, select, update on call_record to huangge_app;

create table care_correction (
  id uuid not null,
  person_id uuid not null,
  path text[] not null,
  district text not null,
  fields text[] not null,
  said bytea,
  state text not null default 'open'::text,
  asked_at timestamp with time zone not null,
  recorded_by uuid,
  settled_at timestamp with time zone,
  settled_by uuid,
  version integer not null default 1,
  constraint care_correction_pkey PRIMARY KEY (id),
  constraint care_correction_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id),
  constraint care_correction_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id),
  constraint care_correction_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES account(id),
  constraint care_correction_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'refused'::text])))
);
CREATE INDEX care_correction_by_person ON public.care_correction USING btree (person_id, asked_at);
CREATE INDEX care_correction_open ON public.care_correction USING btree (asked_at) WHERE (state = 'open'::text);
alter table care_correction enable row level security;
create policy care_correction_scope on care_correction for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on care_correction to huangge_app;

create table care_export (
  id uuid not null,
  number text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  tags text[] not null default '{}'::text[],
  fields text[] not null,
  people integer not null,
  purpose bytea not null,
  state text not null default 'asked'::text,
  asked_by uuid not null,
  asked_unit_id uuid,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason bytea,
  takes integer not null default 0,
  taken_at timestamp with time zone,
  sha256 bytea,
  version integer not null default 1,
  constraint care_export_number_once UNIQUE (number),
  constraint care_export_pkey PRIMARY KEY (id),
  constraint care_export_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint care_export_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint care_export_asked_unit_id_fkey FOREIGN KEY (asked_unit_id) REFERENCES unit(id),
  constraint care_export_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint care_export_state CHECK ((state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text]))),
  constraint care_export_two_people CHECK (((decided_by IS NULL) OR (decided_by <> asked_by)))
);
CREATE INDEX care_export_by_time ON public.care_export USING btree (asked_at DESC, id DESC);
alter table care_export enable row level security;
create policy care_export_scope on care_export for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (asked_by = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on care_export to huangge_app;

create table care_export_person (
  export_id uuid not null,
  person_id uuid not null,
  district text not null,
  constraint care_export_person_pkey PRIMARY KEY (export_id, person_id),
  constraint care_export_person_export_id_fkey FOREIGN KEY (export_id) REFERENCES care_export(id),
  constraint care_export_person_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id)
);
CREATE INDEX care_export_person_by_person ON public.care_export_person USING btree (person_id);
grant delete, insert, select, update on care_export_person to huangge_app;

create table care_import (
  id uuid not null,
  district text not null,
  sha256 bytea not null,
  read integer not null,
  created integer not null,
  known integer not null,
  wrong integer not null,
  imported_at timestamp with time zone not null,
  imported_by uuid,
  constraint care_import_pkey PRIMARY KEY (id),
  constraint care_import_imported_by_fkey FOREIGN KEY (imported_by) REFERENCES account(id)
);
grant insert, select, update on care_import to huangge_app;

create table care_person (
  id uuid not null,
  name bytea not null,
  phone bytea,
  id_number bytea,
  address_detail bytea,
  contact bytea,
  name_index bytea not null,
  phone_index bytea,
  id_number_index bytea,
  tags text[] not null,
  address text not null default ''::text,
  lon double precision not null,
  lat double precision not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  responsible_id uuid,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  restricted boolean not null default false,
  health bytea,
  guardian bytea,
  birth_year bytea,
  import_id uuid,
  erased_at timestamp with time zone,
  constraint care_person_pkey PRIMARY KEY (id),
  constraint care_person_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint care_person_import_id_fkey FOREIGN KEY (import_id) REFERENCES care_import(id),
  constraint care_person_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES account(id)
);
CREATE INDEX care_person_by_area ON public.care_person USING btree (area_code COLLATE "C", id) WHERE (retired_at IS NULL);
CREATE INDEX care_person_by_district ON public.care_person USING btree (district, id) WHERE (retired_at IS NULL);
CREATE INDEX care_person_by_name ON public.care_person USING btree (name_index);
CREATE INDEX care_person_by_path ON public.care_person USING gin (path) WHERE (retired_at IS NULL);
CREATE INDEX care_person_by_phone ON public.care_person USING btree (phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX care_person_by_place ON public.care_person USING btree (lat, lon) WHERE (retired_at IS NULL);
CREATE INDEX care_person_by_responsible ON public.care_person USING btree (responsible_id) WHERE (responsible_id IS NOT NULL);
CREATE UNIQUE INDEX care_person_once ON public.care_person USING btree (id_number_index) WHERE ((id_number_index IS NOT NULL) AND (retired_at IS NULL) AND (NOT restricted));
CREATE UNIQUE INDEX care_person_restricted_once ON public.care_person USING btree (id_number_index) WHERE ((id_number_index IS NOT NULL) AND (retired_at IS NULL) AND restricted);
CREATE INDEX care_person_retired ON public.care_person USING btree (retired_at) WHERE ((retired_at IS NOT NULL) AND (erased_at IS NULL));
alter table care_person enable row level security;
create policy care_person_scope on care_person for all using (((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (responsible_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))) AND ((NOT restricted) OR ( SELECT (current_setting('huangge.restricted'::text, true) = '*'::text)) OR (path && ( SELECT huangge_scope('restricted'::text) AS huangge_scope)))));
grant insert, select, update on care_person to huangge_app;

create table category (
  code text not null,
  scheme_version text not null,
  parent_code text,
  name text not null,
  name_en text not null,
  public_report boolean not null default false,
  icon text,
  sort integer not null default 0,
  retired_at timestamp with time zone,
  constraint category_pkey PRIMARY KEY (code),
  constraint category_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES category(code)
);
grant insert, select, update on category to huangge_app;

create table category_rule (
  version integer not null,
  category_code text not null,
  tier text not null,
  lead_role text not null,
  assist_roles text[] not null default '{}'::text[],
  priority smallint not null,
  limits jsonb not null,
  evidence text not null,
  plan_code text,
  areas jsonb not null default '[]'::jsonb,
  constraint category_rule_pkey PRIMARY KEY (version, category_code),
  constraint category_rule_category_code_fkey FOREIGN KEY (category_code) REFERENCES category(code),
  constraint category_rule_version_fkey FOREIGN KEY (version) REFERENCES library_version(version),
  constraint category_rule_evidence CHECK ((evidence = ANY (ARRAY['before_after'::text, 'after'::text, 'note'::text, 'none'::text]))),
  constraint category_rule_priority CHECK (((priority >= 0) AND (priority <= 4)))
);
grant insert, select, update on category_rule to huangge_app;

create table circle_input (
  hash text not null,
  kind text not null,
  items integer not null,
  body bytea not null,
  constraint circle_input_pkey PRIMARY KEY (hash),
  constraint circle_input_hash CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  constraint circle_input_kind CHECK ((kind = ANY (ARRAY['facilities'::text, 'cells'::text, 'standards'::text])))
);
grant insert, select, update on circle_input to huangge_app;

create table circle_result (
  run_id uuid not null,
  class_code text not null,
  seconds bytea not null,
  back bytea not null,
  facility bytea not null,
  figures jsonb not null,
  constraint circle_result_pkey PRIMARY KEY (run_id, class_code),
  constraint circle_result_run_id_fkey FOREIGN KEY (run_id) REFERENCES circle_run(id)
);
grant insert, select, update on circle_result to huangge_app;

create table circle_run (
  id uuid not null,
  hash text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  network text not null,
  profile text not null,
  parameters jsonb not null,
  facilities text not null,
  cells text not null,
  standards text not null,
  code_version text not null,
  state text not null,
  summary jsonb,
  result_hash text,
  problem text not null default ''::text,
  account_id uuid,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  confirmed_at timestamp with time zone,
  constraint circle_run_pkey PRIMARY KEY (id),
  constraint circle_run_cells_fkey FOREIGN KEY (cells) REFERENCES circle_input(hash),
  constraint circle_run_facilities_fkey FOREIGN KEY (facilities) REFERENCES circle_input(hash),
  constraint circle_run_network_fkey FOREIGN KEY (network) REFERENCES walk_network(version),
  constraint circle_run_standards_fkey FOREIGN KEY (standards) REFERENCES circle_input(hash),
  constraint circle_run_end CHECK (((state = 'running'::text) = (finished_at IS NULL))),
  constraint circle_run_hash CHECK ((hash ~ '^[0-9a-f]{64}$'::text)),
  constraint circle_run_state CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX circle_run_latest ON public.circle_run USING btree (area_code COLLATE "C", started_at DESC);
CREATE UNIQUE INDEX circle_run_once ON public.circle_run USING btree (hash) WHERE (state = ANY (ARRAY['running'::text, 'done'::text]));
grant insert, select, update on circle_run to huangge_app;

create table clock (
  id uuid not null,
  event_id uuid not null,
  task_id uuid,
  step text not null,
  kind text not null,
  amount double precision not null,
  extra double precision not null default 0,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  certain boolean not null,
  pauses jsonb not null default '[]'::jsonb,
  stopped_at timestamp with time zone,
  late boolean not null default false,
  mark smallint not null default 0,
  next_mark_at timestamp with time zone,
  constraint clock_pkey PRIMARY KEY (id),
  constraint clock_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint clock_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id),
  constraint clock_kind CHECK ((kind = ANY (ARRAY['continuous'::text, 'working_time'::text, 'working_day'::text])))
);
CREATE INDEX clock_by_event ON public.clock USING btree (event_id);
CREATE INDEX clock_next_mark ON public.clock USING btree (next_mark_at) WHERE ((stopped_at IS NULL) AND (next_mark_at IS NOT NULL));
grant insert, select, update on clock to huangge_app;

create table dead_letter (
  id uuid not null,
  device_id uuid not null,
  device_code text not null,
  topic text not null,
  body bytea not null,
  digest bytea not null,
  reason text not null,
  received_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  times integer not null default 1,
  state text not null default 'waiting'::text,
  constraint dead_letter_once UNIQUE (device_id, topic, digest),
  constraint dead_letter_pkey PRIMARY KEY (id),
  constraint dead_letter_state CHECK ((state = ANY (ARRAY['waiting'::text, 'replayed'::text, 'discarded'::text])))
);
CREATE INDEX dead_letter_waiting ON public.dead_letter USING btree (state, last_at DESC, id DESC);
grant delete, insert, select, update on dead_letter to huangge_app;

create table decision (
  id uuid not null,
  scenario_id uuid not null,
  choice_id uuid,
  chosen text[] not null,
  figures jsonb not null,
  answer_hash text not null,
  compared uuid[] not null default '{}'::uuid[],
  reason text not null,
  minutes_no text not null,
  decided_by uuid not null,
  author uuid not null,
  decided_at timestamp with time zone not null,
  supersedes uuid,
  constraint decision_supersedes_key UNIQUE (supersedes),
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_author_fkey FOREIGN KEY (author) REFERENCES account(id),
  constraint decision_choice_id_fkey FOREIGN KEY (choice_id) REFERENCES scenario_choice(id),
  constraint decision_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint decision_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES scenario(id),
  constraint decision_supersedes_fkey FOREIGN KEY (supersedes) REFERENCES decision(id),
  constraint decision_by_another CHECK ((decided_by <> author)),
  constraint decision_chosen CHECK ((cardinality(chosen) >= 1)),
  constraint decision_minutes CHECK (((length(minutes_no) >= 1) AND (length(minutes_no) <= 60))),
  constraint decision_reason CHECK (((length(reason) >= 2) AND (length(reason) <= 2000)))
);
CREATE UNIQUE INDEX decision_first ON public.decision USING btree (scenario_id) WHERE (supersedes IS NULL);
grant insert, select, update on decision to huangge_app;

create table delivery (
  id uuid not null,
  entry_id uuid,
  kind text not null,
  action text not null,
  priority smallint not null,
  subject_type text not null,
  subject_id text not null,
  facts jsonb not null,
  at timestamp with time zone not null,
  channel text not null,
  target_id uuid not null,
  state text not null,
  tries smallint not null default 0,
  next_at timestamp with time zone,
  batch_id uuid,
  last_error text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint delivery_once UNIQUE (entry_id, kind, channel, target_id),
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES ledger_entry(id),
  constraint delivery_channel CHECK ((channel = ANY (ARRAY['web_push'::text, 'email'::text, 'sms'::text, 'wecom'::text, 'dingtalk'::text, 'webhook'::text]))),
  constraint delivery_state CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dead'::text, 'suppressed'::text])))
);
CREATE INDEX delivery_by_state ON public.delivery USING btree (state, id DESC);
CREATE INDEX delivery_by_target ON public.delivery USING btree (target_id, id DESC);
CREATE INDEX delivery_by_time ON public.delivery USING btree (created_at);
CREATE INDEX delivery_due ON public.delivery USING btree (next_at) WHERE (state = ANY (ARRAY['waiting'::text, 'failed'::text]));
alter table delivery enable row level security;
create policy delivery_scope on delivery for all using (( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)));
grant delete, insert, select, update on delivery to huangge_app;

create table department_rating (
  id uuid not null,
  district text not null,
  path text[] not null,
  rater_unit_id uuid not null,
  rated_unit_id uuid not null,
  event_id uuid,
  quarter text,
  marks jsonb not null,
  lowest smallint not null,
  reason text not null default ''::text,
  rated_by uuid,
  rated_at timestamp with time zone not null,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  version integer not null default 1,
  constraint department_rating_pkey PRIMARY KEY (id),
  constraint department_rating_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id),
  constraint department_rating_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint department_rating_rated_by_fkey FOREIGN KEY (rated_by) REFERENCES account(id),
  constraint department_rating_rated_unit_id_fkey FOREIGN KEY (rated_unit_id) REFERENCES unit(id),
  constraint department_rating_rater_unit_id_fkey FOREIGN KEY (rater_unit_id) REFERENCES unit(id),
  constraint department_rating_other CHECK ((rater_unit_id <> rated_unit_id)),
  constraint department_rating_subject CHECK (((event_id IS NULL) <> (quarter IS NULL)))
);
CREATE INDEX department_rating_by_rated ON public.department_rating USING btree (rated_unit_id, rated_at DESC);
CREATE UNIQUE INDEX department_rating_of_event ON public.department_rating USING btree (rater_unit_id, rated_unit_id, event_id) WHERE (event_id IS NOT NULL);
CREATE UNIQUE INDEX department_rating_of_quarter ON public.department_rating USING btree (rater_unit_id, rated_unit_id, quarter) WHERE (quarter IS NOT NULL);
grant insert, select, update on department_rating to huangge_app;

create table device (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  metrics jsonb not null default '[]'::jsonb,
  lon double precision not null,
  lat double precision not null,
  path text[] not null,
  area_code text not null,
  district text not null,
  unit_id uuid,
  risk_point text,
  secret_hash text not null,
  secret_version integer not null default 1,
  heartbeat_s integer,
  state text not null default 'active'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint device_code_once UNIQUE (code),
  constraint device_pkey PRIMARY KEY (id),
  constraint device_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint device_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint device_heartbeat CHECK (((heartbeat_s >= 10) AND (heartbeat_s <= 2592000))),
  constraint device_state_word CHECK ((state = ANY (ARRAY['active'::text, 'muted'::text, 'retired'::text])))
);
CREATE INDEX device_by_path ON public.device USING gin (path);
CREATE INDEX device_by_risk_point ON public.device USING btree (risk_point) WHERE (risk_point IS NOT NULL);
CREATE INDEX device_by_unit ON public.device USING btree (unit_id) WHERE (unit_id IS NOT NULL);
alter table device enable row level security;
create policy device_scope on device for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on device to huangge_app;

create table device_message (
  device_id uuid not null,
  boot text not null,
  seq bigint not null,
  topic text not null,
  effective_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  clock_wrong boolean not null default false,
  constraint device_message_pkey PRIMARY KEY (device_id, boot, seq)
);
CREATE INDEX device_message_received ON public.device_message USING btree (received_at);
grant delete, insert, select, update on device_message to huangge_app;

create table device_mute (
  device_id uuid not null,
  until timestamp with time zone not null,
  muted_by uuid,
  settled boolean not null default false,
  constraint device_mute_pkey PRIMARY KEY (device_id),
  constraint device_mute_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id),
  constraint device_mute_muted_by_fkey FOREIGN KEY (muted_by) REFERENCES account(id)
);
grant insert, select, update on device_mute to huangge_app;

create table device_pulse (
  device_id uuid not null,
  last_seen_at timestamp with time zone,
  battery real,
  signal real,
  firmware text,
  true_alarms integer not null default 0,
  false_alarms integer not null default 0,
  constraint device_pulse_pkey PRIMARY KEY (device_id),
  constraint device_pulse_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id)
);
grant insert, select, update on device_pulse to huangge_app;

create table duty_pattern (
  unit_id uuid not null,
  code text not null,
  name text not null,
  name_en text not null default ''::text,
  start_minute smallint not null,
  minutes smallint not null,
  needed smallint not null,
  sort integer not null default 0,
  constraint duty_pattern_pkey PRIMARY KEY (unit_id, code),
  constraint duty_pattern_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint duty_pattern_minutes CHECK (((minutes >= 30) AND (minutes <= 1440))),
  constraint duty_pattern_needed CHECK (((needed >= 0) AND (needed <= 50))),
  constraint duty_pattern_start CHECK (((start_minute >= 0) AND (start_minute <= 1439)))
);
grant delete, insert, select, update on duty_pattern to huangge_app;

create table duty_shift (
  id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  code text not null,
  day date not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  account_id uuid not null,
  state text not null default 'planned'::text,
  sequence integer not null default 0,
  changed_at timestamp with time zone not null,
  constraint duty_shift_no_double EXCLUDE USING gist (account_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((state = 'planned'::text)),
  constraint duty_shift_pkey PRIMARY KEY (id),
  constraint duty_shift_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint duty_shift_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint duty_shift_span CHECK ((ends_at > starts_at)),
  constraint duty_shift_state CHECK ((state = ANY (ARRAY['planned'::text, 'withdrawn'::text])))
);
CREATE INDEX duty_shift_by_account ON public.duty_shift USING btree (account_id, starts_at);
CREATE INDEX duty_shift_by_unit ON public.duty_shift USING btree (unit_id, day);
alter table duty_shift enable row level security;
create policy duty_shift_scope on duty_shift for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on duty_shift to huangge_app;

create table duty_swap (
  id uuid not null,
  shift_id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  state text not null,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  constraint duty_swap_pkey PRIMARY KEY (id),
  constraint duty_swap_from_id_fkey FOREIGN KEY (from_id) REFERENCES account(id),
  constraint duty_swap_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES duty_shift(id),
  constraint duty_swap_to_id_fkey FOREIGN KEY (to_id) REFERENCES account(id),
  constraint duty_swap_state CHECK ((state = ANY (ARRAY['asked'::text, 'agreed'::text, 'refused'::text])))
);
CREATE UNIQUE INDEX duty_swap_open ON public.duty_swap USING btree (shift_id) WHERE (state = 'asked'::text);
CREATE INDEX duty_swap_to ON public.duty_swap USING btree (to_id) WHERE (state = 'asked'::text);
grant insert, select, update on duty_swap to huangge_app;

create table event (
  id uuid not null,
  number text not null,
  title text not null,
  description text not null default ''::text,
  category_code text not null,
  rule_version integer not null,
  priority smallint not null,
  channel text not null,
  status text not null,
  tier text not null,
  owner_unit_id uuid not null,
  city text not null,
  district text not null,
  street text,
  community text,
  grid text,
  lon double precision,
  lat double precision,
  cell bigint default (((floor(((lon + (180)::double precision) * (500)::double precision)))::bigint * 100000) + (floor(((lat + (90)::double precision) * (500)::double precision)))::bigint),
  place_words text not null default ''::text,
  outside boolean not null default false,
  verified_at timestamp with time zone,
  reported_at timestamp with time zone not null,
  filed_at timestamp with time zone,
  dispatched_at timestamp with time zone,
  finished_at timestamp with time zone,
  closed_at timestamp with time zone,
  ended_at timestamp with time zone,
  reopened_at timestamp with time zone,
  due_at timestamp with time zone,
  returns smallint not null default 0,
  reworks smallint not null default 0,
  reopens smallint not null default 0,
  urges smallint not null default 0,
  supervised boolean not null default false,
  late boolean not null default false,
  report_count smallint not null default 1,
  rating smallint,
  merged_into uuid,
  status_before text,
  review_at timestamp with time zone,
  close_kind text,
  no_evidence_reason text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint event_number_once UNIQUE (number),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_category_code_fkey FOREIGN KEY (category_code) REFERENCES category(code),
  constraint event_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES event(id),
  constraint event_owner_unit_id_fkey FOREIGN KEY (owner_unit_id) REFERENCES unit(id),
  constraint event_rule_version_fkey FOREIGN KEY (rule_version) REFERENCES library_version(version),
  constraint event_priority CHECK (((priority >= 0) AND (priority <= 4)))
);
CREATE INDEX event_category_reported ON public.event USING btree (category_code, reported_at DESC, id DESC);
CREATE INDEX event_cell_reported ON public.event USING btree (cell, reported_at DESC) WHERE (cell IS NOT NULL);
CREATE INDEX event_channel_reported ON public.event USING btree (channel, reported_at DESC, id DESC);
CREATE INDEX event_city_reported ON public.event USING btree (city, reported_at DESC, id DESC);
CREATE INDEX event_community_closed ON public.event USING btree (community, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX event_community_reported ON public.event USING btree (community, reported_at DESC, id DESC);
CREATE INDEX event_district_closed ON public.event USING btree (district, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX event_district_reported ON public.event USING btree (district, reported_at DESC, id DESC);
CREATE INDEX event_grid_reported ON public.event USING btree (grid, reported_at DESC, id DESC);
CREATE INDEX event_late_reported ON public.event USING btree (reported_at DESC, id DESC) WHERE late;
CREATE INDEX event_merged_into ON public.event USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX event_open_community ON public.event USING btree (community, status, due_at) WHERE (ended_at IS NULL);
CREATE INDEX event_open_district ON public.event USING btree (district, status, due_at) WHERE (ended_at IS NULL);
CREATE INDEX event_open_grid ON public.event USING btree (grid, status, due_at) WHERE (ended_at IS NULL);
CREATE INDEX event_open_owner ON public.event USING btree (owner_unit_id, status) WHERE (ended_at IS NULL);
CREATE INDEX event_open_street ON public.event USING btree (street, status, due_at) WHERE (ended_at IS NULL);
CREATE INDEX event_owner_closed ON public.event USING btree (owner_unit_id, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX event_owner_reported ON public.event USING btree (owner_unit_id, reported_at DESC, id DESC, tier, district, street, community, grid, category_code);
CREATE INDEX event_priority_reported ON public.event USING btree (priority, reported_at DESC, id DESC);
CREATE INDEX event_reopened ON public.event USING btree (reopened_at) WHERE (reopened_at IS NOT NULL);
CREATE INDEX event_review ON public.event USING btree (review_at) WHERE (status = 'shelved'::text);
CREATE INDEX event_status_reported ON public.event USING btree (status, reported_at DESC, id DESC);
CREATE INDEX event_street_closed ON public.event USING btree (street, closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX event_street_reported ON public.event USING btree (street, reported_at DESC, id DESC);
CREATE INDEX event_supervised_reported ON public.event USING btree (reported_at DESC, id DESC) WHERE supervised;
CREATE INDEX event_tier_reported ON public.event USING btree (tier, reported_at DESC, id DESC);
alter table event enable row level security;
create policy event_scope on event for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (city = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (district = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (street = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (community = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (grid = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (owner_unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (EXISTS ( SELECT 1
   FROM task t
  WHERE ((t.event_id = event.id) AND (t.unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))))) OR (EXISTS ( SELECT 1
   FROM event_reporter r
  WHERE ((r.event_id = event.id) AND (r.account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif")))))));
grant insert, select, update on event to huangge_app;

create table event_fact (
  event_id uuid not null,
  number text not null,
  path text[] not null,
  district text not null,
  street text,
  community text,
  grid text,
  category_code text not null,
  priority smallint not null,
  channel text not null,
  status text not null,
  tier text not null,
  owner_unit_id uuid not null,
  lead_unit_id uuid,
  lon double precision,
  lat double precision,
  reported_at timestamp with time zone not null,
  reported_day date not null,
  verified_at timestamp with time zone,
  filed_at timestamp with time zone,
  dispatched_at timestamp with time zone,
  accepted_at timestamp with time zone,
  arrived_at timestamp with time zone,
  finished_at timestamp with time zone,
  closed_at timestamp with time zone,
  ended_at timestamp with time zone,
  due_at timestamp with time zone,
  late boolean not null,
  hops smallint not null,
  returns smallint not null,
  reworks smallint not null,
  reopens smallint not null,
  urges smallint not null,
  extensions smallint not null,
  shelved boolean not null,
  supervised boolean not null,
  rating smallint,
  report_count smallint not null,
  close_kind text,
  facts jsonb not null default '{}'::jsonb,
  as_of timestamp with time zone not null,
  main_class text not null default ''::text,
  due_steps text[] not null default '{}'::text[],
  late_steps text[] not null default '{}'::text[],
  excluded text,
  constraint event_fact_pkey PRIMARY KEY (event_id),
  constraint event_fact_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id)
);
CREATE INDEX event_fact_by_category ON public.event_fact USING btree (category_code, reported_day);
CREATE INDEX event_fact_by_close ON public.event_fact USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX event_fact_by_community ON public.event_fact USING btree (community, reported_day);
CREATE INDEX event_fact_by_day ON public.event_fact USING btree (reported_day, district, street);
CREATE INDEX event_fact_by_district ON public.event_fact USING btree (district, reported_day);
CREATE INDEX event_fact_by_lead ON public.event_fact USING btree (lead_unit_id, reported_day);
CREATE INDEX event_fact_by_owner ON public.event_fact USING btree (owner_unit_id, reported_day);
CREATE INDEX event_fact_by_street ON public.event_fact USING btree (street, reported_day);
CREATE INDEX event_fact_open ON public.event_fact USING btree (district, street) WHERE (ended_at IS NULL);
alter table event_fact enable row level security;
create policy event_fact_scope on event_fact for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (owner_unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (lead_unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant delete, insert, select, update on event_fact to huangge_app;

create table event_hand (
  event_id uuid not null,
  account_id uuid not null,
  constraint event_hand_pkey PRIMARY KEY (event_id, account_id),
  constraint event_hand_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint event_hand_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id)
);
grant insert, select, update on event_hand to huangge_app;

create table event_reporter (
  id uuid not null,
  event_id uuid not null,
  original_event_id uuid not null,
  kind text not null,
  account_id uuid,
  unit_id uuid,
  phone bytea,
  name bytea,
  secret_hash bytea,
  joined boolean not null default false,
  words text not null default ''::text,
  source_ref text,
  created_at timestamp with time zone not null,
  rating smallint,
  rating_words text,
  rated_at timestamp with time zone,
  constraint event_reporter_secret_once UNIQUE (secret_hash),
  constraint event_reporter_pkey PRIMARY KEY (id),
  constraint event_reporter_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint event_reporter_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint event_reporter_original_event_id_fkey FOREIGN KEY (original_event_id) REFERENCES event(id),
  constraint event_reporter_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX event_reporter_by_account ON public.event_reporter USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX event_reporter_by_event ON public.event_reporter USING btree (event_id);
CREATE UNIQUE INDEX event_reporter_source_once ON public.event_reporter USING btree (kind, source_ref) WHERE (source_ref IS NOT NULL);
grant insert, select, update on event_reporter to huangge_app;

create table extension (
  id uuid not null,
  event_id uuid not null,
  task_id uuid not null,
  amount double precision not null,
  kind text not null,
  reason text not null,
  status text not null,
  asked_by uuid,
  asked_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  constraint extension_pkey PRIMARY KEY (id),
  constraint extension_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint extension_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint extension_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint extension_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id),
  constraint extension_status CHECK ((status = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text])))
);
CREATE INDEX extension_by_event ON public.extension USING btree (event_id);
grant insert, select, update on extension to huangge_app;

create table facility (
  id uuid not null,
  code text not null,
  class_code text not null,
  name text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null default ''::text,
  capacity integer,
  floor_m2 integer,
  hours jsonb,
  step_free boolean,
  opened_on date,
  closed_on date,
  source text not null,
  source_ref text not null default ''::text,
  checked_on date,
  note text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint facility_code UNIQUE (code),
  constraint facility_pkey PRIMARY KEY (id),
  constraint facility_capacity CHECK ((capacity > 0)),
  constraint facility_code_length CHECK (((length(code) >= 1) AND (length(code) <= 60))),
  constraint facility_days CHECK (((closed_on IS NULL) OR (opened_on IS NULL) OR (closed_on >= opened_on))),
  constraint facility_floor CHECK ((floor_m2 > 0)),
  constraint facility_name CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint facility_source CHECK ((source = ANY (ARRAY['desk'::text, 'import'::text, 'osm'::text, 'station'::text, 'project'::text])))
);
CREATE INDEX facility_by_area ON public.facility USING btree (area_code COLLATE "C") WHERE (closed_on IS NULL);
CREATE INDEX facility_by_class ON public.facility USING btree (class_code, district) WHERE (closed_on IS NULL);
CREATE UNIQUE INDEX facility_of_source ON public.facility USING btree (source, source_ref) WHERE (source_ref <> ''::text);
alter table facility enable row level security;
create policy facility_scope on facility for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on facility to huangge_app;

create table facility_problem (
  id uuid not null,
  key text not null,
  class_code text not null,
  kind text not null,
  facility_id uuid,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  people integer not null,
  elders integer not null,
  children integer not null,
  figures jsonb,
  figures_seen jsonb,
  voices integer not null default 0,
  need_ids uuid[] not null default '{}'::uuid[],
  state text not null default 'open'::text,
  note text not null default ''::text,
  reason text not null default ''::text,
  edited_at timestamp with time zone,
  edited_by uuid,
  run_id uuid,
  run_hash text,
  produced_at timestamp with time zone,
  gone_at timestamp with time zone,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint facility_problem_key UNIQUE (key),
  constraint facility_problem_pkey PRIMARY KEY (id),
  constraint facility_problem_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id),
  constraint facility_problem_kind CHECK ((kind = ANY (ARRAY['missing'::text, 'too_far'::text, 'too_small'::text, 'closed_when_needed'::text, 'poor_condition'::text, 'not_accessible'::text]))),
  constraint facility_problem_people CHECK (((people >= 0) AND (elders >= 0) AND (children >= 0) AND ((elders + children) <= people))),
  constraint facility_problem_state CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'solved'::text, 'declined'::text])))
);
CREATE INDEX facility_problem_by_area ON public.facility_problem USING btree (area_code COLLATE "C", people DESC, id);
CREATE INDEX facility_problem_by_district ON public.facility_problem USING btree (district, people DESC, id);
alter table facility_problem enable row level security;
create policy facility_problem_scope on facility_problem for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on facility_problem to huangge_app;

create table facility_standard (
  id uuid not null,
  area_code text not null,
  class_code text not null,
  version integer not null,
  walk_min integer,
  radius_m integer,
  per_people integer,
  reason text not null,
  at timestamp with time zone not null,
  account_id uuid,
  constraint facility_standard_once UNIQUE (area_code, class_code, version),
  constraint facility_standard_pkey PRIMARY KEY (id),
  constraint facility_standard_people CHECK (((per_people >= 1) AND (per_people <= 10000000))),
  constraint facility_standard_radius CHECK (((radius_m >= 50) AND (radius_m <= 10000))),
  constraint facility_standard_version CHECK ((version >= 1)),
  constraint facility_standard_walk CHECK (((walk_min >= 1) AND (walk_min <= 60)))
);
grant insert, select, update on facility_standard to huangge_app;

create table force_ask (
  id uuid not null,
  member_id uuid not null,
  path text[] not null,
  district text not null,
  words text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  state text not null,
  answer text not null default ''::text,
  answered_at timestamp with time zone,
  constraint force_ask_pkey PRIMARY KEY (id),
  constraint force_ask_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint force_ask_member_id_fkey FOREIGN KEY (member_id) REFERENCES force_member(id),
  constraint force_ask_state CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'declined'::text, 'done'::text, 'withdrawn'::text])))
);
CREATE INDEX force_ask_by_member ON public.force_ask USING btree (member_id, asked_at DESC);
alter table force_ask enable row level security;
create policy force_ask_scope on force_ask for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on force_ask to huangge_app;

create table force_availability (
  account_id uuid not null,
  state text not null,
  until timestamp with time zone,
  offers text[] not null default '{}'::text[],
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint force_availability_pkey PRIMARY KEY (account_id),
  constraint force_availability_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint force_availability_state CHECK ((state = ANY (ARRAY['none'::text, 'available'::text, 'away'::text])))
);
grant insert, select, update on force_availability to huangge_app;

create table force_cover (
  lent_id uuid not null,
  of_id uuid not null,
  leave_id uuid not null,
  constraint force_cover_pkey PRIMARY KEY (lent_id),
  constraint force_cover_leave_id_fkey FOREIGN KEY (leave_id) REFERENCES force_leave(id),
  constraint force_cover_lent_id_fkey FOREIGN KEY (lent_id) REFERENCES appointment(id),
  constraint force_cover_of_id_fkey FOREIGN KEY (of_id) REFERENCES appointment(id)
);
CREATE INDEX force_cover_by_leave ON public.force_cover USING btree (leave_id);
grant insert, select, update on force_cover to huangge_app;

create table force_leave (
  id uuid not null,
  account_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  first_day date not null,
  last_day date not null,
  reason text not null,
  cover_id uuid,
  state text not null,
  asked_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  version integer not null default 1,
  constraint force_leave_once EXCLUDE USING gist (account_id WITH =, daterange(first_day, last_day, '[]'::text) WITH &&) WHERE ((state = ANY (ARRAY['asked'::text, 'granted'::text]))),
  constraint force_leave_pkey PRIMARY KEY (id),
  constraint force_leave_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint force_leave_cover_id_fkey FOREIGN KEY (cover_id) REFERENCES account(id),
  constraint force_leave_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint force_leave_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint force_leave_cover CHECK ((cover_id IS DISTINCT FROM account_id)),
  constraint force_leave_days CHECK ((last_day >= first_day)),
  constraint force_leave_state CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE INDEX force_leave_by_cover ON public.force_leave USING btree (cover_id, first_day) WHERE (state = 'granted'::text);
CREATE INDEX force_leave_by_path ON public.force_leave USING gin (path) WHERE (state = ANY (ARRAY['asked'::text, 'granted'::text]));
alter table force_leave enable row level security;
create policy force_leave_scope on force_leave for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif")) OR (cover_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on force_leave to huangge_app;

create table force_member (
  id uuid not null,
  account_id uuid,
  unit_id uuid not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  name bytea not null,
  phone bytea,
  offers text[] not null default '{}'::text[],
  weekdays smallint[] not null default '{1,2,3,4,5,6,7}'::smallint[],
  from_minute smallint not null default 480,
  until_minute smallint not null default 1260,
  secret_hash bytea not null,
  state text not null,
  invited_at timestamp with time zone not null,
  invited_by uuid,
  ended_at timestamp with time zone,
  version integer not null default 1,
  constraint force_member_secret UNIQUE (secret_hash),
  constraint force_member_pkey PRIMARY KEY (id),
  constraint force_member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint force_member_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint force_member_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES account(id),
  constraint force_member_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint force_member_state CHECK ((state = ANY (ARRAY['invited'::text, 'active'::text, 'left'::text, 'revoked'::text])))
);
CREATE INDEX force_member_by_path ON public.force_member USING gin (path) WHERE (ended_at IS NULL);
alter table force_member enable row level security;
create policy force_member_scope on force_member for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on force_member to huangge_app;

create table group_bridge (
  group_id uuid not null,
  kind text not null,
  target text not null,
  secrets bytea not null,
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_at timestamp with time zone,
  last_error text not null default ''::text,
  constraint group_bridge_target_once UNIQUE (kind, target),
  constraint group_bridge_pkey PRIMARY KEY (group_id),
  constraint group_bridge_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id),
  constraint group_bridge_kind CHECK ((kind = 'wecom'::text))
);
alter table group_bridge enable row level security;
create policy group_bridge_scope on group_bridge for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_bridge.group_id)))));
grant delete, insert, select, update on group_bridge to huangge_app;

create table group_grid (
  group_id uuid not null,
  grid_code text not null,
  district text not null,
  constraint group_grid_pkey PRIMARY KEY (group_id, grid_code),
  constraint group_grid_grid_code_fkey FOREIGN KEY (grid_code) REFERENCES area(code),
  constraint group_grid_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id)
);
CREATE INDEX group_grid_by_grid ON public.group_grid USING btree (grid_code);
alter table group_grid enable row level security;
create policy group_grid_scope on group_grid for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_grid.group_id)))));
grant delete, insert, select, update on group_grid to huangge_app;

create table group_member (
  id uuid not null,
  group_id uuid not null,
  person_id uuid not null,
  name bytea not null,
  grid_code text not null,
  district text not null,
  joined_at timestamp with time zone not null,
  constraint group_member_once UNIQUE (group_id, person_id),
  constraint group_member_pkey PRIMARY KEY (id),
  constraint group_member_grid_code_fkey FOREIGN KEY (grid_code) REFERENCES area(code),
  constraint group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id),
  constraint group_member_person_id_fkey FOREIGN KEY (person_id) REFERENCES group_person(id)
);
CREATE INDEX group_member_by_grid ON public.group_member USING btree (grid_code);
CREATE INDEX group_member_by_person ON public.group_member USING btree (person_id);
alter table group_member enable row level security;
create policy group_member_scope on group_member for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_member.group_id)))));
grant delete, insert, select, update on group_member to huangge_app;

create table group_message (
  id uuid not null,
  group_id uuid not null,
  district text not null,
  kind text not null,
  member_id uuid,
  account_id uuid,
  outside_name bytea,
  outside_key bytea,
  text text not null,
  poll_id uuid,
  about_id uuid,
  source_ref text,
  at timestamp with time zone not null,
  settled_at timestamp with time zone,
  hidden_at timestamp with time zone,
  hidden_by uuid,
  hidden_reason text not null default ''::text,
  erased_at timestamp with time zone,
  event_id uuid,
  event_number text,
  event_status text,
  event_open boolean not null default false,
  receipt bytea,
  constraint group_message_source_once UNIQUE (group_id, source_ref),
  constraint group_message_pkey PRIMARY KEY (id),
  constraint group_message_about_id_fkey FOREIGN KEY (about_id) REFERENCES group_message(id),
  constraint group_message_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint group_message_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint group_message_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id),
  constraint group_message_hidden_by_fkey FOREIGN KEY (hidden_by) REFERENCES account(id),
  constraint group_message_member_id_fkey FOREIGN KEY (member_id) REFERENCES group_member(id) ON DELETE SET NULL,
  constraint group_message_poll_id_fkey FOREIGN KEY (poll_id) REFERENCES group_poll(id),
  constraint group_message_kind CHECK ((kind = ANY (ARRAY['member'::text, 'staff'::text, 'status'::text])))
);
CREATE INDEX group_message_by_group ON public.group_message USING btree (group_id, at DESC, id DESC);
CREATE INDEX group_message_by_member ON public.group_message USING btree (member_id) WHERE (member_id IS NOT NULL);
CREATE INDEX group_message_following ON public.group_message USING btree (event_id) WHERE event_open;
CREATE INDEX group_message_kept ON public.group_message USING btree (at) WHERE (erased_at IS NULL);
CREATE INDEX group_message_waiting ON public.group_message USING btree (group_id) WHERE ((settled_at IS NULL) AND (kind = 'member'::text));
alter table group_message enable row level security;
create policy group_message_scope on group_message for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_message.group_id)))));
grant insert, select, update on group_message to huangge_app;

create table group_notice (
  id uuid not null,
  district text not null,
  title text not null,
  text text not null,
  confirm boolean not null default false,
  pinned boolean not null default false,
  created_by uuid,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint group_notice_pkey PRIMARY KEY (id),
  constraint group_notice_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id)
);
alter table group_notice enable row level security;
create policy group_notice_scope on group_notice for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM group_notice_group t
  WHERE (t.notice_id = group_notice.id))) OR (created_by = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on group_notice to huangge_app;

create table group_notice_group (
  notice_id uuid not null,
  group_id uuid not null,
  constraint group_notice_group_pkey PRIMARY KEY (notice_id, group_id),
  constraint group_notice_group_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id),
  constraint group_notice_group_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES group_notice(id)
);
CREATE INDEX group_notice_group_by_group ON public.group_notice_group USING btree (group_id);
alter table group_notice_group enable row level security;
create policy group_notice_group_scope on group_notice_group for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_notice_group.group_id)))));
grant delete, insert, select, update on group_notice_group to huangge_app;

create table group_notice_read (
  notice_id uuid not null,
  member_id uuid not null,
  read_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint group_notice_read_pkey PRIMARY KEY (notice_id, member_id),
  constraint group_notice_read_member_id_fkey FOREIGN KEY (member_id) REFERENCES group_member(id) ON DELETE CASCADE,
  constraint group_notice_read_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES group_notice(id)
);
CREATE INDEX group_notice_read_by_member ON public.group_notice_read USING btree (member_id);
grant delete, insert, select, update on group_notice_read to huangge_app;

create table group_outgoing (
  id uuid not null,
  group_id uuid not null,
  text text not null,
  created_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  tries integer not null default 0,
  sent_at timestamp with time zone,
  failed_at timestamp with time zone,
  error text not null default ''::text,
  constraint group_outgoing_pkey PRIMARY KEY (id),
  constraint group_outgoing_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id)
);
CREATE INDEX group_outgoing_due ON public.group_outgoing USING btree (next_at) WHERE ((sent_at IS NULL) AND (failed_at IS NULL));
alter table group_outgoing enable row level security;
create policy group_outgoing_scope on group_outgoing for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_outgoing.group_id)))));
grant delete, insert, select, update on group_outgoing to huangge_app;

create table group_person (
  id uuid not null,
  key_hash bytea not null,
  phone bytea,
  phone_index bytea,
  created_at timestamp with time zone not null,
  constraint group_person_key_once UNIQUE (key_hash),
  constraint group_person_pkey PRIMARY KEY (id)
);
CREATE INDEX group_person_by_phone ON public.group_person USING btree (phone_index) WHERE (phone_index IS NOT NULL);
alter table group_person enable row level security;
create policy group_person_scope on group_person for all using (( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)));
grant delete, insert, select, update on group_person to huangge_app;

create table group_photo (
  attachment_id uuid not null,
  message_id uuid not null,
  position smallint not null,
  token bytea not null,
  constraint group_photo_pkey PRIMARY KEY (attachment_id),
  constraint group_photo_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES attachment(id),
  constraint group_photo_message_id_fkey FOREIGN KEY (message_id) REFERENCES group_message(id)
);
CREATE INDEX group_photo_by_message ON public.group_photo USING btree (message_id, "position");
alter table group_photo enable row level security;
create policy group_photo_scope on group_photo for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM group_message m
  WHERE (m.id = group_photo.message_id)))));
grant delete, insert, select, update on group_photo to huangge_app;

create table group_poll (
  id uuid not null,
  group_id uuid not null,
  district text not null,
  question text not null,
  note text not null default ''::text,
  options text[] not null,
  quorum_of text not null,
  quorum_percent smallint not null default 0,
  until timestamp with time zone not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  result jsonb,
  minutes text not null default ''::text,
  version integer not null default 1,
  constraint group_poll_pkey PRIMARY KEY (id),
  constraint group_poll_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint group_poll_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id),
  constraint group_poll_options CHECK (((cardinality(options) >= 2) AND (cardinality(options) <= 12))),
  constraint group_poll_quorum CHECK (((quorum_percent >= 0) AND (quorum_percent <= 100))),
  constraint group_poll_quorum_of CHECK ((quorum_of = ANY (ARRAY['none'::text, 'members'::text, 'households'::text])))
);
CREATE INDEX group_poll_by_group ON public.group_poll USING btree (group_id, created_at DESC);
CREATE INDEX group_poll_due ON public.group_poll USING btree (until) WHERE (closed_at IS NULL);
alter table group_poll enable row level security;
create policy group_poll_scope on group_poll for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = group_poll.group_id)))));
grant insert, select, update on group_poll to huangge_app;

create table group_vote (
  poll_id uuid not null,
  member_id uuid not null,
  choice smallint not null,
  voted_at timestamp with time zone not null,
  constraint group_vote_pkey PRIMARY KEY (poll_id, member_id),
  constraint group_vote_member_id_fkey FOREIGN KEY (member_id) REFERENCES group_member(id) ON DELETE CASCADE,
  constraint group_vote_poll_id_fkey FOREIGN KEY (poll_id) REFERENCES group_poll(id)
);
CREATE INDEX group_vote_by_member ON public.group_vote USING btree (member_id);
alter table group_vote enable row level security;
create policy group_vote_scope on group_vote for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM group_poll p
  WHERE (p.id = group_vote.poll_id)))));
grant delete, insert, select, update on group_vote to huangge_app;

create table hand_over (
  id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  day date not null,
  code text,
  words text not null,
  events jsonb not null default '[]'::jsonb,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint hand_over_pkey PRIMARY KEY (id),
  constraint hand_over_by_id_fkey FOREIGN KEY (by_id) REFERENCES account(id),
  constraint hand_over_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX hand_over_by_unit ON public.hand_over USING btree (unit_id, at DESC);
alter table hand_over enable row level security;
create policy hand_over_scope on hand_over for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on hand_over to huangge_app;

create table hand_over_read (
  note_id uuid not null,
  account_id uuid not null,
  at timestamp with time zone not null,
  constraint hand_over_read_pkey PRIMARY KEY (note_id, account_id),
  constraint hand_over_read_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint hand_over_read_note_id_fkey FOREIGN KEY (note_id) REFERENCES hand_over(id)
);
grant insert, select, update on hand_over_read to huangge_app;

create table hot_issue (
  id uuid not null,
  title text not null,
  central_event_id uuid not null,
  category_code text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision,
  lat double precision,
  heat real not null,
  heat_before real not null,
  events integer not null,
  open_events integer not null,
  voices integer not null,
  urges integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  daily jsonb not null,
  words jsonb not null,
  gone_at timestamp with time zone,
  as_of timestamp with time zone not null,
  constraint hot_issue_pkey PRIMARY KEY (id),
  constraint hot_issue_central_event_id_fkey FOREIGN KEY (central_event_id) REFERENCES event(id)
);
CREATE INDEX hot_issue_by_heat ON public.hot_issue USING btree (district, heat DESC) WHERE (gone_at IS NULL);
CREATE INDEX hot_issue_by_path ON public.hot_issue USING gin (path);
alter table hot_issue enable row level security;
create policy hot_issue_scope on hot_issue for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on hot_issue to huangge_app;

create table hot_issue_event (
  event_id uuid not null,
  issue_id uuid not null,
  constraint hot_issue_event_pkey PRIMARY KEY (event_id),
  constraint hot_issue_event_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint hot_issue_event_issue_id_fkey FOREIGN KEY (issue_id) REFERENCES hot_issue(id)
);
CREATE INDEX hot_issue_event_by_issue ON public.hot_issue_event USING btree (issue_id);
grant delete, insert, select, update on hot_issue_event to huangge_app;

create table hours_request (
  id uuid not null,
  sign_up_id uuid not null,
  said bytea not null,
  state text not null,
  answer bytea,
  asked_at timestamp with time zone not null,
  due_day date not null,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint hours_request_pkey PRIMARY KEY (id),
  constraint hours_request_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES account(id),
  constraint hours_request_sign_up_id_fkey FOREIGN KEY (sign_up_id) REFERENCES shift_sign_up(id),
  constraint hours_request_state CHECK ((state = ANY (ARRAY['asked'::text, 'corrected'::text, 'kept'::text])))
);
CREATE UNIQUE INDEX hours_request_open ON public.hours_request USING btree (sign_up_id) WHERE (state = 'asked'::text);
grant insert, select, update on hours_request to huangge_app;

create table household (
  id uuid not null,
  district text not null,
  area_code text not null,
  path text[] not null,
  address text not null,
  door bytea not null,
  door_index bytea not null,
  residents smallint not null,
  visited_at timestamp with time zone,
  visited_how text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint household_pkey PRIMARY KEY (id),
  constraint household_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint household_residents CHECK (((residents >= 0) AND (residents <= 99))),
  constraint household_visited_how CHECK ((visited_how = ANY (ARRAY['home'::text, 'phone'::text, 'other'::text])))
);
CREATE INDEX household_by_area ON public.household USING btree (area_code, visited_at NULLS FIRST, id) WHERE (retired_at IS NULL);
CREATE INDEX household_by_code ON public.household USING btree (area_code COLLATE "C") WHERE (retired_at IS NULL);
CREATE INDEX household_by_district ON public.household USING btree (district, id) WHERE (retired_at IS NULL);
CREATE INDEX household_by_path ON public.household USING gin (path) WHERE (retired_at IS NULL);
CREATE UNIQUE INDEX household_once ON public.household USING btree (door_index) WHERE (retired_at IS NULL);
alter table household enable row level security;
create policy household_scope on household for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on household to huangge_app;

create table idle_photo (
  id uuid not null,
  idle_id uuid not null,
  alt text not null,
  removed_at timestamp with time zone,
  constraint idle_photo_pkey PRIMARY KEY (id),
  constraint idle_photo_idle_id_fkey FOREIGN KEY (idle_id) REFERENCES idle_resource(id)
);
CREATE INDEX idle_photo_of ON public.idle_photo USING btree (idle_id) WHERE (removed_at IS NULL);
alter table idle_photo enable row level security;
create policy idle_photo_scope on idle_photo for all using ((EXISTS ( SELECT
   FROM idle_resource i
  WHERE (i.id = idle_photo.idle_id))));
grant insert, select, update on idle_photo to huangge_app;

create table idle_resource (
  id uuid not null,
  code text not null,
  name text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null default ''::text,
  area_m2 integer not null,
  owner text not null default ''::text,
  owner_kind text not null,
  condition text not null,
  uses text[] not null default '{}'::text[],
  free_from date,
  state text not null default 'idle'::text,
  reserved_for uuid,
  note text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint idle_resource_code UNIQUE (code),
  constraint idle_resource_pkey PRIMARY KEY (id),
  constraint idle_resource_area CHECK ((area_m2 > 0)),
  constraint idle_resource_condition CHECK ((condition = ANY (ARRAY['ready'::text, 'repair'::text, 'rebuild'::text, 'unsafe'::text]))),
  constraint idle_resource_state CHECK ((state = ANY (ARRAY['idle'::text, 'reserved'::text, 'used'::text, 'withdrawn'::text])))
);
CREATE INDEX idle_resource_by_area ON public.idle_resource USING btree (area_code COLLATE "C");
alter table idle_resource enable row level security;
create policy idle_resource_scope on idle_resource for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on idle_resource to huangge_app;

create table incident (
  id uuid not null,
  event_id uuid not null,
  district text not null,
  rule_code text not null,
  level smallint not null,
  known_at timestamp with time zone not null,
  declared_at timestamp with time zone not null,
  declared_by uuid,
  phone_due timestamp with time zone not null,
  first_due timestamp with time zone not null,
  phone_at timestamp with time zone,
  first_at timestamp with time zone,
  continued_due timestamp with time zone,
  continued integer not null default 0,
  final_at timestamp with time zone,
  version integer not null default 1,
  constraint incident_once UNIQUE (event_id),
  constraint incident_pkey PRIMARY KEY (id),
  constraint incident_declared_by_fkey FOREIGN KEY (declared_by) REFERENCES account(id),
  constraint incident_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint incident_level CHECK (((level >= 1) AND (level <= 4)))
);
CREATE INDEX incident_open ON public.incident USING btree (first_due) WHERE (final_at IS NULL);
alter table incident enable row level security;
create policy incident_scope on incident for all using ((EXISTS ( SELECT 1
   FROM event e
  WHERE (e.id = incident.event_id))));
grant insert, select, update on incident to huangge_app;

create table incident_reminder (
  incident_id uuid not null,
  duty text not null,
  due_at timestamp with time zone not null,
  rung smallint not null,
  rung_at timestamp with time zone not null,
  constraint incident_reminder_pkey PRIMARY KEY (incident_id, duty, due_at, rung),
  constraint incident_reminder_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id)
);
grant insert, select, update on incident_reminder to huangge_app;

create table incident_report (
  id uuid not null,
  incident_id uuid not null,
  kind text not null,
  ordinal integer not null default 0,
  fields jsonb not null,
  level smallint not null,
  made integer not null,
  late boolean not null,
  due_at timestamp with time zone,
  issued_at timestamp with time zone not null,
  issued_by uuid,
  unit_id uuid not null,
  constraint incident_report_once UNIQUE (incident_id, kind, ordinal),
  constraint incident_report_pkey PRIMARY KEY (id),
  constraint incident_report_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES incident(id),
  constraint incident_report_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES account(id),
  constraint incident_report_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint incident_report_kind CHECK ((kind = ANY (ARRAY['phone'::text, 'first'::text, 'continued'::text, 'final'::text])))
);
alter table incident_report enable row level security;
create policy incident_report_scope on incident_report for all using ((EXISTS ( SELECT 1
   FROM incident i
  WHERE (i.id = incident_report.incident_id))));
grant insert, select on incident_report to huangge_app;

create table incident_rule (
  code text not null,
  level smallint not null,
  name text not null,
  name_en text not null,
  phone_minutes integer not null,
  written_minutes integer not null,
  continue_hours integer,
  continue_at text[] not null default '{}'::text[],
  certainty text not null default ''::text,
  note text not null default ''::text,
  version integer not null default 1,
  constraint incident_rule_pkey PRIMARY KEY (code, level),
  constraint incident_rule_level CHECK (((level >= 1) AND (level <= 4)))
);
grant insert, select, update on incident_rule to huangge_app;

create table indicator_day (
  day date not null,
  area text not null,
  parent text not null,
  class text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  constraint indicator_day_pkey PRIMARY KEY (area, class, day)
);
CREATE INDEX indicator_day_by_parent ON public.indicator_day USING btree (parent, class, day);
CREATE INDEX indicator_day_empty ON public.indicator_day USING btree (area) WHERE (reports = 0);
grant delete, insert, select, update on indicator_day to huangge_app;

create table indicator_exclusion (
  id uuid not null,
  event_id uuid not null,
  district text not null,
  reason_code text not null,
  note text not null,
  state text not null default 'proposed'::text,
  proposed_by uuid,
  proposed_unit_id uuid not null,
  proposed_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_note text not null default ''::text,
  version integer not null default 1,
  constraint indicator_exclusion_pkey PRIMARY KEY (id),
  constraint indicator_exclusion_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint indicator_exclusion_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint indicator_exclusion_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES account(id),
  constraint indicator_exclusion_proposed_unit_id_fkey FOREIGN KEY (proposed_unit_id) REFERENCES unit(id),
  constraint indicator_exclusion_state CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text, 'lifted'::text]))),
  constraint indicator_exclusion_two CHECK (((decided_by IS NULL) OR (state = 'withdrawn'::text) OR (decided_by <> proposed_by)))
);
CREATE INDEX indicator_exclusion_by_state ON public.indicator_exclusion USING btree (state, proposed_at DESC);
CREATE UNIQUE INDEX indicator_exclusion_once ON public.indicator_exclusion USING btree (event_id) WHERE (state = ANY (ARRAY['proposed'::text, 'approved'::text]));
grant insert, select, update on indicator_exclusion to huangge_app;

create table indicator_month (
  month date not null,
  area text not null,
  parent text not null,
  class text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  constraint indicator_month_pkey PRIMARY KEY (area, class, month)
);
CREATE INDEX indicator_month_by_parent ON public.indicator_month USING btree (parent, class, month);
CREATE INDEX indicator_month_empty ON public.indicator_month USING btree (area) WHERE (reports = 0);
grant delete, insert, select, update on indicator_month to huangge_app;

create table inspection (
  id uuid not null,
  point_id uuid not null,
  task_id uuid,
  district text not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  unit_id uuid,
  result text not null,
  answers jsonb not null default '[]'::jsonb,
  note text not null default ''::text,
  event_id uuid,
  constraint inspection_pkey PRIMARY KEY (id),
  constraint inspection_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint inspection_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint inspection_point_id_fkey FOREIGN KEY (point_id) REFERENCES risk_point(id),
  constraint inspection_task_id_fkey FOREIGN KEY (task_id) REFERENCES inspection_task(id),
  constraint inspection_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint inspection_result CHECK ((result = ANY (ARRAY['fine'::text, 'finding'::text, 'not_reachable'::text])))
);
CREATE INDEX inspection_by_event ON public.inspection USING btree (event_id) WHERE (event_id IS NOT NULL);
CREATE INDEX inspection_by_point ON public.inspection USING btree (point_id, at DESC);
alter table inspection enable row level security;
create policy inspection_scope on inspection for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM risk_point p
  WHERE (p.id = inspection.point_id)))));
grant insert, select on inspection to huangge_app;

create table inspection_rule (
  kind text not null,
  level smallint not null,
  days integer not null,
  follow_up_days integer not null,
  certainty text not null,
  source text not null,
  version integer not null default 1,
  constraint inspection_rule_pkey PRIMARY KEY (kind, level),
  constraint inspection_rule_days CHECK (((days >= 1) AND (days <= 730))),
  constraint inspection_rule_follow_up CHECK (((follow_up_days >= 1) AND (follow_up_days <= 180))),
  constraint inspection_rule_level CHECK (((level >= 1) AND (level <= 4)))
);
grant insert, select, update on inspection_rule to huangge_app;

create table inspection_task (
  id uuid not null,
  point_id uuid not null,
  district text not null,
  reason text not null,
  reason_words text not null default ''::text,
  run_id uuid,
  assignee_id uuid,
  due_at timestamp with time zone not null,
  state text not null,
  rung smallint not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint inspection_task_pkey PRIMARY KEY (id),
  constraint inspection_task_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES account(id),
  constraint inspection_task_point_id_fkey FOREIGN KEY (point_id) REFERENCES risk_point(id),
  constraint inspection_task_run_id_fkey FOREIGN KEY (run_id) REFERENCES warning_effect_run(id),
  constraint inspection_task_reason CHECK ((reason = ANY (ARRAY['cycle'::text, 'warning'::text, 'follow_up'::text]))),
  constraint inspection_task_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text, 'withdrawn'::text])))
);
CREATE INDEX inspection_task_by_assignee ON public.inspection_task USING btree (assignee_id, due_at) WHERE (state = 'open'::text);
CREATE INDEX inspection_task_by_due ON public.inspection_task USING btree (due_at, id) WHERE (state = 'open'::text);
CREATE INDEX inspection_task_by_run ON public.inspection_task USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE UNIQUE INDEX inspection_task_one_open ON public.inspection_task USING btree (point_id) WHERE (state = 'open'::text);
alter table inspection_task enable row level security;
create policy inspection_task_scope on inspection_task for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM risk_point p
  WHERE (p.id = inspection_task.point_id)))));
grant insert, select, update on inspection_task to huangge_app;

create table kiosk_link (
  id uuid not null,
  screen_id uuid not null,
  name text not null,
  secret_hash bytea not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint kiosk_link_secret_hash_key UNIQUE (secret_hash),
  constraint kiosk_link_pkey PRIMARY KEY (id),
  constraint kiosk_link_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint kiosk_link_screen_id_fkey FOREIGN KEY (screen_id) REFERENCES screen(id)
);
CREATE INDEX kiosk_link_by_screen ON public.kiosk_link USING btree (screen_id);
grant insert, select, update on kiosk_link to huangge_app;

create table kiosk_look (
  link_id uuid not null,
  seen_at timestamp with time zone not null,
  constraint kiosk_look_pkey PRIMARY KEY (link_id),
  constraint kiosk_look_link_id_fkey FOREIGN KEY (link_id) REFERENCES kiosk_link(id)
);
grant insert, select, update on kiosk_look to huangge_app;

create table ledger_entry (
  id uuid not null,
  tenant text not null,
  district text not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  actor_unit_id uuid,
  action text not null,
  subject_type text not null,
  subject_id text not null,
  data jsonb not null,
  private_digest bytea,
  audience text[] not null default '{}'::text[],
  op_id uuid,
  constraint ledger_entry_pkey PRIMARY KEY (id),
  constraint ledger_entry_actor_kind CHECK ((actor_kind = ANY (ARRAY['account'::text, 'resident'::text, 'token'::text, 'link'::text, 'system'::text])))
);
CREATE INDEX ledger_entry_by_actor ON public.ledger_entry USING btree (actor_id, at DESC) WHERE (actor_id IS NOT NULL);
CREATE INDEX ledger_entry_by_subject ON public.ledger_entry USING btree (subject_id, subject_type, at, id);
CREATE INDEX ledger_entry_by_time ON public.ledger_entry USING btree (at, id);
grant insert, select on ledger_entry to huangge_app;

create table ledger_head (
  tenant text not null,
  size bigint not null,
  root bytea not null,
  at timestamp with time zone not null,
  key_id text not null,
  signature bytea not null,
  constraint ledger_head_pkey PRIMARY KEY (tenant, size)
);
grant insert, select on ledger_head to huangge_app;

create table ledger_key (
  tenant text not null,
  key_id text not null,
  public_key bytea not null,
  since timestamp with time zone not null,
  constraint ledger_key_pkey PRIMARY KEY (tenant, key_id)
);
grant insert, select on ledger_key to huangge_app;

create table ledger_node (
  tenant text not null,
  level smallint not null,
  idx bigint not null,
  hash bytea not null,
  constraint ledger_node_pkey PRIMARY KEY (tenant, level, idx)
);
grant insert, select on ledger_node to huangge_app;

create table ledger_pending (
  entry_id uuid not null,
  tenant text not null,
  constraint ledger_pending_pkey PRIMARY KEY (entry_id)
);
grant delete, insert, select, update on ledger_pending to huangge_app;

create table ledger_private (
  entry_id uuid not null,
  salt bytea not null,
  body jsonb not null,
  constraint ledger_private_pkey PRIMARY KEY (entry_id),
  constraint ledger_private_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES ledger_entry(id)
);
grant insert, select on ledger_private to huangge_app;

create table ledger_seq (
  tenant text not null,
  seq bigint not null,
  entry_id uuid not null,
  leaf_hash bytea not null,
  sequenced_at timestamp with time zone not null default clock_timestamp(),
  constraint ledger_seq_entry_once UNIQUE (entry_id),
  constraint ledger_seq_pkey PRIMARY KEY (tenant, seq)
);
grant insert, select on ledger_seq to huangge_app;

create table ledger_state (
  tenant text not null,
  size bigint not null default 0,
  constraint ledger_state_pkey PRIMARY KEY (tenant)
);
grant delete, insert, select, update on ledger_state to huangge_app;

create table library_version (
  version integer not null,
  note text not null,
  published_at timestamp with time zone not null default now(),
  published_by uuid,
  constraint library_version_pkey PRIMARY KEY (version),
  constraint library_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES account(id)
);
grant insert, select, update on library_version to huangge_app;

create table loan (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  item_code text not null,
  thing_id uuid,
  phone bytea,
  phone_index bytea,
  lent_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null default 'out'::text,
  ended_at timestamp with time zone,
  ended_station_id uuid,
  reminded_at timestamp with time zone,
  account_id uuid,
  version integer not null default 1,
  constraint loan_pkey PRIMARY KEY (id),
  constraint loan_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint loan_ended_station_id_fkey FOREIGN KEY (ended_station_id) REFERENCES station(id),
  constraint loan_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint loan_thing_id_fkey FOREIGN KEY (thing_id) REFERENCES loan_thing(id),
  constraint loan_end CHECK (((state = 'out'::text) = (ended_at IS NULL))),
  constraint loan_forgets CHECK (((state = 'out'::text) OR ((phone IS NULL) AND (phone_index IS NULL)))),
  constraint loan_state CHECK ((state = ANY (ARRAY['out'::text, 'returned'::text, 'lost'::text, 'damaged'::text])))
);
CREATE INDEX loan_by_phone ON public.loan USING btree (phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX loan_by_station ON public.loan USING btree (station_id, lent_at DESC);
CREATE INDEX loan_out ON public.loan USING btree (item_code, lent_at) WHERE (state = 'out'::text);
CREATE UNIQUE INDEX loan_thing_out_once ON public.loan USING btree (thing_id) WHERE (state = 'out'::text);
alter table loan enable row level security;
create policy loan_scope on loan for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select, update on loan to huangge_app;

create table loan_thing (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  item_code text not null,
  number text not null,
  state text not null default 'in'::text,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint loan_thing_number UNIQUE (number),
  constraint loan_thing_pkey PRIMARY KEY (id),
  constraint loan_thing_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint loan_thing_number_words CHECK ((number ~ '^[A-Z0-9][A-Z0-9-]{1,19}$'::text)),
  constraint loan_thing_state CHECK ((state = ANY (ARRAY['in'::text, 'out'::text, 'gone'::text])))
);
CREATE INDEX loan_thing_by_station ON public.loan_thing USING btree (station_id, item_code);
alter table loan_thing enable row level security;
create policy loan_thing_scope on loan_thing for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select, update on loan_thing to huangge_app;

create table market_demand (
  id uuid not null,
  class_code text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  people integer not null,
  elders integer not null,
  children integer not null,
  figures jsonb not null,
  figures_seen jsonb,
  voices integer not null default 0,
  need_ids uuid[] not null default '{}'::uuid[],
  floor_m2 integer,
  state text not null default 'open'::text,
  idle_id uuid,
  project_id uuid,
  note text not null default ''::text,
  reason text not null default ''::text,
  edited_at timestamp with time zone,
  edited_by uuid,
  run_id uuid not null,
  run_hash text not null,
  produced_at timestamp with time zone not null,
  gone_at timestamp with time zone,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint market_demand_once UNIQUE (class_code, area_code),
  constraint market_demand_pkey PRIMARY KEY (id),
  constraint market_demand_idle_id_fkey FOREIGN KEY (idle_id) REFERENCES idle_resource(id),
  constraint market_demand_floor CHECK ((floor_m2 > 0)),
  constraint market_demand_people CHECK (((people >= 0) AND (elders >= 0) AND (children >= 0) AND ((elders + children) <= people))),
  constraint market_demand_state CHECK ((state = ANY (ARRAY['open'::text, 'planned'::text, 'met'::text, 'declined'::text])))
);
CREATE INDEX market_demand_by_area ON public.market_demand USING btree (area_code COLLATE "C", people DESC, id);
CREATE INDEX market_demand_by_district ON public.market_demand USING btree (district, people DESC, id);
alter table market_demand enable row level security;
create policy market_demand_scope on market_demand for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on market_demand to huangge_app;

create table need_voice (
  id uuid not null,
  need_id uuid not null,
  source text not null,
  source_ref text not null,
  said_at timestamp with time zone not null,
  text text not null,
  people integer not null default 1,
  group_code text not null,
  area_code text not null,
  lon double precision,
  lat double precision,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  class_code text,
  joined_by text not null default 'first'::text,
  joined_detail integer,
  minutes_now integer,
  constraint need_voice_once UNIQUE (source, source_ref),
  constraint need_voice_counted TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint need_voice_pkey PRIMARY KEY (id),
  constraint need_voice_need_id_fkey FOREIGN KEY (need_id) REFERENCES service_need(id),
  constraint need_voice_joined_by CHECK ((joined_by = ANY (ARRAY['first'::text, 'class'::text, 'near'::text, 'words'::text, 'hand'::text]))),
  constraint need_voice_minutes CHECK (((minutes_now >= 0) AND (minutes_now <= 600))),
  constraint need_voice_people CHECK (((people >= 1) AND (people <= 100000))),
  constraint need_voice_source CHECK ((source = ANY (ARRAY['hotline'::text, 'meeting'::text, 'visit'::text, 'survey'::text, 'event'::text, 'booking'::text, 'desk'::text])))
);
CREATE INDEX need_voice_by_area ON public.need_voice USING btree (area_code COLLATE "C", said_at DESC);
CREATE INDEX need_voice_by_need ON public.need_voice USING btree (need_id, said_at DESC);
grant insert, select, update on need_voice to huangge_app;

create table notice (
  id uuid not null,
  entry_id uuid not null,
  account_id uuid not null,
  kind text not null,
  action text not null,
  priority smallint not null,
  district text not null,
  subject_type text not null,
  subject_id text not null,
  facts jsonb not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint notice_once UNIQUE (entry_id, account_id, kind),
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint notice_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES ledger_entry(id),
  constraint notice_priority CHECK (((priority >= 0) AND (priority <= 4)))
);
CREATE INDEX notice_by_account ON public.notice USING btree (account_id, id DESC);
CREATE INDEX notice_by_time ON public.notice USING btree (created_at);
CREATE INDEX notice_unread ON public.notice USING btree (account_id, priority) WHERE (read_at IS NULL);
alter table notice enable row level security;
create policy notice_scope on notice for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant delete, insert, select, update on notice to huangge_app;

create table notice_bucket (
  target_id uuid not null,
  tokens double precision not null,
  at timestamp with time zone not null,
  constraint notice_bucket_pkey PRIMARY KEY (target_id)
);
grant insert, select, update on notice_bucket to huangge_app;

create table notice_channel (
  id uuid not null,
  kind text not null,
  name text not null,
  area_code text,
  min_priority smallint not null,
  enabled boolean not null,
  address bytea,
  host text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint notice_channel_pkey PRIMARY KEY (id),
  constraint notice_channel_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint notice_channel_kind CHECK ((kind = ANY (ARRAY['sms'::text, 'wecom'::text, 'dingtalk'::text])))
);
alter table notice_channel enable row level security;
create policy notice_channel_scope on notice_channel for all using (( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)));
grant insert, select, update on notice_channel to huangge_app;

create table notice_cursor (
  tenant text not null,
  seq bigint not null,
  since timestamp with time zone not null,
  constraint notice_cursor_pkey PRIMARY KEY (tenant)
);
grant insert, select, update on notice_cursor to huangge_app;

create table notice_key (
  name text not null,
  sealed bytea not null,
  created_at timestamp with time zone not null,
  constraint notice_key_pkey PRIMARY KEY (name)
);
grant insert, select, update on notice_key to huangge_app;

create table notice_setting (
  account_id uuid not null,
  channels jsonb not null,
  quiet_from smallint,
  quiet_until smallint,
  email bytea,
  phone bytea,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint notice_setting_pkey PRIMARY KEY (account_id),
  constraint notice_setting_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table notice_setting enable row level security;
create policy notice_setting_scope on notice_setting for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on notice_setting to huangge_app;

create table oidc_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null,
  linked_at timestamp with time zone not null default now(),
  constraint oidc_identity_pkey PRIMARY KEY (issuer, subject),
  constraint oidc_identity_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE UNIQUE INDEX oidc_identity_one_each ON public.oidc_identity USING btree (issuer, account_id);
grant delete, insert, select, update on oidc_identity to huangge_app;

create table online_group (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  platform text not null,
  owner_id uuid,
  about text not null default ''::text,
  district text not null,
  areas text[] not null,
  link_round integer not null default 1,
  link_hash bytea not null,
  headcount integer,
  headcount_on date,
  headcount_by uuid,
  rev bigint not null default 1,
  last_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint online_group_code_once UNIQUE (code),
  constraint online_group_link_once UNIQUE (link_hash),
  constraint online_group_pkey PRIMARY KEY (id),
  constraint online_group_headcount_by_fkey FOREIGN KEY (headcount_by) REFERENCES account(id),
  constraint online_group_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES account(id),
  constraint online_group_headcount CHECK ((headcount >= 0)),
  constraint online_group_platform CHECK ((platform = ANY (ARRAY['in_app'::text, 'wecom'::text, 'other'::text])))
);
CREATE INDEX online_group_by_areas ON public.online_group USING gin (areas) WHERE (retired_at IS NULL);
CREATE INDEX online_group_by_owner ON public.online_group USING btree (owner_id) WHERE (owner_id IS NOT NULL);
alter table online_group enable row level security;
create policy online_group_scope on online_group for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (areas && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (owner_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on online_group to huangge_app;

create table op (
  op_id uuid not null,
  actor text not null,
  route text not null,
  request_hash bytea not null,
  response jsonb not null,
  at timestamp with time zone not null default now(),
  constraint op_pkey PRIMARY KEY (op_id)
);
CREATE INDEX op_about_care ON public.op USING btree (((response #>> '{person,id}'::text[]))) WHERE (route ~~ 'care.%'::text);
grant delete, insert, select, update on op to huangge_app;

create table open_file (
  release_id uuid not null,
  name text not null,
  type text not null,
  bytes bytea not null,
  sha256 text not null,
  constraint open_file_pkey PRIMARY KEY (release_id, name),
  constraint open_file_release_id_fkey FOREIGN KEY (release_id) REFERENCES open_release(id)
);
grant insert, select on open_file to huangge_app;

create table open_release (
  id uuid not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  month text not null,
  version smallint not null,
  k smallint not null,
  groups jsonb not null,
  totals jsonb not null,
  published_at timestamp with time zone not null,
  published_by uuid,
  constraint open_release_version UNIQUE (area_code, month, version),
  constraint open_release_pkey PRIMARY KEY (id),
  constraint open_release_k CHECK ((k >= 5)),
  constraint open_release_month CHECK ((month ~ '^\d{4}-(0[1-9]|1[0-2])$'::text))
);
CREATE INDEX open_release_by_month ON public.open_release USING btree (month DESC, area_code);
grant insert, select on open_release to huangge_app;

create table operation (
  id uuid not null,
  event_id uuid not null,
  district text not null,
  lead_unit_id uuid not null,
  plan_code text,
  plan_version integer,
  opened_at timestamp with time zone not null,
  opened_by uuid,
  opened_unit_id uuid,
  ended_at timestamp with time zone,
  constraint operation_once UNIQUE (event_id),
  constraint operation_pkey PRIMARY KEY (id),
  constraint operation_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint operation_lead_unit_id_fkey FOREIGN KEY (lead_unit_id) REFERENCES unit(id),
  constraint operation_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES account(id),
  constraint operation_opened_unit_id_fkey FOREIGN KEY (opened_unit_id) REFERENCES unit(id),
  constraint operation_plan_code_plan_version_fkey FOREIGN KEY (plan_code, plan_version) REFERENCES plan_version(plan_code, version)
);
CREATE INDEX operation_opened ON public.operation USING btree (opened_at DESC, id DESC);
CREATE INDEX operation_running ON public.operation USING btree (opened_at) WHERE (ended_at IS NULL);
alter table operation enable row level security;
create policy operation_scope on operation for all using ((EXISTS ( SELECT 1
   FROM event e
  WHERE (e.id = operation.event_id))));
grant insert, select, update on operation to huangge_app;

create table operation_step (
  id uuid not null,
  operation_id uuid not null,
  sort smallint not null,
  body jsonb not null,
  due_at timestamp with time zone not null,
  status text not null default 'todo'::text,
  by_account uuid,
  by_unit uuid,
  at timestamp with time zone,
  reason text not null default ''::text,
  constraint operation_step_pkey PRIMARY KEY (id),
  constraint operation_step_by_account_fkey FOREIGN KEY (by_account) REFERENCES account(id),
  constraint operation_step_by_unit_fkey FOREIGN KEY (by_unit) REFERENCES unit(id),
  constraint operation_step_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(id),
  constraint operation_step_status CHECK ((status = ANY (ARRAY['todo'::text, 'done'::text, 'skipped'::text])))
);
CREATE INDEX operation_step_by_operation ON public.operation_step USING btree (operation_id, sort);
alter table operation_step enable row level security;
create policy operation_step_scope on operation_step for all using ((EXISTS ( SELECT 1
   FROM operation o
  WHERE (o.id = operation_step.operation_id))));
grant insert, select, update on operation_step to huangge_app;

create table partner (
  id uuid not null,
  code text not null,
  name text not null,
  name_en text not null default ''::text,
  kind text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  organisation text not null default ''::text,
  credit_code text,
  contact_name bytea,
  contact_phone bytea,
  contact_phone_index bytea,
  secret_hash bytea,
  link_round integer not null default 1,
  asked_contact_name bytea,
  asked_contact_phone bytea,
  asked_contact_at timestamp with time zone,
  exit_day date,
  exit_by text,
  exit_reason text,
  exit_words text not null default ''::text,
  exited_at timestamp with time zone,
  exited_by uuid,
  constraint partner_code UNIQUE (code),
  constraint partner_link UNIQUE (secret_hash),
  constraint partner_pkey PRIMARY KEY (id),
  constraint partner_exited_by_fkey FOREIGN KEY (exited_by) REFERENCES account(id),
  constraint partner_code_words CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,39}$'::text)),
  constraint partner_contact_asked CHECK (((asked_contact_phone IS NULL) = (asked_contact_at IS NULL))),
  constraint partner_credit_code CHECK ((credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'::text)),
  constraint partner_exit_by CHECK ((exit_by = ANY (ARRAY['partner'::text, 'street'::text]))),
  constraint partner_exit_whole CHECK ((((exit_day IS NULL) = (exit_by IS NULL)) AND ((exit_day IS NULL) = (exit_reason IS NULL))))
);
CREATE INDEX partner_by_area ON public.partner USING btree (area_code COLLATE "C");
CREATE INDEX partner_by_phone ON public.partner USING btree (contact_phone_index) WHERE (contact_phone_index IS NOT NULL);
grant insert, select, update on partner to huangge_app;

create table partner_agreement (
  id uuid not null,
  partner_id uuid not null,
  district text not null,
  from_day date not null,
  to_day date not null,
  returns text[] not null,
  return_words text not null default ''::text,
  renews uuid,
  signed_on date,
  ended_on date,
  asked_renewal_at timestamp with time zone,
  asked_renewal_words text not null default ''::text,
  reminded_days integer,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  constraint partner_agreement_one_at_a_time EXCLUDE USING gist (partner_id WITH =, daterange(from_day, GREATEST(from_day, (LEAST(to_day, COALESCE(ended_on, to_day)) + 1)), '[)'::text) WITH &&) WHERE ((signed_on IS NOT NULL)),
  constraint partner_agreement_renewed_once UNIQUE (renews),
  constraint partner_agreement_pkey PRIMARY KEY (id),
  constraint partner_agreement_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint partner_agreement_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint partner_agreement_renews_fkey FOREIGN KEY (renews) REFERENCES partner_agreement(id),
  constraint partner_agreement_days CHECK ((from_day <= to_day)),
  constraint partner_agreement_ended CHECK (((ended_on IS NULL) OR (signed_on IS NOT NULL)))
);
CREATE INDEX partner_agreement_by_partner ON public.partner_agreement USING btree (partner_id, from_day);
grant insert, select, update on partner_agreement to huangge_app;

create table partner_delivery (
  id uuid not null,
  partner_id uuid not null,
  pledge_id uuid,
  station_id uuid not null,
  district text not null,
  day date not null,
  what text not null default ''::text,
  quantity integer not null,
  unit text not null,
  source_type text not null,
  source_id uuid,
  state text not null,
  said_quantity integer,
  refused_words text not null default ''::text,
  noted_at timestamp with time zone not null,
  noted_by uuid,
  decided_at timestamp with time zone,
  decided_by uuid,
  version integer not null default 1,
  constraint partner_delivery_once UNIQUE (source_type, source_id),
  constraint partner_delivery_pkey PRIMARY KEY (id),
  constraint partner_delivery_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint partner_delivery_noted_by_fkey FOREIGN KEY (noted_by) REFERENCES account(id),
  constraint partner_delivery_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint partner_delivery_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id),
  constraint partner_delivery_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint partner_delivery_decided CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
  constraint partner_delivery_quantity CHECK (((quantity >= 1) AND (quantity <= 1000000))),
  constraint partner_delivery_source CHECK ((source_type = ANY (ARRAY['station'::text, 'partner'::text, 'donation'::text, 'activity'::text]))),
  constraint partner_delivery_state CHECK ((state = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'refused'::text])))
);
CREATE INDEX partner_delivery_by_partner ON public.partner_delivery USING btree (partner_id, day);
CREATE INDEX partner_delivery_by_pledge ON public.partner_delivery USING btree (pledge_id, day);
CREATE INDEX partner_delivery_by_station ON public.partner_delivery USING btree (station_id, day);
CREATE INDEX partner_delivery_waiting ON public.partner_delivery USING btree (station_id) WHERE (state = 'waiting'::text);
grant insert, select, update on partner_delivery to huangge_app;

create table partner_rating (
  id uuid not null,
  partner_id uuid not null,
  station_id uuid not null,
  district text not null,
  source text not null,
  stars integer not null,
  words text not null default ''::text,
  hidden_at timestamp with time zone,
  quarter text,
  day date not null,
  browser_hash bytea,
  at timestamp with time zone not null,
  account_id uuid,
  version integer not null default 1,
  constraint partner_rating_each_day UNIQUE (partner_id, browser_hash),
  constraint partner_rating_each_quarter UNIQUE (partner_id, station_id, quarter),
  constraint partner_rating_pkey PRIMARY KEY (id),
  constraint partner_rating_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint partner_rating_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint partner_rating_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint partner_rating_quarter CHECK ((quarter ~ '^[0-9]{4}Q[1-4]$'::text)),
  constraint partner_rating_source CHECK ((source = ANY (ARRAY['station'::text, 'resident'::text]))),
  constraint partner_rating_stars CHECK (((stars >= 1) AND (stars <= 5))),
  constraint partner_rating_whose CHECK ((((source = 'station'::text) = (quarter IS NOT NULL)) AND ((source = 'resident'::text) = (browser_hash IS NOT NULL))))
);
CREATE INDEX partner_rating_by_partner ON public.partner_rating USING btree (partner_id, source, at);
grant insert, select, update on partner_rating to huangge_app;

create table pattern_result (
  kind text not null,
  area_code text not null,
  path text[] not null,
  input_hash text not null,
  method text not null,
  first_day date not null,
  last_day date not null,
  result jsonb not null,
  reckoned_at timestamp with time zone not null,
  took_ms integer not null,
  constraint pattern_result_pkey PRIMARY KEY (kind, area_code),
  constraint pattern_result_kind CHECK ((kind = ANY (ARRAY['clusters'::text, 'forecast'::text, 'anomalies'::text])))
);
alter table pattern_result enable row level security;
create policy pattern_result_scope on pattern_result for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on pattern_result to huangge_app;

create table place (
  id uuid not null,
  name text not null,
  kind text not null default ''::text,
  lon double precision not null,
  lat double precision not null,
  area_code text,
  constraint place_once UNIQUE (name, lon, lat),
  constraint place_pkey PRIMARY KEY (id),
  constraint place_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code)
);
CREATE INDEX place_by_name ON public.place USING btree (lower(name) text_pattern_ops);
grant delete, insert, select, update on place to huangge_app;

create table plan (
  code text not null,
  version integer not null default 0,
  draft jsonb,
  draft_version integer not null default 0,
  retired_at timestamp with time zone,
  retired_reason text,
  updated_at timestamp with time zone not null,
  constraint plan_pkey PRIMARY KEY (code)
);
grant insert, select, update on plan to huangge_app;

create table plan_version (
  plan_code text not null,
  version integer not null,
  body jsonb not null,
  note text not null default ''::text,
  published_at timestamp with time zone not null,
  published_by uuid,
  constraint plan_version_pkey PRIMARY KEY (plan_code, version),
  constraint plan_version_plan_code_fkey FOREIGN KEY (plan_code) REFERENCES plan(code),
  constraint plan_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES account(id)
);
grant insert, select on plan_version to huangge_app;

create table pledge (
  id uuid not null,
  agreement_id uuid not null,
  partner_id uuid not null,
  district text not null,
  station_id uuid,
  resource text not null,
  what text not null,
  what_en text not null default ''::text,
  quantity integer not null,
  unit text not null,
  every text not null,
  from_day date not null,
  to_day date not null,
  ended_on date,
  ended_words text not null default ''::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  constraint pledge_pkey PRIMARY KEY (id),
  constraint pledge_agreement_id_fkey FOREIGN KEY (agreement_id) REFERENCES partner_agreement(id),
  constraint pledge_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint pledge_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint pledge_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint pledge_days CHECK ((from_day <= to_day)),
  constraint pledge_every CHECK ((every = ANY (ARRAY['once'::text, 'weekly'::text, 'monthly'::text, 'quarterly'::text]))),
  constraint pledge_quantity CHECK (((quantity >= 1) AND (quantity <= 1000000)))
);
CREATE INDEX pledge_by_agreement ON public.pledge USING btree (agreement_id);
CREATE INDEX pledge_by_partner ON public.pledge USING btree (partner_id);
CREATE INDEX pledge_by_station ON public.pledge USING btree (station_id);
grant insert, select, update on pledge to huangge_app;

create table population_cell (
  code text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  people integer not null,
  elders integer not null,
  children integer not null,
  households integer,
  source text not null,
  as_of date not null,
  constraint population_cell_pkey PRIMARY KEY (code),
  constraint population_cell_code CHECK (((length(code) >= 1) AND (length(code) <= 60))),
  constraint population_cell_numbers CHECK (((people >= 0) AND (elders >= 0) AND (children >= 0) AND ((elders + children) <= people)))
);
CREATE INDEX population_cell_by_area ON public.population_cell USING btree (area_code COLLATE "C");
alter table population_cell enable row level security;
create policy population_cell_scope on population_cell for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant delete, insert, select, update on population_cell to huangge_app;

create table project (
  id uuid not null,
  decision_id uuid not null,
  candidate_key text not null,
  idle_resource_id uuid,
  demand_id uuid,
  class_code text not null,
  name text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  served_code text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null default ''::text,
  hours jsonb,
  services text not null default ''::text,
  capacity integer,
  floor_m2 integer,
  budget_yuan bigint,
  predicted jsonb not null,
  run_before uuid,
  state text not null default 'approval'::text,
  reason text not null default ''::text,
  facility_id uuid,
  opened_on date,
  told_late_on date,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  version integer not null default 1,
  constraint project_pkey PRIMARY KEY (id),
  constraint project_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint project_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES decision(id),
  constraint project_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id),
  constraint project_idle_resource_id_fkey FOREIGN KEY (idle_resource_id) REFERENCES idle_resource(id),
  constraint project_budget CHECK ((budget_yuan >= 0)),
  constraint project_capacity CHECK ((capacity > 0)),
  constraint project_floor CHECK ((floor_m2 > 0)),
  constraint project_name CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint project_opened CHECK (((state = 'open'::text) = (facility_id IS NOT NULL))),
  constraint project_services CHECK ((length(services) <= 500)),
  constraint project_state CHECK ((state = ANY (ARRAY['approval'::text, 'building'::text, 'acceptance'::text, 'opening'::text, 'open'::text, 'stopped'::text])))
);
CREATE INDEX project_by_area ON public.project USING btree (area_code COLLATE "C");
CREATE UNIQUE INDEX project_once ON public.project USING btree (decision_id, candidate_key);
alter table project enable row level security;
create policy project_scope on project for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on project to huangge_app;

create table project_stage (
  id uuid not null,
  project_id uuid not null,
  stage text not null,
  planned_on date,
  done_on date,
  note text not null default ''::text,
  constraint project_stage_once UNIQUE (project_id, stage),
  constraint project_stage_pkey PRIMARY KEY (id),
  constraint project_stage_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id),
  constraint project_stage_note CHECK ((length(note) <= 1000)),
  constraint project_stage_stage CHECK ((stage = ANY (ARRAY['approval'::text, 'building'::text, 'acceptance'::text, 'opening'::text])))
);
grant insert, select, update on project_stage to huangge_app;

create table push_subscription (
  endpoint_digest bytea not null,
  account_id uuid not null,
  address bytea not null,
  created_at timestamp with time zone not null,
  constraint push_subscription_pkey PRIMARY KEY (endpoint_digest),
  constraint push_subscription_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX push_subscription_by_account ON public.push_subscription USING btree (account_id);
alter table push_subscription enable row level security;
create policy push_subscription_scope on push_subscription for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (account_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant delete, insert, select, update on push_subscription to huangge_app;

create table reading (
  device_id uuid not null,
  boot text not null,
  seq bigint not null,
  metric text not null,
  value double precision not null,
  measured_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  constraint reading_pkey PRIMARY KEY (device_id, metric, measured_at, boot, seq, received_at)
);
grant insert, select on reading to huangge_app;

create table recovery_code (
  code_hash bytea not null,
  account_id uuid not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (code_hash),
  constraint recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX recovery_code_by_account ON public.recovery_code USING btree (account_id);
grant delete, insert, select, update on recovery_code to huangge_app;

create table rehearsal (
  id uuid not null,
  title text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  from_day date not null,
  to_day date not null,
  base_version integer not null,
  changes jsonb not null,
  hash text not null,
  code_version text not null,
  state text not null default 'running'::text,
  events integer not null default 0,
  figures jsonb,
  result_hash text,
  problem text not null default ''::text,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  proposal text,
  proposed_by uuid,
  proposed_at timestamp with time zone,
  proposal_reason text not null default ''::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text not null default ''::text,
  library_version integer,
  version integer not null default 1,
  constraint rehearsal_pkey PRIMARY KEY (id),
  constraint rehearsal_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint rehearsal_base_version_fkey FOREIGN KEY (base_version) REFERENCES library_version(version),
  constraint rehearsal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id),
  constraint rehearsal_library_version_fkey FOREIGN KEY (library_version) REFERENCES library_version(version),
  constraint rehearsal_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES account(id),
  constraint rehearsal_by_another CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by))),
  constraint rehearsal_days CHECK ((from_day <= to_day)),
  constraint rehearsal_done CHECK (((state = 'done'::text) = (figures IS NOT NULL))),
  constraint rehearsal_proposal CHECK ((proposal = ANY (ARRAY['open'::text, 'adopted'::text, 'turned_down'::text]))),
  constraint rehearsal_state CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text]))),
  constraint rehearsal_title CHECK (((length(title) >= 1) AND (length(title) <= 80)))
);
CREATE INDEX rehearsal_by_area ON public.rehearsal USING btree (area_code COLLATE "C", asked_at DESC);
CREATE INDEX rehearsal_by_hash ON public.rehearsal USING btree (hash);
CREATE INDEX rehearsal_open ON public.rehearsal USING btree (proposed_at) WHERE (proposal = 'open'::text);
alter table rehearsal enable row level security;
create policy rehearsal_scope on rehearsal for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on rehearsal to huangge_app;

create table rehearsal_case (
  rehearsal_id uuid not null,
  event_id uuid not null,
  category_code text not null,
  marks text[] not null,
  steps_late text[] not null,
  steps_timely text[] not null,
  unit_before uuid,
  unit_after uuid,
  reported_at timestamp with time zone not null,
  constraint rehearsal_case_pkey PRIMARY KEY (rehearsal_id, event_id),
  constraint rehearsal_case_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint rehearsal_case_rehearsal_id_fkey FOREIGN KEY (rehearsal_id) REFERENCES rehearsal(id)
);
alter table rehearsal_case enable row level security;
create policy rehearsal_case_scope on rehearsal_case for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT 1
   FROM event e
  WHERE (e.id = rehearsal_case.event_id)))));
grant insert, select, update on rehearsal_case to huangge_app;

create table remeasure (
  id uuid not null,
  project_id uuid not null,
  run_before uuid not null,
  run_after uuid not null,
  hash_after text not null,
  predicted jsonb not null,
  found jsonb not null,
  measured_at timestamp with time zone not null,
  measured_by uuid,
  constraint remeasure_once UNIQUE (project_id, run_after),
  constraint remeasure_pkey PRIMARY KEY (id),
  constraint remeasure_measured_by_fkey FOREIGN KEY (measured_by) REFERENCES account(id),
  constraint remeasure_project_id_fkey FOREIGN KEY (project_id) REFERENCES project(id)
);
CREATE INDEX remeasure_by_project ON public.remeasure USING btree (project_id, measured_at DESC);
grant insert, select, update on remeasure to huangge_app;

create table risk_point (
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  level smallint not null,
  lon double precision not null,
  lat double precision not null,
  place_words text not null default ''::text,
  area_code text not null,
  path text[] not null,
  district text not null,
  unit_id uuid,
  responsible_id uuid,
  note text not null default ''::text,
  state text not null default 'open'::text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  cycle_days integer,
  plan_code text,
  last_look_at timestamp with time zone,
  last_look_result text,
  look_due_at timestamp with time zone,
  constraint risk_point_code_once UNIQUE (code),
  constraint risk_point_pkey PRIMARY KEY (id),
  constraint risk_point_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint risk_point_responsible_id_fkey FOREIGN KEY (responsible_id) REFERENCES account(id),
  constraint risk_point_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint risk_point_cycle CHECK (((cycle_days >= 1) AND (cycle_days <= 730))),
  constraint risk_point_level CHECK (((level >= 1) AND (level <= 4))),
  constraint risk_point_look CHECK ((last_look_result = ANY (ARRAY['fine'::text, 'finding'::text]))),
  constraint risk_point_state CHECK ((state = ANY (ARRAY['open'::text, 'controlled'::text, 'retired'::text])))
);
CREATE INDEX risk_point_by_district ON public.risk_point USING btree (district, code);
CREATE INDEX risk_point_by_due ON public.risk_point USING btree (look_due_at, code) WHERE (retired_at IS NULL);
CREATE INDEX risk_point_by_path ON public.risk_point USING gin (path) WHERE (retired_at IS NULL);
CREATE INDEX risk_point_by_place ON public.risk_point USING btree (lat, lon) WHERE (retired_at IS NULL);
CREATE INDEX risk_point_by_unit ON public.risk_point USING btree (unit_id) WHERE (unit_id IS NOT NULL);
alter table risk_point enable row level security;
create policy risk_point_scope on risk_point for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on risk_point to huangge_app;

create table room_message (
  id uuid not null,
  sort bigint not null,
  operation_id uuid not null,
  kind text not null,
  words text not null default ''::text,
  data jsonb not null default '{}'::jsonb,
  attachment_ids uuid[] not null default '{}'::uuid[],
  account_id uuid,
  unit_id uuid,
  link_id uuid,
  at timestamp with time zone not null,
  constraint room_message_pkey PRIMARY KEY (id),
  constraint room_message_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint room_message_link_id_fkey FOREIGN KEY (link_id) REFERENCES task_link(id),
  constraint room_message_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(id),
  constraint room_message_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX room_message_by_operation ON public.room_message USING btree (operation_id, sort);
alter table room_message enable row level security;
create policy room_message_scope on room_message for all using ((EXISTS ( SELECT 1
   FROM operation o
  WHERE (o.id = room_message.operation_id))));
grant insert, select on room_message to huangge_app;

create table room_position (
  operation_id uuid not null,
  account_id uuid not null,
  unit_id uuid,
  lon double precision not null,
  lat double precision not null,
  accuracy_m double precision,
  words text not null default ''::text,
  at timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint room_position_pkey PRIMARY KEY (operation_id, account_id),
  constraint room_position_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint room_position_operation_id_fkey FOREIGN KEY (operation_id) REFERENCES operation(id),
  constraint room_position_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX room_position_until ON public.room_position USING btree (until);
alter table room_position enable row level security;
create policy room_position_scope on room_position for all using ((EXISTS ( SELECT 1
   FROM operation o
  WHERE (o.id = room_position.operation_id))));
grant delete, insert, select, update on room_position to huangge_app;

create table scenario (
  id uuid not null,
  title text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  class_code text not null,
  demand_id uuid,
  profile text not null,
  limit_min integer not null,
  moment jsonb,
  goal text not null,
  choose integer,
  budget_yuan bigint,
  weighting text not null,
  candidates jsonb not null,
  state text not null default 'draft'::text,
  reason text not null default ''::text,
  note text not null default ''::text,
  made_by uuid not null,
  created_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  version integer not null default 1,
  constraint scenario_pkey PRIMARY KEY (id),
  constraint scenario_made_by_fkey FOREIGN KEY (made_by) REFERENCES account(id),
  constraint scenario_bound CHECK (((choose IS NOT NULL) OR (budget_yuan IS NOT NULL))),
  constraint scenario_budget CHECK (((budget_yuan >= 0) AND (budget_yuan <= '10000000000'::bigint))),
  constraint scenario_choose CHECK (((choose >= 1) AND (choose <= 50))),
  constraint scenario_goal CHECK ((goal = ANY (ARRAY['cover'::text, 'median'::text, 'centre'::text]))),
  constraint scenario_limit CHECK (((limit_min >= 1) AND (limit_min <= 60))),
  constraint scenario_state CHECK ((state = ANY (ARRAY['draft'::text, 'answered'::text, 'decided'::text, 'set_aside'::text]))),
  constraint scenario_title CHECK (((length(title) >= 1) AND (length(title) <= 80)))
);
CREATE INDEX scenario_by_area ON public.scenario USING btree (area_code COLLATE "C", created_at DESC);
CREATE INDEX scenario_by_class ON public.scenario USING btree (class_code, district);
alter table scenario enable row level security;
create policy scenario_scope on scenario for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on scenario to huangge_app;

create table scenario_answer (
  scenario_id uuid not null,
  hash text not null,
  question bytea not null,
  answer jsonb not null,
  figures jsonb not null,
  network_version text not null,
  code_version text not null,
  facilities integer not null,
  cells integer not null,
  run_id uuid,
  answered_at timestamp with time zone not null,
  asked_by uuid not null,
  constraint scenario_answer_pkey PRIMARY KEY (scenario_id),
  constraint scenario_answer_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES account(id),
  constraint scenario_answer_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES scenario(id)
);
grant insert, select, update on scenario_answer to huangge_app;

create table scenario_choice (
  id uuid not null,
  scenario_id uuid not null,
  title text not null,
  chosen text[] not null,
  figures jsonb not null,
  made_by uuid not null,
  created_at timestamp with time zone not null,
  constraint scenario_choice_pkey PRIMARY KEY (id),
  constraint scenario_choice_made_by_fkey FOREIGN KEY (made_by) REFERENCES account(id),
  constraint scenario_choice_scenario_id_fkey FOREIGN KEY (scenario_id) REFERENCES scenario(id),
  constraint scenario_choice_title CHECK (((length(title) >= 1) AND (length(title) <= 80)))
);
CREATE INDEX scenario_choice_by_scenario ON public.scenario_choice USING btree (scenario_id, created_at);
grant insert, select, update on scenario_choice to huangge_app;

create table schema_migration (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migration_pkey PRIMARY KEY (name)
);
grant delete, insert, select, update on schema_migration to huangge_app;

create table screen (
  id uuid not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  name text not null,
  look text not null,
  layout jsonb not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  changed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint screen_pkey PRIMARY KEY (id),
  constraint screen_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint screen_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint screen_look_check CHECK ((look = ANY (ARRAY['auto'::text, 'night'::text, 'day'::text])))
);
CREATE INDEX screen_by_path ON public.screen USING gin (path) WHERE (ended_at IS NULL);
alter table screen enable row level security;
create policy screen_scope on screen for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on screen to huangge_app;

create table service_aid (
  id uuid not null,
  record_id uuid not null,
  station_id uuid not null,
  act text not null,
  outcome text not null,
  steps text[] not null default '{}'::text[],
  ask_at timestamp with time zone,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  constraint service_aid_pkey PRIMARY KEY (id),
  constraint service_aid_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint service_aid_record_id_fkey FOREIGN KEY (record_id) REFERENCES service_record(id),
  constraint service_aid_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint service_aid_act CHECK ((act = ANY (ARRAY['end'::text, 'asked'::text])))
);
CREATE INDEX service_aid_by_record ON public.service_aid USING btree (record_id, recorded_at);
CREATE UNIQUE INDEX service_aid_one_end ON public.service_aid USING btree (record_id) WHERE (act = 'end'::text);
CREATE INDEX service_aid_waiting ON public.service_aid USING btree (station_id, ask_at) WHERE (ask_at IS NOT NULL);
alter table service_aid enable row level security;
create policy service_aid_scope on service_aid for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_aid.station_id)))));
grant insert, select on service_aid to huangge_app;

create table service_away (
  id uuid not null,
  offer_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason text not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  withdrawn_at timestamp with time zone,
  constraint service_away_pkey PRIMARY KEY (id),
  constraint service_away_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint service_away_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES service_offer(id),
  constraint service_away_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint service_away_span CHECK ((ends_at > starts_at))
);
CREATE INDEX service_away_by_offer ON public.service_away USING btree (offer_id, ends_at) WHERE (withdrawn_at IS NULL);
alter table service_away enable row level security;
create policy service_away_scope on service_away for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on service_away to huangge_app;

create table service_correction (
  record_id uuid not null,
  station_id uuid not null,
  reason text not null,
  note text not null default ''::text,
  account_id uuid,
  at timestamp with time zone not null,
  constraint service_correction_pkey PRIMARY KEY (record_id),
  constraint service_correction_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint service_correction_record_id_fkey FOREIGN KEY (record_id) REFERENCES service_record(id),
  constraint service_correction_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint service_correction_note CHECK ((length(note) <= 120))
);
alter table service_correction enable row level security;
create policy service_correction_scope on service_correction for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_correction.station_id)))));
grant insert, select on service_correction to huangge_app;

create table service_need (
  id uuid not null,
  class_code text,
  title text not null,
  group_code text not null,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision,
  lat double precision,
  voices integer not null default 0,
  people integer not null default 0,
  state text not null default 'open'::text,
  merged_into uuid,
  reason text not null default ''::text,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  version integer not null default 1,
  class_from text not null default 'none'::text,
  constraint service_need_counts TRIGGER DEFERRABLE INITIALLY DEFERRED,
  constraint service_need_pkey PRIMARY KEY (id),
  constraint service_need_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES service_need(id),
  constraint service_need_class_from CHECK ((class_from = ANY (ARRAY['none'::text, 'said'::text, 'words'::text, 'hand'::text]))),
  constraint service_need_class_known CHECK (((class_code IS NULL) = (class_from = 'none'::text))),
  constraint service_need_merged CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
  constraint service_need_state CHECK ((state = ANY (ARRAY['open'::text, 'listed'::text, 'planned'::text, 'met'::text, 'declined'::text, 'merged'::text]))),
  constraint service_need_title CHECK (((length(title) >= 1) AND (length(title) <= 120)))
);
CREATE INDEX service_need_by_area ON public.service_need USING btree (area_code COLLATE "C", last_at DESC);
CREATE INDEX service_need_by_class ON public.service_need USING btree (class_code, district);
alter table service_need enable row level security;
create policy service_need_scope on service_need for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on service_need to huangge_app;

create table service_offer (
  id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  area text not null,
  title text not null,
  title_en text not null default ''::text,
  provider_unit_id uuid,
  provider_partner_id uuid,
  provider_words text not null default ''::text,
  way text not null,
  weekly jsonb not null,
  slot_minutes smallint not null,
  capacity smallint not null,
  walk_in boolean not null,
  bring text[] not null default '{}'::text[],
  bring_en text[] not null default '{}'::text[],
  for_whom text not null default ''::text,
  for_whom_en text not null default ''::text,
  languages text[] not null default '{zh}'::text[],
  first_day date not null,
  last_day date,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  ended_at timestamp with time zone,
  constraint service_offer_pkey PRIMARY KEY (id),
  constraint service_offer_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint service_offer_provider_partner_id_fkey FOREIGN KEY (provider_partner_id) REFERENCES partner(id),
  constraint service_offer_provider_unit_id_fkey FOREIGN KEY (provider_unit_id) REFERENCES unit(id),
  constraint service_offer_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint service_offer_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint service_offer_capacity CHECK (((capacity >= 1) AND (capacity <= 200))),
  constraint service_offer_days CHECK (((last_day IS NULL) OR (last_day >= first_day))),
  constraint service_offer_provider CHECK (((provider_unit_id IS NULL) OR (provider_partner_id IS NULL))),
  constraint service_offer_slot CHECK (((slot_minutes >= 5) AND (slot_minutes <= 480))),
  constraint service_offer_way CHECK ((way = ANY (ARRAY['place'::text, 'phone'::text, 'video'::text])))
);
CREATE INDEX service_offer_by_station ON public.service_offer USING btree (station_id) WHERE (ended_at IS NULL);
alter table service_offer enable row level security;
create policy service_offer_scope on service_offer for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on service_offer to huangge_app;

create table service_record (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  activity_id uuid,
  partner_id uuid,
  kind text not null,
  persons integer not null,
  visitor text,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  weather text,
  note text not null default ''::text,
  aid_card text,
  serious boolean not null default false,
  event_id uuid,
  account_id uuid,
  constraint service_record_pkey PRIMARY KEY (id),
  constraint service_record_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint service_record_activity_id_fkey FOREIGN KEY (activity_id) REFERENCES activity(id),
  constraint service_record_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint service_record_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint service_record_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint service_record_note CHECK ((length(note) <= 120)),
  constraint service_record_order CHECK ((at <= recorded_at)),
  constraint service_record_persons CHECK (((persons >= 1) AND (persons <= 5000))),
  constraint service_record_visitor CHECK ((visitor = ANY (ARRAY['resident'::text, 'tourist'::text, 'outdoor_worker'::text, 'new_employment'::text, 'other'::text])))
);
CREATE INDEX service_record_by_activity ON public.service_record USING btree (activity_id) WHERE (activity_id IS NOT NULL);
CREATE INDEX service_record_by_station ON public.service_record USING btree (station_id, at);
CREATE INDEX service_record_by_time ON public.service_record USING btree (at);
alter table service_record enable row level security;
create policy service_record_scope on service_record for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_record.station_id)))));
grant insert, select on service_record to huangge_app;

create table service_tally (
  station_id uuid not null,
  day date not null,
  what text not null,
  value text not null,
  records integer not null,
  persons integer not null,
  constraint service_tally_pkey PRIMARY KEY (station_id, what, day, value),
  constraint service_tally_what CHECK ((what = ANY (ARRAY['kind'::text, 'visitor'::text, 'weather'::text, 'hour'::text, 'partner'::text])))
);
alter table service_tally enable row level security;
create policy service_tally_scope on service_tally for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_tally.station_id)))));
grant select on service_tally to huangge_app;

create table service_tally_month (
  station_id uuid not null,
  month date not null,
  what text not null,
  value text not null,
  records integer not null,
  persons integer not null,
  constraint service_tally_month_pkey PRIMARY KEY (station_id, what, month, value),
  constraint service_tally_month_what CHECK ((what = ANY (ARRAY['kind'::text, 'visitor'::text, 'weather'::text, 'hour'::text, 'partner'::text])))
);
alter table service_tally_month enable row level security;
create policy service_tally_month_scope on service_tally_month for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_tally_month.station_id)))));
grant select on service_tally_month to huangge_app;

create table service_want (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  want text not null,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  constraint service_want_pkey PRIMARY KEY (id),
  constraint service_want_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint service_want_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
);
CREATE INDEX service_want_by_station ON public.service_want USING btree (station_id, at);
CREATE INDEX service_want_by_time ON public.service_want USING btree (at);
alter table service_want enable row level security;
create policy service_want_scope on service_want for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM station s
  WHERE (s.id = service_want.station_id)))));
grant insert, select on service_want to huangge_app;

create table session (
  id uuid not null,
  account_id uuid not null,
  token_hash bytea not null,
  csrf_token text not null,
  created_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  idle_minutes integer not null default 30,
  second_factor_at timestamp with time zone,
  user_agent text,
  revoked_at timestamp with time zone,
  constraint session_token_once UNIQUE (token_hash),
  constraint session_pkey PRIMARY KEY (id),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
CREATE INDEX session_by_account ON public.session USING btree (account_id) WHERE (revoked_at IS NULL);
grant delete, insert, select, update on session to huangge_app;

create table shift (
  id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  post text not null,
  day date not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  needed smallint not null,
  most smallint not null,
  partner_id uuid,
  partner_places smallint not null default 0,
  open_taken smallint not null default 0,
  partner_taken smallint not null default 0,
  state text not null default 'open'::text,
  short_told_at timestamp with time zone,
  sequence integer not null default 0,
  version integer not null default 1,
  changed_at timestamp with time zone not null,
  constraint shift_once UNIQUE (station_id, post, starts_at),
  constraint shift_pkey PRIMARY KEY (id),
  constraint shift_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint shift_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint shift_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint shift_partner CHECK (((partner_places = 0) OR (partner_id IS NOT NULL))),
  constraint shift_places CHECK (((needed >= 1) AND (most >= needed) AND ((partner_places >= 0) AND (partner_places <= most)) AND ((open_taken >= 0) AND (open_taken <= (most - partner_places))) AND ((partner_taken >= 0) AND (partner_taken <= partner_places)))),
  constraint shift_span CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '12:00:00'::interval)))),
  constraint shift_state CHECK ((state = ANY (ARRAY['open'::text, 'cancelled'::text])))
);
CREATE INDEX shift_by_start ON public.shift USING btree (starts_at) WHERE (state = 'open'::text);
CREATE INDEX shift_by_station ON public.shift USING btree (station_id, day);
alter table shift enable row level security;
create policy shift_scope on shift for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on shift to huangge_app;

create table shift_pattern (
  id uuid not null,
  station_id uuid not null,
  post text not null,
  weekdays smallint[] not null,
  start_minute smallint not null,
  minutes smallint not null,
  needed smallint not null,
  most smallint not null,
  partner_id uuid,
  partner_places smallint not null default 0,
  sort smallint not null default 0,
  constraint shift_pattern_pkey PRIMARY KEY (id),
  constraint shift_pattern_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint shift_pattern_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint shift_pattern_minutes CHECK (((minutes >= 30) AND (minutes <= 720))),
  constraint shift_pattern_places CHECK (((needed >= 1) AND (most >= needed) AND ((partner_places >= 0) AND (partner_places <= most)))),
  constraint shift_pattern_start CHECK (((start_minute >= 0) AND (start_minute <= 1439)))
);
CREATE INDEX shift_pattern_by_station ON public.shift_pattern USING btree (station_id, sort);
grant delete, insert, select, update on shift_pattern to huangge_app;

create table shift_sign_up (
  id uuid not null,
  shift_id uuid not null,
  volunteer_id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  place text not null,
  state text not null,
  arrived_at timestamp with time zone,
  left_at timestamp with time zone,
  presence text,
  minutes integer,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  version integer not null default 1,
  signed_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint shift_sign_up_no_double EXCLUDE USING gist (volunteer_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE ((state = 'signed'::text)),
  constraint shift_sign_up_pkey PRIMARY KEY (id),
  constraint shift_sign_up_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES account(id),
  constraint shift_sign_up_shift_id_fkey FOREIGN KEY (shift_id) REFERENCES shift(id),
  constraint shift_sign_up_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint shift_sign_up_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint shift_sign_up_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteer(id),
  constraint shift_sign_up_confirmed CHECK ((((presence IS NULL) = (confirmed_by IS NULL)) AND ((presence IS NULL) = (confirmed_at IS NULL)))),
  constraint shift_sign_up_minutes CHECK ((((presence = 'came'::text) = (minutes IS NOT NULL)) AND ((presence IS DISTINCT FROM 'came'::text) OR ((arrived_at IS NOT NULL) AND (left_at > arrived_at) AND ((minutes >= 0) AND ((minutes)::numeric <= (EXTRACT(epoch FROM (left_at - arrived_at)) / (60)::numeric))))))),
  constraint shift_sign_up_place CHECK ((place = ANY (ARRAY['open'::text, 'partner'::text]))),
  constraint shift_sign_up_presence CHECK ((presence = ANY (ARRAY['came'::text, 'absent'::text]))),
  constraint shift_sign_up_state CHECK ((state = ANY (ARRAY['signed'::text, 'withdrawn'::text, 'swapped'::text, 'cancelled'::text])))
);
CREATE INDEX shift_sign_up_by_shift ON public.shift_sign_up USING btree (shift_id);
CREATE INDEX shift_sign_up_by_station ON public.shift_sign_up USING btree (station_id, starts_at);
CREATE INDEX shift_sign_up_by_volunteer ON public.shift_sign_up USING btree (volunteer_id, starts_at DESC);
alter table shift_sign_up enable row level security;
create policy shift_sign_up_scope on shift_sign_up for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on shift_sign_up to huangge_app;

create table shift_swap (
  id uuid not null,
  sign_up_id uuid not null,
  state text not null,
  taken_by uuid,
  asked_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint shift_swap_pkey PRIMARY KEY (id),
  constraint shift_swap_sign_up_id_fkey FOREIGN KEY (sign_up_id) REFERENCES shift_sign_up(id),
  constraint shift_swap_taken_by_fkey FOREIGN KEY (taken_by) REFERENCES shift_sign_up(id),
  constraint shift_swap_state CHECK ((state = ANY (ARRAY['asked'::text, 'taken'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX shift_swap_open ON public.shift_swap USING btree (sign_up_id) WHERE (state = 'asked'::text);
grant insert, select, update on shift_swap to huangge_app;

create table sign_in_attempt (
  id uuid not null,
  at timestamp with time zone not null,
  account_id uuid,
  login_digest bytea not null,
  address_digest bytea not null,
  way text not null,
  outcome text not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (id),
  constraint sign_in_attempt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint sign_in_attempt_way CHECK ((way = ANY (ARRAY['password'::text, 'code'::text, 'oidc'::text])))
);
CREATE INDEX sign_in_attempt_by_account ON public.sign_in_attempt USING btree (account_id, at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX sign_in_attempt_by_time ON public.sign_in_attempt USING btree (at DESC, id DESC);
grant delete, insert, select, update on sign_in_attempt to huangge_app;

create table station (
  id uuid not null,
  code text not null,
  unit_id uuid not null,
  name text not null,
  name_en text not null default ''::text,
  area_code text not null,
  path text[] not null,
  district text not null,
  lon double precision not null,
  lat double precision not null,
  address text not null,
  phone text not null default ''::text,
  opened_on date not null,
  closed_on date,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  address_en text not null default ''::text,
  directions text not null default ''::text,
  directions_en text not null default ''::text,
  languages text[] not null default '{}'::text[],
  hours jsonb not null default '[[], [], [], [], [], [], [], []]'::jsonb,
  holiday_hours boolean not null default false,
  constraint station_code UNIQUE (code),
  constraint station_unit UNIQUE (unit_id),
  constraint station_pkey PRIMARY KEY (id),
  constraint station_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint station_code_words CHECK ((code ~ '^[a-z0-9][a-z0-9-]{1,39}$'::text)),
  constraint station_days CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
  constraint station_hours CHECK (((jsonb_typeof(hours) = 'array'::text) AND (jsonb_array_length(hours) = 8)))
);
CREATE INDEX station_by_area ON public.station USING btree (area_code COLLATE "C") WHERE (closed_on IS NULL);
alter table station enable row level security;
create policy station_scope on station for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on station to huangge_app;

create table station_busy (
  station_id uuid not null,
  level text not null,
  set_at timestamp with time zone not null,
  constraint station_busy_pkey PRIMARY KEY (station_id),
  constraint station_busy_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint station_busy_level CHECK ((level = ANY (ARRAY['free'::text, 'some'::text, 'full'::text])))
);
alter table station_busy enable row level security;
create policy station_busy_scope on station_busy for all using ((EXISTS ( SELECT
   FROM station s
  WHERE (s.id = station_busy.station_id))));
grant insert, select, update on station_busy to huangge_app;

create table station_exception (
  id uuid not null,
  station_id uuid not null,
  from_day date not null,
  to_day date not null,
  spans jsonb not null default '[]'::jsonb,
  reason text not null,
  reason_en text not null default ''::text,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint station_exception_pkey PRIMARY KEY (id),
  constraint station_exception_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint station_exception_days CHECK ((to_day >= from_day)),
  constraint station_exception_spans CHECK ((jsonb_typeof(spans) = 'array'::text))
);
CREATE INDEX station_exception_live ON public.station_exception USING btree (station_id, to_day) WHERE (withdrawn_at IS NULL);
alter table station_exception enable row level security;
create policy station_exception_scope on station_exception for all using ((EXISTS ( SELECT
   FROM station s
  WHERE (s.id = station_exception.station_id))));
grant insert, select, update on station_exception to huangge_app;

create table station_facility (
  station_id uuid not null,
  code text not null,
  state text not null,
  quantity integer,
  note text not null default ''::text,
  note_en text not null default ''::text,
  version integer not null default 1,
  changed_at timestamp with time zone not null,
  constraint station_facility_pkey PRIMARY KEY (station_id, code),
  constraint station_facility_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint station_facility_quantity CHECK (((quantity >= 1) AND (quantity <= 10000))),
  constraint station_facility_state CHECK ((state = ANY (ARRAY['there'::text, 'out_of_order'::text, 'gone'::text])))
);
alter table station_facility enable row level security;
create policy station_facility_scope on station_facility for all using ((EXISTS ( SELECT
   FROM station s
  WHERE (s.id = station_facility.station_id))));
grant insert, select, update on station_facility to huangge_app;

create table station_photo (
  attachment_id uuid not null,
  station_id uuid not null,
  alt text not null,
  alt_en text not null default ''::text,
  sort integer not null,
  removed_at timestamp with time zone,
  constraint station_photo_pkey PRIMARY KEY (attachment_id),
  constraint station_photo_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id)
);
CREATE INDEX station_photo_of ON public.station_photo USING btree (station_id) WHERE (removed_at IS NULL);
alter table station_photo enable row level security;
create policy station_photo_scope on station_photo for all using ((EXISTS ( SELECT
   FROM station s
  WHERE (s.id = station_photo.station_id))));
grant insert, select, update on station_photo to huangge_app;

create table stratum_month (
  month date not null,
  area text not null,
  district text not null,
  unit_id uuid not null,
  stratum text not null,
  cases integer not null default 0,
  late integer not null default 0,
  handled integer not null default 0,
  log_minutes bigint not null default 0,
  constraint stratum_month_pkey PRIMARY KEY (unit_id, month, area, stratum)
);
CREATE INDEX stratum_month_by_area ON public.stratum_month USING btree (area, month);
CREATE INDEX stratum_month_by_district ON public.stratum_month USING btree (district, month);
CREATE INDEX stratum_month_empty ON public.stratum_month USING btree (unit_id) WHERE (cases = 0);
grant delete, insert, select, update on stratum_month to huangge_app;

create table supply_batch (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  item_code text not null,
  number text not null default ''::text,
  expires_on date,
  receipt_id uuid,
  received_at timestamp with time zone not null,
  quantity integer not null default 0,
  recalled_at timestamp with time zone,
  recall_reason text not null default ''::text,
  expiry_told text,
  constraint supply_batch_pkey PRIMARY KEY (id),
  constraint supply_batch_receipt_id_fkey FOREIGN KEY (receipt_id) REFERENCES supply_receipt(id),
  constraint supply_batch_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint supply_batch_not_below_zero CHECK ((quantity >= 0)),
  constraint supply_batch_told CHECK ((expiry_told = ANY (ARRAY['soon'::text, 'over'::text])))
);
CREATE INDEX supply_batch_by_expiry ON public.supply_batch USING btree (expires_on) WHERE ((quantity > 0) AND (expires_on IS NOT NULL));
CREATE INDEX supply_batch_by_lot ON public.supply_batch USING btree (item_code, number) WHERE (number <> ''::text);
CREATE INDEX supply_batch_here ON public.supply_batch USING btree (station_id, item_code, expires_on, id) WHERE (quantity > 0);
alter table supply_batch enable row level security;
create policy supply_batch_scope on supply_batch for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select on supply_batch to huangge_app;

create table supply_level (
  station_id uuid not null,
  item_code text not null,
  minimum integer not null,
  place text not null default ''::text,
  version integer not null default 1,
  constraint supply_level_pkey PRIMARY KEY (station_id, item_code),
  constraint supply_level_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint supply_level_minimum CHECK (((minimum >= 0) AND (minimum <= 100000)))
);
alter table supply_level enable row level security;
create policy supply_level_scope on supply_level for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select, update on supply_level to huangge_app;

create table supply_movement (
  id uuid not null,
  batch_id uuid not null,
  station_id uuid not null,
  item_code text not null,
  kind text not null,
  delta integer not null,
  reason text not null default ''::text,
  service_id uuid,
  loan_id uuid,
  transfer_id uuid,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  other_station_id uuid,
  constraint supply_movement_pkey PRIMARY KEY (id),
  constraint supply_movement_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint supply_movement_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES supply_batch(id),
  constraint supply_movement_loan_id_fkey FOREIGN KEY (loan_id) REFERENCES loan(id),
  constraint supply_movement_other_station_id_fkey FOREIGN KEY (other_station_id) REFERENCES station(id),
  constraint supply_movement_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint supply_movement_ends CHECK (((kind = ANY (ARRAY['send'::text, 'arrive'::text])) = ((other_station_id IS NOT NULL) AND (transfer_id IS NOT NULL)))),
  constraint supply_movement_kind CHECK ((kind = ANY (ARRAY['receive'::text, 'service'::text, 'undo'::text, 'count'::text, 'write_off'::text, 'send'::text, 'arrive'::text, 'lend'::text, 'return'::text]))),
  constraint supply_movement_moves CHECK ((delta <> 0)),
  constraint supply_movement_way CHECK (
CASE kind
    WHEN 'receive'::text THEN (delta > 0)
    WHEN 'undo'::text THEN (delta > 0)
    WHEN 'arrive'::text THEN (delta > 0)
    WHEN 'return'::text THEN (delta > 0)
    WHEN 'count'::text THEN true
    ELSE (delta < 0)
END)
);
CREATE INDEX supply_movement_by_batch ON public.supply_movement USING btree (batch_id);
CREATE INDEX supply_movement_by_service ON public.supply_movement USING btree (service_id) WHERE (service_id IS NOT NULL);
CREATE INDEX supply_movement_by_station ON public.supply_movement USING btree (station_id, at DESC);
alter table supply_movement enable row level security;
create policy supply_movement_scope on supply_movement for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select on supply_movement to huangge_app;

create table supply_receipt (
  id uuid not null,
  seq bigint not null,
  station_id uuid not null,
  district text not null,
  source text not null,
  partner_id uuid,
  pledge_id uuid,
  donor bytea,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  account_id uuid,
  constraint supply_receipt_seq UNIQUE (seq),
  constraint supply_receipt_pkey PRIMARY KEY (id),
  constraint supply_receipt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint supply_receipt_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id),
  constraint supply_receipt_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint supply_receipt_giver CHECK (((source = 'donation'::text) OR ((partner_id IS NULL) AND (donor IS NULL)))),
  constraint supply_receipt_source CHECK ((source = ANY (ARRAY['purchase'::text, 'street'::text, 'donation'::text])))
);
CREATE INDEX supply_receipt_by_partner ON public.supply_receipt USING btree (partner_id) WHERE (partner_id IS NOT NULL);
CREATE INDEX supply_receipt_by_station ON public.supply_receipt USING btree (station_id, at DESC);
alter table supply_receipt enable row level security;
create policy supply_receipt_scope on supply_receipt for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select on supply_receipt to huangge_app;

create table supply_restock (
  id uuid not null,
  station_id uuid not null,
  district text not null,
  item_code text not null,
  minimum integer not null,
  quantity integer not null,
  state text not null default 'open'::text,
  raised_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint supply_restock_pkey PRIMARY KEY (id),
  constraint supply_restock_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint supply_restock_state CHECK ((state = ANY (ARRAY['open'::text, 'done'::text])))
);
CREATE UNIQUE INDEX supply_restock_one_open ON public.supply_restock USING btree (station_id, item_code) WHERE (state = 'open'::text);
alter table supply_restock enable row level security;
create policy supply_restock_scope on supply_restock for all using ((station_id IN ( SELECT station.id
   FROM station)));
grant insert, select, update on supply_restock to huangge_app;

create table task (
  id uuid not null,
  event_id uuid not null,
  unit_id uuid not null,
  part text not null,
  status text not null,
  binding boolean not null default false,
  instruction text not null default ''::text,
  assignee_id uuid,
  offered_by uuid,
  offered_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  on_site_at timestamp with time zone,
  done_at timestamp with time zone,
  ended_at timestamp with time zone,
  result text not null default ''::text,
  reason text not null default ''::text,
  reported_at timestamp with time zone not null,
  round smallint not null default 0,
  district text not null,
  constraint task_pkey PRIMARY KEY (id),
  constraint task_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES account(id),
  constraint task_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint task_offered_by_fkey FOREIGN KEY (offered_by) REFERENCES account(id),
  constraint task_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint task_part CHECK ((part = ANY (ARRAY['lead'::text, 'assist'::text]))),
  constraint task_status CHECK ((status = ANY (ARRAY['offered'::text, 'accepted'::text, 'on_site'::text, 'done'::text, 'returned'::text, 'waived'::text, 'withdrawn'::text])))
);
CREATE INDEX task_by_event ON public.task USING btree (event_id);
CREATE INDEX task_by_unit ON public.task USING btree (unit_id, reported_at DESC, event_id DESC);
CREATE UNIQUE INDEX task_one_lead ON public.task USING btree (event_id, round) WHERE ((part = 'lead'::text) AND (status = ANY (ARRAY['offered'::text, 'accepted'::text, 'on_site'::text, 'done'::text])));
CREATE INDEX task_open_by_unit ON public.task USING btree (unit_id, offered_at DESC) WHERE (ended_at IS NULL);
grant insert, select, update on task to huangge_app;

create table task_link (
  id uuid not null,
  event_id uuid not null,
  task_id uuid not null,
  unit_id uuid not null,
  district text not null,
  secret_hash bytea not null,
  phone bytea,
  created_at timestamp with time zone not null,
  created_by uuid,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  person_name bytea,
  person_phone bytea,
  constraint task_link_secret_once UNIQUE (secret_hash),
  constraint task_link_pkey PRIMARY KEY (id),
  constraint task_link_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint task_link_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint task_link_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id),
  constraint task_link_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
CREATE INDEX task_link_by_event ON public.task_link USING btree (event_id);
alter table task_link enable row level security;
create policy task_link_scope on task_link for all using ((EXISTS ( SELECT 1
   FROM event e
  WHERE (e.id = task_link.event_id))));
grant insert, select, update on task_link to huangge_app;

create table task_link_open (
  link_id uuid not null,
  count integer not null,
  last_at timestamp with time zone not null,
  constraint task_link_open_pkey PRIMARY KEY (link_id),
  constraint task_link_open_link_id_fkey FOREIGN KEY (link_id) REFERENCES task_link(id)
);
grant insert, select, update on task_link_open to huangge_app;

create table territory_state (
  id smallint not null default 1,
  version bigint not null default 0,
  constraint territory_state_pkey PRIMARY KEY (id),
  constraint territory_state_one CHECK ((id = 1))
);
grant delete, insert, select, update on territory_state to huangge_app;

create table text_model (
  id uuid not null,
  kind text not null,
  district text not null,
  state text not null,
  bytes bytea not null,
  hash text not null,
  examples integer not null,
  classes integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  figures jsonb not null,
  before_figures jsonb,
  took_ms integer not null,
  trained_at timestamp with time zone not null,
  constraint text_model_pkey PRIMARY KEY (id),
  constraint text_model_kind CHECK ((kind = ANY (ARRAY['category'::text, 'priority'::text, 'lead'::text]))),
  constraint text_model_state CHECK ((state = ANY (ARRAY['serving'::text, 'refused'::text, 'retired'::text])))
);
CREATE INDEX text_model_by_time ON public.text_model USING btree (kind, trained_at DESC);
CREATE UNIQUE INDEX text_model_serving ON public.text_model USING btree (kind) WHERE (state = 'serving'::text);
grant insert, select, update on text_model to huangge_app;

create table text_suggestion (
  id uuid not null,
  event_id uuid not null,
  kind text not null,
  model_id uuid not null,
  code text not null,
  probability real not null,
  stood text,
  district text not null,
  path text[] not null,
  shown_at timestamp with time zone not null,
  outcome text,
  decided text,
  settled_at timestamp with time zone,
  constraint text_suggestion_once UNIQUE (event_id, kind),
  constraint text_suggestion_pkey PRIMARY KEY (id),
  constraint text_suggestion_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint text_suggestion_model_id_fkey FOREIGN KEY (model_id) REFERENCES text_model(id),
  constraint text_suggestion_kind CHECK ((kind = ANY (ARRAY['category'::text, 'priority'::text, 'lead'::text]))),
  constraint text_suggestion_outcome CHECK ((outcome = ANY (ARRAY['accepted'::text, 'changed'::text, 'ignored'::text]))),
  constraint text_suggestion_settled CHECK (((outcome IS NULL) = (settled_at IS NULL)))
);
CREATE INDEX text_suggestion_by_time ON public.text_suggestion USING btree (shown_at);
CREATE INDEX text_suggestion_open ON public.text_suggestion USING btree (shown_at) WHERE (outcome IS NULL);
alter table text_suggestion enable row level security;
create policy text_suggestion_scope on text_suggestion for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope))));
grant insert, select, update on text_suggestion to huangge_app;

create table threshold (
  id uuid not null,
  device_kind text,
  device_id uuid,
  basis text not null,
  metric text,
  kind text not null,
  direction text not null default 'above'::text,
  raise_at double precision,
  clear_at double precision,
  hold_off_s integer not null default 0,
  priority smallint not null,
  category_code text,
  plan_code text,
  raises text not null,
  note text not null default ''::text,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  constraint threshold_pkey PRIMARY KEY (id),
  constraint threshold_category_code_fkey FOREIGN KEY (category_code) REFERENCES category(code),
  constraint threshold_device_id_fkey FOREIGN KEY (device_id) REFERENCES device(id),
  constraint threshold_basis CHECK ((basis = ANY (ARRAY['message'::text, 'value'::text, 'rate'::text, 'silence'::text, 'season'::text]))),
  constraint threshold_direction CHECK ((direction = ANY (ARRAY['above'::text, 'below'::text]))),
  constraint threshold_hold_off CHECK (((hold_off_s >= 0) AND (hold_off_s <= 86400))),
  constraint threshold_metric CHECK (((basis = ANY (ARRAY['value'::text, 'rate'::text, 'season'::text])) = (metric IS NOT NULL))),
  constraint threshold_numbers CHECK (((basis = 'message'::text) OR ((raise_at IS NOT NULL) AND (clear_at IS NOT NULL)))),
  constraint threshold_object CHECK (((device_kind IS NULL) <> (device_id IS NULL))),
  constraint threshold_priority CHECK (((priority >= 0) AND (priority <= 4))),
  constraint threshold_raises CHECK ((raises = ANY (ARRAY['auto'::text, 'ask'::text, 'never'::text])))
);
CREATE UNIQUE INDEX threshold_once ON public.threshold USING btree (COALESCE(device_kind, (device_id)::text), basis, COALESCE(metric, ''::text), kind, direction) WHERE (retired_at IS NULL);
grant insert, select, update on threshold to huangge_app;

create table throttle (
  key text not null,
  window_started_at timestamp with time zone not null,
  count integer not null,
  blocked_until timestamp with time zone,
  constraint throttle_pkey PRIMARY KEY (key)
);
grant delete, insert, select, update on throttle to huangge_app;

create table unit (
  id uuid not null,
  code text not null,
  kind text not null,
  role_code text not null,
  name text not null,
  name_en text not null default ''::text,
  tier text not null,
  area_code text not null,
  parent_id uuid,
  board_code text,
  phone text,
  sort integer not null default 0,
  version integer not null default 1,
  created_at timestamp with time zone not null default now(),
  retired_at timestamp with time zone,
  constraint unit_code_once UNIQUE (code),
  constraint unit_pkey PRIMARY KEY (id),
  constraint unit_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint unit_board_code_fkey FOREIGN KEY (board_code) REFERENCES board(code),
  constraint unit_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES unit(id),
  constraint unit_kind CHECK ((kind = ANY (ARRAY['centre'::text, 'committee'::text, 'post'::text, 'department'::text, 'agency'::text, 'partner'::text, 'station'::text])))
);
CREATE INDEX unit_by_area ON public.unit USING btree (area_code, kind);
CREATE INDEX unit_by_role ON public.unit USING btree (role_code, tier);
grant insert, select, update on unit to huangge_app;

create table unit_day (
  day date not null,
  unit_id uuid not null,
  area text not null,
  district text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  offers integer not null default 0,
  offers_returned integer not null default 0,
  constraint unit_day_pkey PRIMARY KEY (unit_id, day, area)
);
CREATE INDEX unit_day_by_area ON public.unit_day USING btree (area, day);
CREATE INDEX unit_day_by_district ON public.unit_day USING btree (district, day);
CREATE INDEX unit_day_empty ON public.unit_day USING btree (unit_id) WHERE ((reports = 0) AND (offers = 0));
grant delete, insert, select, update on unit_day to huangge_app;

create table unit_month (
  month date not null,
  unit_id uuid not null,
  area text not null,
  district text not null,
  reports integer not null default 0,
  excluded integer not null default 0,
  cancelled integer not null default 0,
  counted integer not null default 0,
  decided integer not null default 0,
  undecided integer not null default 0,
  judged integer not null default 0,
  filed integer not null default 0,
  declined integer not null default 0,
  merged integer not null default 0,
  receive_due integer not null default 0,
  receive_ok integer not null default 0,
  verify_due integer not null default 0,
  verify_ok integer not null default 0,
  file_due integer not null default 0,
  file_ok integer not null default 0,
  dispatch_due integer not null default 0,
  dispatch_ok integer not null default 0,
  accept_due integer not null default 0,
  accept_ok integer not null default 0,
  handle_due integer not null default 0,
  handle_ok integer not null default 0,
  check_due integer not null default 0,
  check_ok integer not null default 0,
  dispatched integer not null default 0,
  accurate integer not null default 0,
  returned integer not null default 0,
  extended integer not null default 0,
  close_due integer not null default 0,
  closed integer not null default 0,
  closed_on_time integer not null default 0,
  overdue_open integer not null default 0,
  urgent_close_due integer not null default 0,
  urgent_closed integer not null default 0,
  urgent_on_time integer not null default 0,
  checked integer not null default 0,
  reworked integer not null default 0,
  closed_ever integer not null default 0,
  reopened integer not null default 0,
  rated integer not null default 0,
  satisfied integer not null default 0,
  right_first integer not null default 0,
  shelved integer not null default 0,
  pending integer not null default 0,
  late integer not null default 0,
  urged integer not null default 0,
  offers integer not null default 0,
  offers_returned integer not null default 0,
  constraint unit_month_pkey PRIMARY KEY (unit_id, month, area)
);
CREATE INDEX unit_month_by_area ON public.unit_month USING btree (area, month);
CREATE INDEX unit_month_by_district ON public.unit_month USING btree (district, month);
CREATE INDEX unit_month_empty ON public.unit_month USING btree (unit_id) WHERE ((reports = 0) AND (offers = 0));
grant delete, insert, select, update on unit_month to huangge_app;

create table vault_mark (
  id smallint not null default 1,
  blind_digest text not null,
  proof_digest bytea not null,
  made_at timestamp with time zone not null,
  constraint vault_mark_pkey PRIMARY KEY (id),
  constraint vault_mark_digest CHECK ((blind_digest = ANY (ARRAY['sha256'::text, 'sm3'::text]))),
  constraint vault_mark_one CHECK ((id = 1))
);
grant insert, select on vault_mark to huangge_app;

create table visit (
  id uuid not null,
  task_id uuid not null,
  person_id uuid not null,
  district text not null,
  area_code text not null,
  path text[] not null,
  worker_id uuid,
  at timestamp with time zone not null,
  method text not null,
  outcome text not null,
  seen boolean not null,
  reason text not null,
  tier text not null,
  rung smallint not null,
  due_at timestamp with time zone not null,
  late boolean not null,
  changed text[] not null default '{}'::text[],
  changes bytea,
  note bytea,
  event_id uuid,
  created_at timestamp with time zone not null,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint visit_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint visit_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id),
  constraint visit_task_id_fkey FOREIGN KEY (task_id) REFERENCES visit_task(id),
  constraint visit_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES account(id),
  constraint visit_method CHECK ((method = ANY (ARRAY['home'::text, 'phone'::text, 'video'::text, 'neighbour'::text]))),
  constraint visit_outcome CHECK ((outcome = ANY (ARRAY['nothing_changed'::text, 'changed'::text, 'no_answer'::text, 'neighbour_ok'::text, 'met_with_police'::text, 'moved_away'::text, 'died'::text, 'refused'::text])))
);
CREATE INDEX visit_by_path ON public.visit USING gin (path);
CREATE INDEX visit_by_person ON public.visit USING btree (person_id, at DESC);
CREATE INDEX visit_by_task ON public.visit USING btree (task_id);
CREATE INDEX visit_by_time ON public.visit USING btree (at, id);
alter table visit enable row level security;
create policy visit_scope on visit for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (worker_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select on visit to huangge_app;

create table visit_person (
  person_id uuid not null,
  district text not null,
  form bytea,
  counts_as text[] not null default '{}'::text[],
  last_visit_id uuid,
  last_at timestamp with time zone,
  last_outcome text,
  change_due_at timestamp with time zone,
  held_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint visit_person_pkey PRIMARY KEY (person_id),
  constraint visit_person_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id)
);
alter table visit_person enable row level security;
create policy visit_person_scope on visit_person for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT 1
   FROM visit_task t
  WHERE (t.person_id = visit_person.person_id)))));
grant insert, select, update on visit_person to huangge_app;

create table visit_reading (
  account_id uuid not null,
  day date not null,
  person_id uuid not null,
  constraint visit_reading_pkey PRIMARY KEY (account_id, day, person_id),
  constraint visit_reading_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint visit_reading_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id)
);
CREATE INDEX visit_reading_by_person ON public.visit_reading USING btree (person_id, day);
grant insert, select, update on visit_reading to huangge_app;

create table visit_rule (
  code text not null,
  kind text not null,
  name text not null,
  name_en text not null,
  tier text,
  tags text[] not null default '{}'::text[],
  also text[] not null default '{}'::text[],
  amount integer not null,
  unit text not null,
  certainty text not null,
  source text not null,
  sort integer not null,
  version integer not null default 1,
  updated_at timestamp with time zone not null,
  constraint visit_rule_pkey PRIMARY KEY (code),
  constraint visit_rule_amount CHECK (((amount >= 0) AND (amount <= 400))),
  constraint visit_rule_kind CHECK ((kind = ANY (ARRAY['cycle'::text, 'ladder'::text, 'limit'::text]))),
  constraint visit_rule_tier CHECK ((tier = ANY (ARRAY['high'::text, 'key'::text, 'general'::text]))),
  constraint visit_rule_unit CHECK ((unit = ANY (ARRAY['day'::text, 'hour'::text, 'minute'::text, 'percent'::text])))
);
grant insert, select, update on visit_rule to huangge_app;

create table visit_task (
  id uuid not null,
  person_id uuid not null,
  district text not null,
  area_code text not null,
  path text[] not null,
  tags text[] not null,
  worker_id uuid,
  by_hand boolean not null default false,
  stand_in_id uuid,
  rule_code text not null,
  tier text not null,
  reason text not null,
  reason_words text not null default ''::text,
  source_id uuid,
  planned_on date not null,
  due_at timestamp with time zone not null,
  base_reason text not null,
  base_on date not null,
  base_due_at timestamp with time zone not null,
  state text not null,
  rung smallint not null default 0,
  missed_at timestamp with time zone,
  next_try_at timestamp with time zone,
  told_rung smallint not null default 0,
  event_id uuid,
  stale boolean not null default false,
  ended_at timestamp with time zone,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint visit_task_pkey PRIMARY KEY (id),
  constraint visit_task_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint visit_task_event_id_fkey FOREIGN KEY (event_id) REFERENCES event(id),
  constraint visit_task_person_id_fkey FOREIGN KEY (person_id) REFERENCES care_person(id),
  constraint visit_task_rule_code_fkey FOREIGN KEY (rule_code) REFERENCES visit_rule(code),
  constraint visit_task_stand_in_id_fkey FOREIGN KEY (stand_in_id) REFERENCES account(id),
  constraint visit_task_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES account(id),
  constraint visit_task_base CHECK ((base_reason = ANY (ARRAY['cycle'::text, 'change'::text]))),
  constraint visit_task_reason CHECK ((reason = ANY (ARRAY['cycle'::text, 'change'::text, 'warning'::text, 'outage'::text, 'no_answer'::text]))),
  constraint visit_task_rung CHECK (((rung >= 0) AND (rung <= 3))),
  constraint visit_task_state CHECK ((state = ANY (ARRAY['due'::text, 'no_answer'::text, 'door_check'::text, 'done'::text, 'withdrawn'::text]))),
  constraint visit_task_tier CHECK ((tier = ANY (ARRAY['high'::text, 'key'::text, 'general'::text])))
);
CREATE INDEX visit_task_by_area ON public.visit_task USING btree (area_code COLLATE "C") WHERE (ended_at IS NULL);
CREATE INDEX visit_task_by_day ON public.visit_task USING btree (planned_on, id) WHERE (ended_at IS NULL);
CREATE INDEX visit_task_by_path ON public.visit_task USING gin (path) WHERE (ended_at IS NULL);
CREATE INDEX visit_task_ended ON public.visit_task USING btree (ended_at, id) WHERE (ended_at IS NOT NULL);
CREATE INDEX visit_task_ladder ON public.visit_task USING btree (next_try_at) WHERE ((ended_at IS NULL) AND (next_try_at IS NOT NULL));
CREATE INDEX visit_task_of_stand_in ON public.visit_task USING btree (stand_in_id, planned_on) WHERE ((ended_at IS NULL) AND (stand_in_id IS NOT NULL));
CREATE INDEX visit_task_of_worker ON public.visit_task USING btree (worker_id, planned_on) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX visit_task_open_once ON public.visit_task USING btree (person_id) WHERE (ended_at IS NULL);
CREATE INDEX visit_task_raised ON public.visit_task USING btree (reason, source_id) WHERE ((ended_at IS NULL) AND (reason = ANY (ARRAY['warning'::text, 'outage'::text])));
CREATE INDEX visit_task_stale ON public.visit_task USING btree (id) WHERE ((ended_at IS NULL) AND stale);
alter table visit_task enable row level security;
create policy visit_task_scope on visit_task for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (worker_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif")) OR (stand_in_id = ( SELECT (NULLIF(current_setting('huangge.account'::text, true), ''::text))::uuid AS "nullif"))));
grant insert, select, update on visit_task to huangge_app;

create table volunteer (
  id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  name bytea,
  phone bytea,
  phone_index bytea,
  state text not null,
  joined_to uuid,
  account_id uuid,
  consent text not null,
  consent_at timestamp with time zone not null,
  link_round integer not null default 0,
  link_hash bytea not null,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint volunteer_link UNIQUE (link_hash),
  constraint volunteer_pkey PRIMARY KEY (id),
  constraint volunteer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint volunteer_joined_to_fkey FOREIGN KEY (joined_to) REFERENCES volunteer(id),
  constraint volunteer_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint volunteer_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint volunteer_joined CHECK (((state = 'joined'::text) = (joined_to IS NOT NULL))),
  constraint volunteer_person CHECK (((state = ANY (ARRAY['new'::text, 'known'::text])) = ((name IS NOT NULL) AND (phone IS NOT NULL) AND (phone_index IS NOT NULL)))),
  constraint volunteer_state CHECK ((state = ANY (ARRAY['new'::text, 'known'::text, 'joined'::text, 'erased'::text])))
);
CREATE INDEX volunteer_by_phone ON public.volunteer USING btree (phone_index) WHERE (phone_index IS NOT NULL);
CREATE INDEX volunteer_by_station ON public.volunteer USING btree (station_id, created_at DESC);
alter table volunteer enable row level security;
create policy volunteer_scope on volunteer for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[])) OR (EXISTS ( SELECT
   FROM shift_sign_up s
  WHERE (s.volunteer_id = volunteer.id)))));
grant insert, select, update on volunteer to huangge_app;

create table volunteer_certificate (
  id uuid not null,
  number text not null,
  volunteer_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  district text not null,
  from_day date not null,
  until_day date not null,
  minutes integer not null,
  body bytea,
  body_salt bytea not null,
  body_hash bytea not null,
  ledger_id uuid not null,
  notice_until date not null,
  issued_at timestamp with time zone not null,
  issued_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_why text,
  constraint volunteer_certificate_number UNIQUE (number),
  constraint volunteer_certificate_pkey PRIMARY KEY (id),
  constraint volunteer_certificate_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES account(id),
  constraint volunteer_certificate_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id),
  constraint volunteer_certificate_volunteer_id_fkey FOREIGN KEY (volunteer_id) REFERENCES volunteer(id),
  constraint volunteer_certificate_minutes CHECK ((minutes > 0))
);
CREATE INDEX volunteer_certificate_by_unit ON public.volunteer_certificate USING btree (unit_id, issued_at DESC);
CREATE INDEX volunteer_certificate_by_volunteer ON public.volunteer_certificate USING btree (volunteer_id, issued_at DESC);
alter table volunteer_certificate enable row level security;
create policy volunteer_certificate_scope on volunteer_certificate for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on volunteer_certificate to huangge_app;

create table volunteer_export (
  id uuid not null,
  station_id uuid not null,
  unit_id uuid not null,
  path text[] not null,
  account_id uuid not null,
  purpose bytea not null,
  from_day date not null,
  until_day date not null,
  made_at timestamp with time zone not null,
  constraint volunteer_export_pkey PRIMARY KEY (id),
  constraint volunteer_export_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint volunteer_export_station_id_fkey FOREIGN KEY (station_id) REFERENCES station(id),
  constraint volunteer_export_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES unit(id)
);
alter table volunteer_export enable row level security;
create policy volunteer_export_scope on volunteer_export for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (path && ( SELECT huangge_scope('areas'::text) AS huangge_scope)) OR (unit_id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))));
grant insert, select, update on volunteer_export to huangge_app;

create table wait_day (
  day date not null,
  area text not null,
  class text not null,
  counts integer[] not null,
  constraint wait_day_pkey PRIMARY KEY (area, class, day)
);
CREATE INDEX wait_day_empty ON public.wait_day USING btree (area) WHERE (0 = ALL (counts));
grant delete, insert, select, update on wait_day to huangge_app;

create table wait_month (
  month date not null,
  area text not null,
  class text not null,
  counts integer[] not null,
  constraint wait_month_pkey PRIMARY KEY (area, class, month)
);
CREATE INDEX wait_month_empty ON public.wait_month USING btree (area) WHERE (0 = ALL (counts));
grant delete, insert, select, update on wait_month to huangge_app;

create table walk_network (
  version text not null,
  name text not null,
  districts text[] not null,
  west double precision not null,
  south double precision not null,
  east double precision not null,
  north double precision not null,
  stats jsonb not null,
  source text not null,
  storage_key text not null,
  bytes integer not null,
  account_id uuid,
  created_at timestamp with time zone not null,
  constraint walk_network_pkey PRIMARY KEY (version),
  constraint walk_network_bytes CHECK ((bytes > 0)),
  constraint walk_network_districts CHECK ((cardinality(districts) > 0)),
  constraint walk_network_name CHECK (((length(name) >= 1) AND (length(name) <= 120))),
  constraint walk_network_version CHECK ((version ~ '^[0-9a-f]{64}$'::text))
);
CREATE INDEX walk_network_by_district ON public.walk_network USING gin (districts);
grant insert, select, update on walk_network to huangge_app;

create table warning (
  id uuid not null,
  district text not null,
  origin text not null,
  source_id uuid,
  sender text not null,
  identifier text not null,
  sent timestamp with time zone not null,
  status text not null,
  msg_type text not null,
  scope text not null,
  event text not null,
  kind text,
  colour text,
  severity text not null,
  headline text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  content jsonb not null,
  raw bytea not null,
  areas text[] not null,
  outside boolean not null,
  shape jsonb,
  received_at timestamp with time zone not null,
  received_by uuid,
  state text not null,
  state_by uuid,
  state_at timestamp with time zone not null,
  constraint warning_once UNIQUE (sender, identifier, sent),
  constraint warning_pkey PRIMARY KEY (id),
  constraint warning_received_by_fkey FOREIGN KEY (received_by) REFERENCES account(id),
  constraint warning_source_id_fkey FOREIGN KEY (source_id) REFERENCES warning_source(id),
  constraint warning_state_by_fkey FOREIGN KEY (state_by) REFERENCES warning(id),
  constraint warning_colour CHECK ((colour = ANY (ARRAY['red'::text, 'orange'::text, 'yellow'::text, 'blue'::text]))),
  constraint warning_origin CHECK ((origin = ANY (ARRAY['source'::text, 'upload'::text, 'issued'::text]))),
  constraint warning_state CHECK ((state = ANY (ARRAY['coming'::text, 'active'::text, 'expired'::text, 'replaced'::text, 'cancelled'::text, 'message'::text])))
);
CREATE INDEX warning_by_time ON public.warning USING btree (sent DESC, id DESC);
CREATE INDEX warning_issued ON public.warning USING btree (sent DESC) WHERE (origin = 'issued'::text);
CREATE INDEX warning_running ON public.warning USING btree (status, ends_at) WHERE (state = ANY (ARRAY['coming'::text, 'active'::text]));
alter table warning enable row level security;
create policy warning_sight on warning for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT 1
   FROM area a
  WHERE (((a.code = ANY (( SELECT huangge_scope('areas'::text) AS huangge_scope)::text[])) OR (a.code IN ( SELECT u.area_code
           FROM unit u
          WHERE (u.id = ANY ((( SELECT huangge_scope('units'::text) AS huangge_scope))::uuid[]))))) AND ((a.path && warning.areas) OR (EXISTS ( SELECT 1
           FROM area hit
          WHERE ((hit.code = ANY (warning.areas)) AND (a.code = ANY (hit.path))))) OR (warning.outside AND (a.tier = ANY (ARRAY['city'::text, 'district'::text])))))))));
grant insert, select on warning to huangge_app;

create table warning_effect (
  id uuid not null,
  kind text not null,
  least_colour text not null,
  effect text not null,
  target text not null,
  note text not null default ''::text,
  enabled boolean not null default true,
  version integer not null default 1,
  constraint warning_effect_once UNIQUE (kind, least_colour, effect, target),
  constraint warning_effect_pkey PRIMARY KEY (id),
  constraint warning_effect_colour CHECK ((least_colour = ANY (ARRAY['red'::text, 'orange'::text, 'yellow'::text, 'blue'::text]))),
  constraint warning_effect_kind CHECK ((effect = ANY (ARRAY['rounds'::text, 'contact'::text, 'hours'::text, 'notice'::text, 'plan'::text])))
);
grant insert, select, update on warning_effect to huangge_app;

create table warning_effect_run (
  id uuid not null,
  warning_id uuid not null,
  effect_id uuid not null,
  effect text not null,
  target text not null,
  areas text[] not null,
  matched integer,
  on_at timestamp with time zone not null,
  off_at timestamp with time zone,
  few boolean not null default false,
  constraint warning_effect_run_pkey PRIMARY KEY (id),
  constraint warning_effect_run_effect_id_fkey FOREIGN KEY (effect_id) REFERENCES warning_effect(id),
  constraint warning_effect_run_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id),
  constraint warning_effect_run_few CHECK (((NOT few) OR (matched IS NULL)))
);
CREATE INDEX warning_effect_run_by_warning ON public.warning_effect_run USING btree (warning_id);
CREATE UNIQUE INDEX warning_effect_run_once ON public.warning_effect_run USING btree (warning_id, effect_id) WHERE (off_at IS NULL);
CREATE INDEX warning_effect_running ON public.warning_effect_run USING btree (effect, target) WHERE (off_at IS NULL);
grant insert, select, update on warning_effect_run to huangge_app;

create table warning_letter (
  id uuid not null,
  source_id uuid,
  sha256 bytea not null,
  raw bytea not null,
  error text not null,
  times integer not null default 1,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  warning_id uuid,
  constraint warning_letter_once UNIQUE NULLS NOT DISTINCT (source_id, sha256),
  constraint warning_letter_pkey PRIMARY KEY (id),
  constraint warning_letter_source_id_fkey FOREIGN KEY (source_id) REFERENCES warning_source(id),
  constraint warning_letter_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id)
);
CREATE INDEX warning_letter_open ON public.warning_letter USING btree (last_at DESC) WHERE (settled_at IS NULL);
grant insert, select, update on warning_letter to huangge_app;

create table warning_reference (
  warning_id uuid not null,
  sender text not null,
  identifier text not null,
  sent timestamp with time zone not null,
  constraint warning_reference_pkey PRIMARY KEY (warning_id, sender, identifier, sent),
  constraint warning_reference_warning_id_fkey FOREIGN KEY (warning_id) REFERENCES warning(id)
);
CREATE INDEX warning_reference_target ON public.warning_reference USING btree (sender, identifier, sent);
grant insert, select on warning_reference to huangge_app;

create table warning_source (
  id uuid not null,
  code text not null,
  name text not null,
  way text not null,
  url text,
  every_minutes integer not null default 5,
  area_code text,
  secret_hash bytea,
  enabled boolean not null default true,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  created_by uuid,
  constraint warning_source_code_once UNIQUE (code),
  constraint warning_source_pkey PRIMARY KEY (id),
  constraint warning_source_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint warning_source_created_by_fkey FOREIGN KEY (created_by) REFERENCES account(id),
  constraint warning_source_every CHECK (((every_minutes >= 1) AND (every_minutes <= 1440))),
  constraint warning_source_way CHECK ((way = ANY (ARRAY['push'::text, 'poll'::text])))
);
grant insert, select, update on warning_source to huangge_app;

create table warning_source_state (
  source_id uuid not null,
  etag text,
  last_modified text,
  seen jsonb not null default '[]'::jsonb,
  last_at timestamp with time zone,
  last_ok_at timestamp with time zone,
  last_error text,
  next_at timestamp with time zone,
  constraint warning_source_state_pkey PRIMARY KEY (source_id),
  constraint warning_source_state_source_id_fkey FOREIGN KEY (source_id) REFERENCES warning_source(id)
);
grant insert, select, update on warning_source_state to huangge_app;

create table webhook_endpoint (
  id uuid not null,
  name text not null,
  url text not null,
  types text[] not null,
  area_code text,
  secret bytea,
  old_secret bytea,
  old_until timestamp with time zone,
  status text not null,
  disabled_reason text,
  version integer not null default 1,
  created_at timestamp with time zone not null,
  constraint webhook_endpoint_pkey PRIMARY KEY (id),
  constraint webhook_endpoint_area_code_fkey FOREIGN KEY (area_code) REFERENCES area(code),
  constraint webhook_endpoint_status CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'retired'::text])))
);
alter table webhook_endpoint enable row level security;
create policy webhook_endpoint_scope on webhook_endpoint for all using (( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)));
grant insert, select, update on webhook_endpoint to huangge_app;

create table webhook_health (
  endpoint_id uuid not null,
  failing_since timestamp with time zone,
  last_ok_at timestamp with time zone,
  last_error text,
  constraint webhook_health_pkey PRIMARY KEY (endpoint_id),
  constraint webhook_health_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id)
);
grant insert, select, update on webhook_health to huangge_app;

create table wecom_letter (
  id uuid not null,
  group_id uuid not null,
  message_id text not null,
  body bytea,
  received_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  tries integer not null default 0,
  done_at timestamp with time zone,
  constraint wecom_letter_once UNIQUE (group_id, message_id),
  constraint wecom_letter_pkey PRIMARY KEY (id),
  constraint wecom_letter_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id)
);
CREATE INDEX wecom_letter_due ON public.wecom_letter USING btree (next_at) WHERE (done_at IS NULL);
CREATE INDEX wecom_letter_old ON public.wecom_letter USING btree (done_at) WHERE (done_at IS NOT NULL);
alter table wecom_letter enable row level security;
create policy wecom_letter_scope on wecom_letter for all using (( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)));
grant delete, insert, select, update on wecom_letter to huangge_app;

create table wecom_state (
  group_id uuid not null,
  verified_at timestamp with time zone,
  last_at timestamp with time zone,
  last_fault text not null default ''::text,
  last_fault_at timestamp with time zone,
  constraint wecom_state_pkey PRIMARY KEY (group_id),
  constraint wecom_state_group_id_fkey FOREIGN KEY (group_id) REFERENCES online_group(id)
);
alter table wecom_state enable row level security;
create policy wecom_state_scope on wecom_state for all using ((( SELECT (current_setting('huangge.see_all'::text, true) = 'on'::text)) OR (EXISTS ( SELECT
   FROM online_group g
  WHERE (g.id = wecom_state.group_id)))));
grant delete, insert, select, update on wecom_state to huangge_app;

CREATE OR REPLACE FUNCTION public.cash_dist(money, money)
 RETURNS money
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$cash_dist$function$;

CREATE OR REPLACE FUNCTION public.date_dist(date, date)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$date_dist$function$;

CREATE OR REPLACE FUNCTION public.float4_dist(real, real)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$float4_dist$function$;

CREATE OR REPLACE FUNCTION public.float8_dist(double precision, double precision)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$float8_dist$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_consistent(internal, bit, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_bit_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bit_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_consistent(internal, boolean, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_same(gbtreekey2, gbtreekey2, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_bool_union(internal, internal)
 RETURNS gbtreekey2
 LANGUAGE c
 IMMUTABLE STRICT
AS '$libdir/btree_gist', $function$gbt_bool_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_consistent(internal, character, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_bpchar_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bpchar_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_consistent(internal, bytea, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_bytea_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_bytea_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_consistent(internal, money, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_distance(internal, money, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_cash_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_cash_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_consistent(internal, date, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_distance(internal, date, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_date_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_date_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_decompress$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_consistent(internal, anyenum, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_enum_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_enum_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_consistent(internal, real, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_distance(internal, real, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_float4_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float4_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_consistent(internal, double precision, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_distance(internal, double precision, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_float8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_float8_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_consistent(internal, inet, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_inet_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_inet_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_consistent(internal, smallint, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_distance(internal, smallint, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_same(gbtreekey4, gbtreekey4, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_int2_union(internal, internal)
 RETURNS gbtreekey4
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int2_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_consistent(internal, integer, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_distance(internal, integer, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_int4_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int4_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_consistent(internal, bigint, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_distance(internal, bigint, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_int8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_int8_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_consistent(internal, interval, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_decompress$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_distance(internal, interval, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_same(gbtreekey32, gbtreekey32, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_intv_union(internal, internal)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_intv_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_consistent(internal, macaddr8, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad8_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad8_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_consistent(internal, macaddr, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_macad_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macad_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_macaddr_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_macaddr_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_consistent(internal, numeric, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_numeric_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_numeric_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_consistent(internal, oid, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_distance(internal, oid, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_same(gbtreekey8, gbtreekey8, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_oid_union(internal, internal)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_oid_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_consistent(internal, text, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_same(gbtreekey_var, gbtreekey_var, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_text_union(internal, internal)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_text_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_consistent(internal, time without time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_distance(internal, time without time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_time_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_time_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_timetz_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_timetz_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_timetz_consistent(internal, time with time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_timetz_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_consistent(internal, timestamp without time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_distance(internal, timestamp without time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_same(gbtreekey16, gbtreekey16, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_ts_union(internal, internal)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_ts_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_tstz_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_tstz_consistent(internal, timestamp with time zone, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_tstz_distance(internal, timestamp with time zone, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_tstz_distance$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_compress$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_consistent(internal, uuid, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_consistent$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_penalty$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_picksplit$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_same(gbtreekey32, gbtreekey32, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_same$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbt_uuid_union(internal, internal)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_uuid_union$function$;

CREATE OR REPLACE FUNCTION public.gbt_var_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_var_decompress$function$;

CREATE OR REPLACE FUNCTION public.gbt_var_fetch(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_var_fetch$function$;

CREATE OR REPLACE FUNCTION public.gbt_varbit_sortsupport(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbt_varbit_sortsupport$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey16_in(cstring)
 RETURNS gbtreekey16
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey16_out(gbtreekey16)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey2_in(cstring)
 RETURNS gbtreekey2
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey2_out(gbtreekey2)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey32_in(cstring)
 RETURNS gbtreekey32
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey32_out(gbtreekey32)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey4_in(cstring)
 RETURNS gbtreekey4
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey4_out(gbtreekey4)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey8_in(cstring)
 RETURNS gbtreekey8
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey8_out(gbtreekey8)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey_var_in(cstring)
 RETURNS gbtreekey_var
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_in$function$;

CREATE OR REPLACE FUNCTION public.gbtreekey_var_out(gbtreekey_var)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gbtreekey_out$function$;

CREATE OR REPLACE FUNCTION public.gist_translate_cmptype_btree(integer)
 RETURNS smallint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$gist_translate_cmptype_btree$function$;

CREATE OR REPLACE FUNCTION public.huangge_erase_care_words(person uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare gone integer;
begin
  if not exists (
    select from ledger_entry
    where subject_id = person::text and subject_type = 'care_person' and action = 'care.erase'
      and xmin = pg_current_xact_id()::xid
  ) then
    raise exception 'The words about a person in care go only together with a line care.erase of the same transaction.';
  end if;
  delete from ledger_private p using ledger_entry e
    where e.id = p.entry_id and e.subject_id = person::text and e.subject_type = 'care_person'
      and e.action not in ('care.erase', 'care.reveal', 'care.review');
  get diagnostics gone = row_count;
  return gone;
end $function$;

CREATE OR REPLACE FUNCTION public.huangge_erase_visits(person uuid)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.huangge_scope(name text)
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN string_to_array(NULLIF(current_setting(('huangge.'::text || name), true), ''::text), ','::text);

CREATE OR REPLACE FUNCTION public.int2_dist(smallint, smallint)
 RETURNS smallint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int2_dist$function$;

CREATE OR REPLACE FUNCTION public.int4_dist(integer, integer)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int4_dist$function$;

CREATE OR REPLACE FUNCTION public.int8_dist(bigint, bigint)
 RETURNS bigint
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$int8_dist$function$;

CREATE OR REPLACE FUNCTION public.int_array_add(a integer[], b integer[])
 RETURNS integer[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select array_agg(coalesce(x, 0) + coalesce(y, 0) order by i) from unnest(a, b) with ordinality as u (x, y, i)
$function$;

CREATE OR REPLACE FUNCTION public.interval_dist(interval, interval)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$interval_dist$function$;

CREATE OR REPLACE FUNCTION public.note_territory_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update territory_state set version = version + 1;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.oid_dist(oid, oid)
 RETURNS oid
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$oid_dist$function$;

CREATE OR REPLACE FUNCTION public.reading_drop_before(day date)
 RETURNS text[]
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  part text;
  gone text[] := '{}';
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'public.reading'::regclass and c.relname ~ '^reading_[0-9]{6}$'
      and (to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month')::date <= day
    order by c.relname
  loop
    execute format('drop table %I', part);
    gone := gone || part;
  end loop;
  return gone;
end $function$;

CREATE OR REPLACE FUNCTION public.reading_partitions(from_day date, ahead integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  first date;
  made integer := 0;
  part text;
begin
  if ahead not between 0 and 24 then
    raise exception 'reading_partitions: expected 0 to 24 months ahead, found %.', ahead;
  end if;
  perform pg_advisory_xact_lock(81410004);
  for step in 0..ahead loop
    first := (date_trunc('month', from_day::timestamp) + make_interval(months => step))::date;
    part := 'reading_' || to_char(first, 'YYYYMM');
    if to_regclass('public.' || part) is null then
      execute format('create table %I partition of reading for values from (%L) to (%L)', part,
        first::text || ' 00:00:00+00', ((first + interval '1 month')::date)::text || ' 00:00:00+00');
      execute format('revoke update, delete, truncate on %I from huangge_app', part);
      made := made + 1;
    end if;
  end loop;
  return made;
end $function$;

CREATE OR REPLACE FUNCTION public.scenario_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> 'draft' and (new.area_code, new.class_code, new.profile, new.limit_min, new.goal, new.weighting, new.made_by)
      is distinct from (old.area_code, old.class_code, old.profile, old.limit_min, old.goal, old.weighting, old.made_by)
    or old.state <> 'draft' and (new.choose, new.budget_yuan, new.moment, new.candidates)
      is distinct from (old.choose, old.budget_yuan, old.moment, old.candidates) then
    raise exception 'Scenario %: what was asked cannot change once it is answered.', old.id;
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.service_need_sums()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION public.service_tally_add()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  with d as materialized (
    select d.station_id, d.day, d.what, d.value, count(*) as records, sum(r.persons) as persons
    from fresh r, service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
    group by 1, 2, 3, 4
  ), months as (
    insert into service_tally_month as t (station_id, month, what, value, records, persons)
    select d.station_id, date_trunc('month', d.day::timestamp)::date, d.what, service_tally_weekly(d.what, d.day, d.value),
      sum(d.records), sum(d.persons)
    from d group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (station_id, what, month, value)
      do update set records = t.records + excluded.records, persons = t.persons + excluded.persons
  )
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, d.records, d.persons from d order by 1, 2, 3, 4
  on conflict (station_id, what, day, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.service_tally_of(station uuid, given timestamp with time zone, kind text, visitor text, weather text, partner uuid)
 RETURNS TABLE(station_id uuid, day date, what text, value text)
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select station, (given at time zone 'Asia/Shanghai')::date, d.what, d.value
  from (values ('kind', kind), ('visitor', coalesce(visitor, '')), ('weather', coalesce(weather, '')),
    ('hour', to_char(given at time zone 'Asia/Shanghai', 'HH24')), ('partner', coalesce(partner::text, ''))) d (what, value)
$function$;

CREATE OR REPLACE FUNCTION public.service_tally_take()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  with d as materialized (
    select d.station_id, d.day, d.what, d.value, -count(*) as records, -sum(r.persons) as persons
    from fresh c join service_record r on r.id = c.record_id,
      service_tally_of(r.station_id, r.at, r.kind, r.visitor, r.weather, r.partner_id) d
    group by 1, 2, 3, 4
  ), months as (
    insert into service_tally_month as t (station_id, month, what, value, records, persons)
    select d.station_id, date_trunc('month', d.day::timestamp)::date, d.what, service_tally_weekly(d.what, d.day, d.value),
      sum(d.records), sum(d.persons)
    from d group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (station_id, what, month, value)
      do update set records = t.records + excluded.records, persons = t.persons + excluded.persons
  )
  insert into service_tally as t (station_id, day, what, value, records, persons)
  select d.station_id, d.day, d.what, d.value, d.records, d.persons from d order by 1, 2, 3, 4
  on conflict (station_id, what, day, value)
    do update set records = t.records + excluded.records, persons = t.persons + excluded.persons;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.service_tally_weekly(what text, day date, value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case when what = 'hour' then extract(isodow from day)::int - 1 || ' ' || value else value end
$function$;

CREATE OR REPLACE FUNCTION public.supply_move()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare lot supply_batch;
begin
  update supply_batch set quantity = quantity + new.delta
  where id = new.batch_id and station_id = new.station_id and item_code = new.item_code returning * into lot;
  if not found then
    raise exception 'Batch % is not of this item at this station.', new.batch_id using errcode = 'HG026';
  end if;
  if new.kind in ('service', 'lend', 'send') and
    (lot.recalled_at is not null or (new.at at time zone 'Asia/Shanghai')::date > lot.expires_on) then
    raise exception 'Batch % is expired or called back and may not be given out.', new.batch_id using errcode = 'HG026';
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.time_dist(time without time zone, time without time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$time_dist$function$;

CREATE OR REPLACE FUNCTION public.ts_dist(timestamp without time zone, timestamp without time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$ts_dist$function$;

CREATE OR REPLACE FUNCTION public.tstz_dist(timestamp with time zone, timestamp with time zone)
 RETURNS interval
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/btree_gist', $function$tstz_dist$function$;
