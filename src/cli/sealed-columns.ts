/**
 * Every column whose values the vault seals, for giving them a new key. A new bytea column belongs here, or its name must
 * say that it is something else; test/architecture/sealed-columns.test.ts asks.
 */
export const sealedColumns: readonly string[] = [
  'account.totp_secret',
  'alert_source.secret',
  'booking.phone',
  'booking.name',
  'booking.outcome_note',
  'booking.rating_words',
  'booking_unmet.phone',
  'care_correction.said',
  'care_export.purpose',
  'care_export.reason',
  'care_person.name',
  'care_person.phone',
  'care_person.id_number',
  'care_person.address_detail',
  'care_person.contact',
  'care_person.guardian',
  'care_person.health',
  'care_person.birth_year',
  'event_reporter.phone',
  'event_reporter.name',
  'force_member.name',
  'force_member.phone',
  'group_bridge.secrets',
  'group_member.name',
  'group_message.outside_name',
  'group_message.receipt',
  'group_person.phone',
  'group_photo.token',
  'hours_request.answer',
  'hours_request.said',
  'household.door',
  'loan.phone',
  'notice_channel.address',
  'notice_key.sealed',
  'notice_setting.email',
  'notice_setting.phone',
  'partner.asked_contact_name',
  'partner.asked_contact_phone',
  'partner.contact_name',
  'partner.contact_phone',
  'push_subscription.address',
  'supply_receipt.donor',
  'task_link.phone',
  'task_link.person_name',
  'task_link.person_phone',
  'visit.changes',
  'visit.note',
  'visit_person.form',
  'volunteer.name',
  'volunteer.phone',
  'volunteer_certificate.body',
  'volunteer_export.purpose',
  'webhook_endpoint.secret',
  'webhook_endpoint.old_secret',
  'wecom_letter.body',
];

/** What is sealed under the name of another column, because it was moved here as it is. */
const movedFrom: Readonly<Record<string, string>> = { 'webhook_endpoint.old_secret': 'webhook_endpoint.secret' };

export const contextOf = (column: string): string => movedFrom[column] ?? column;

/** Times and counts of the life circle: numbers of cells, nobody by name. */
const numbersOnly: readonly string[] = [
  'circle_input.body',
  'circle_result.seconds',
  'circle_result.back',
  'circle_result.facility',
  'scenario_answer.question',
];

/** Files of figures made to be handed on, and a model's weights: nobody by name. */
const filesAndModels: readonly string[] = ['brief_file.bytes', 'open_file.bytes', 'text_model.bytes'];

/** Digests, indexes, public keys and documents kept as they came. */
export function isNeverSealed(column: string): boolean {
  return (
    /[._](hash|digest|sha256|index|salt|root|signature|public_key|outside_key)$/.test(column) ||
    ['dead_letter.body', 'warning.raw', 'warning_letter.raw'].includes(column) ||
    numbersOnly.includes(column) ||
    filesAndModels.includes(column)
  );
}
