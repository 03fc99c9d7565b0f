-- 社区合伙人: what they agreed to, what they promise, what came, how they are rated, how they leave.

alter table partner
  add column organisation text not null default '',     -- as registered
  add column credit_code text,                          -- GB 32100, checked by its last digit
  add column contact_name bytea,                        -- sealed
  add column contact_phone bytea,
  add column contact_phone_index bytea,                 -- blind, for search
  add column secret_hash bytea constraint partner_link unique, -- digest of the secret in /p/<secret>
  add column link_round integer not null default 1,     -- counts up when a link is given anew: the old one ends
  add column asked_contact_name bytea,                  -- the partner asks to be reached otherwise; the street says yes
  add column asked_contact_phone bytea,
  add column asked_contact_at timestamptz,
  add column exit_day date,                             -- the last day; what it did stays
  add column exit_by text constraint partner_exit_by check (exit_by in ('partner', 'street')),
  add column exit_reason text,                          -- code of db/data/partner-exits.csv
  add column exit_words text not null default '',
  add column exited_at timestamptz,
  add column exited_by uuid references account (id),
  add constraint partner_exit_whole check ((exit_day is null) = (exit_by is null) and (exit_day is null) = (exit_reason is null)),
  add constraint partner_contact_asked check ((asked_contact_phone is null) = (asked_contact_at is null)),
  add constraint partner_credit_code check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$');
create index partner_by_phone on partner (contact_phone_index) where contact_phone_index is not null;

create table partner_agreement (            -- 合伙协议: a draft until signed; its state follows from the days
  id uuid primary key,
  partner_id uuid not null references partner (id),
  district text not null,
  from_day date not null,
  to_day date not null,
  returns text[] not null,                  -- codes of db/data/partner-returns.csv
  return_words text not null default '',
  renews uuid constraint partner_agreement_renewed_once unique references partner_agreement (id),
  signed_on date,                           -- null: a draft
  ended_on date,                            -- last day where it ended before its time
  asked_renewal_at timestamptz,             -- the partner would go on
  asked_renewal_words text not null default '',
  reminded_days integer,                    -- the latest reminder given: so many days before its end
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references account (id),
  constraint partner_agreement_days check (from_day <= to_day),
  constraint partner_agreement_ended check (ended_on is null or signed_on is not null),
  constraint partner_agreement_one_at_a_time exclude using gist
    (partner_id with =, daterange(from_day, least(to_day, coalesce(ended_on, to_day)), '[]') with &&) where (signed_on is not null)
);
create index partner_agreement_by_partner on partner_agreement (partner_id, from_day);

create table pledge (                       -- 承诺: counts while its agreement is signed
  id uuid primary key,
  agreement_id uuid not null references partner_agreement (id),
  partner_id uuid not null references partner (id),
  district text not null,
  station_id uuid references station (id),  -- null: all stations of the partner's area together
  resource text not null,                   -- code of db/data/partner-resources.csv
  what text not null,
  what_en text not null default '',
  quantity integer not null constraint pledge_quantity check (quantity between 1 and 1000000), -- in each period
  unit text not null,                       -- code of db/data/partner-units.csv
  every text not null constraint pledge_every check (every in ('once', 'weekly', 'monthly', 'quarterly')),
  from_day date not null,
  to_day date not null,
  ended_on date,                            -- last day where it ended before its time
  ended_words text not null default '',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid references account (id),
  constraint pledge_days check (from_day <= to_day)
);
create index pledge_by_agreement on pledge (agreement_id);
create index pledge_by_partner on pledge (partner_id);
create index pledge_by_station on pledge (station_id);

create table partner_delivery (             -- 兑现: counts when a station head has confirmed it
  id uuid primary key,
  partner_id uuid not null references partner (id),
  pledge_id uuid references pledge (id),    -- null: given beyond what was promised
  station_id uuid not null references station (id),
  district text not null,
  day date not null,
  what text not null default '',            -- said where there is no pledge
  quantity integer not null constraint partner_delivery_quantity check (quantity between 1 and 1000000),
  unit text not null,
  source_type text not null constraint partner_delivery_source check (source_type in ('station', 'partner', 'donation', 'activity')),
  source_id uuid,
  state text not null constraint partner_delivery_state check (state in ('waiting', 'confirmed', 'refused')),
  said_quantity integer,                    -- what was first said, where the head counted otherwise
  refused_words text not null default '',
  noted_at timestamptz not null,
  noted_by uuid references account (id),    -- null: said by the partner behind its link
  decided_at timestamptz,
  decided_by uuid references account (id),
  version integer not null default 1,
  constraint partner_delivery_once unique (source_type, source_id),
  constraint partner_delivery_decided check ((state = 'waiting') = (decided_at is null))
);
create index partner_delivery_by_pledge on partner_delivery (pledge_id, day);
create index partner_delivery_by_partner on partner_delivery (partner_id, day);
create index partner_delivery_by_station on partner_delivery (station_id, day);
create index partner_delivery_waiting on partner_delivery (station_id) where state = 'waiting';

create table partner_rating (               -- of the organisation, never of a person
  id uuid primary key,
  partner_id uuid not null references partner (id),
  station_id uuid not null references station (id),
  district text not null,
  source text not null constraint partner_rating_source check (source in ('station', 'resident')),
  stars integer not null constraint partner_rating_stars check (stars between 1 and 5),
  words text not null default '',
  hidden_at timestamptz,                    -- words that should not stay are emptied; the stars count on
  quarter text constraint partner_rating_quarter check (quarter ~ '^[0-9]{4}Q[1-4]$'), -- of stations
  day date not null,
  browser_hash bytea,                       -- of residents: digest of a key of that browser and the day, so no two days meet
  at timestamptz not null,
  account_id uuid references account (id),
  version integer not null default 1,
  constraint partner_rating_whose check ((source = 'station') = (quarter is not null) and (source = 'resident') = (browser_hash is not null)),
  constraint partner_rating_each_quarter unique (partner_id, station_id, quarter),
  constraint partner_rating_each_day unique (partner_id, browser_hash)
);
create index partner_rating_by_partner on partner_rating (partner_id, source, at);

grant select, insert, update on partner_agreement, pledge, partner_delivery, partner_rating to huangge_app;
