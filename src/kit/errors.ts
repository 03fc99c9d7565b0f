/**
 * Every refusal the program can answer with. One table: code → HTTP status and what it means.
 * docs/errors.md says the same in words; a test keeps the two equal.
 */
export const errorTable = {
  bad_input: { status: 400, title: 'The request does not have the expected shape.' },
  not_found: { status: 404, title: 'Not found, or not yours to see.' },
  not_signed_in: { status: 401, title: 'Sign in first.' },
  session_expired: { status: 401, title: 'The session has ended; sign in again, nothing typed is lost.' },
  second_factor_needed: { status: 401, title: 'A one-time code is needed.' },
  bad_credentials: { status: 401, title: 'Name, password or code is wrong.' },
  account_locked: { status: 423, title: 'Too many failures: the account is locked for a while.' },
  password_too_weak: { status: 400, title: 'The password is too weak.' },
  csrf_refused: { status: 403, title: 'The request did not come from our own page.' },
  not_allowed: { status: 403, title: 'Your appointments do not allow this.' },
  too_many_requests: { status: 429, title: 'Too many requests: wait and try again.' },
  transition_not_allowed: { status: 409, title: 'The event is not in a state in which this can be done.' },
  handler_may_not_check: { status: 409, title: 'Whoever handled it may not check it.' },
  reason_needed: { status: 400, title: 'This needs a reason.' },
  evidence_needed: { status: 400, title: 'This category needs photos, or a text explaining why there are none.' },
  tier_keeps_it: { status: 409, title: 'The level library assigns this to your own tier; it may not be pushed down.' },
  tasks_open: { status: 409, title: 'Some tasks are neither done nor waived.' },
  return_refused: { status: 409, title: 'This task was decided by the coordinator and may not be returned again.' },
  reopen_too_late: { status: 409, title: 'The time for reopening has passed.' },
  extension_too_late: { status: 409, title: 'An extension must be asked for before the limit has passed.' },
  merge_refused: { status: 409, title: 'These events cannot be merged.' },
  op_reused: { status: 409, title: 'This operation id was used for a different request.' },
  upload_refused: { status: 400, title: 'The file cannot be accepted.' },
  upload_too_large: { status: 413, title: 'The file is too large.' },
  territory_overlap: { status: 409, title: 'Areas of one parent may not overlap or leave gaps.' },
  import_refused: { status: 400, title: 'Some rows are wrong; nothing was imported.' },
  in_use: { status: 409, title: 'Something still depends on this.' },
  already_exists: { status: 409, title: 'This already exists.' },
  version_conflict: { status: 409, title: 'Somebody changed this in the meantime.' },
  personal_data: { status: 400, title: 'This must not hold personal data.' },
  proof_refused: { status: 400, title: 'No such proof exists.' },
  calendar_ends: { status: 409, title: 'The working calendar does not reach that far.' },
  slot_taken: { status: 409, title: 'This time is full, or cannot be booked any more.' },
  booking_limit: { status: 409, title: 'With this number no more can be booked just now.' },
  link_ended: { status: 410, title: 'This link no longer opens anything.' },
  unsupported_media_type: { status: 415, title: 'This kind of content is not understood.' },
  places_taken: { status: 409, title: 'Every place is taken.' },
  own_scenario: { status: 409, title: 'Whoever made a scenario does not decide on it.' },
  assistant_off: { status: 409, title: 'The assistant is not switched on here.' },
  assistant_failed: { status: 503, title: 'The assistant gave no usable answer.' },
  own_proposal: { status: 409, title: 'Whoever proposed a change does not adopt it.' },
  own_hours: { status: 409, title: 'Nobody confirms their own hours.' },
  oidc_refused: { status: 401, title: 'The identity provider did not confirm the sign-in.' },
  internal: { status: 500, title: 'Something went wrong on our side; it has been recorded.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorTable;

/**
 * An expected refusal. `message` says what was expected, what was found and what to do; `detail` is data for the
 * screen (no personal data: it may be logged).
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly detail: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.status = errorTable[code].status;
    this.detail = detail;
  }
}

/** True for a refusal of ours with this code (or any code). */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
