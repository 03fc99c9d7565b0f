-- An agreement signed for later may end before it begins, when the partner leaves: then it holds no day at all.
alter table partner_agreement
  drop constraint partner_agreement_one_at_a_time,
  add constraint partner_agreement_one_at_a_time exclude using gist (
    partner_id with =,
    daterange(from_day, greatest(from_day, least(to_day, coalesce(ended_on, to_day)) + 1), '[)') with &&
  ) where (signed_on is not null);
