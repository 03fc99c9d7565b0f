/**
 * Journeys tell the same story at every hour. HUANGGE_JOURNEY_AT=2026-12-31T23:47 (Shanghai) lets each begin then, to prove it:
 * the program's clock goes ahead (HUANGGE_CLOCK_AHEAD), and with it the clock of the test and those of the pages.
 */
const minuteMs = 60_000;
/** Longer than any journey takes. */
const journeyMinutes = 15;

/**
 * By how many minutes the clocks go ahead when a journey begins. A journey that tells of one day does not begin shortly before
 * midnight but shortly after it.
 */
export function minutesToBegin(oneDay: boolean): number {
  const minutes = minutesUntilAsked();
  const left = 24 * 60 - ((Math.floor(Date.now() / minuteMs) + minutes + 8 * 60) % (24 * 60));
  return oneDay && left <= journeyMinutes ? minutes + left : minutes;
}

/** Minutes from now until the moment asked for; 0 when none is. @throws Error when it is no later moment */
function minutesUntilAsked(): number {
  const at = process.env['HUANGGE_JOURNEY_AT'] ?? '';
  if (at === '') return 0;
  const minutes = Math.ceil((Date.parse(`${at}:00+08:00`) - Date.now()) / minuteMs);
  if (!(minutes >= 0))
    throw new Error(`HUANGGE_JOURNEY_AT must be a later moment such as 2026-12-31T23:47, found ${at}.`);
  return minutes;
}

/**
 * Puts the clock of this test file, or of a page (it is sent there as text), so many milliseconds ahead of the system's,
 * however far it was before.
 */
export function putAhead(aheadMs: number): void {
  const scope = globalThis as typeof globalThis & { RealDate?: DateConstructor };
  const Real = (scope.RealDate ??= Date);
  const now = (): number => Real.now() + aheadMs;
  scope.Date = new Proxy(Real, {
    construct: (_, given: [], target) => Reflect.construct(Real, given.length === 0 ? [now()] : given, target) as Date,
    apply: () => new Real(now()).toString(),
    get: (_, key) => (key === 'now' ? now : (Reflect.get(Real, key) as unknown)),
  });
}
