import { toIso } from '#kit/clock.ts';
import type { Channel } from '#contract/events-words.ts';
import { uuidV7 } from '#kit/ids.ts';
import { isAbove } from '#kit/tiers.ts';
import { grantsFor, type Actor, type Grant } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import type { CommandBody, Kit } from './act.ts';
import type { EventRow } from './case-rows.ts';
import { getCategory, getRule, type Library, type Rule } from './library.ts';
import { atConsole, placeEvent, type Placing } from './placing.ts';
import type { Claim } from './store-attachment.ts';
import type { NewReporter } from './store-report.ts';
import { titleFrom } from './title.ts';

export interface ReportBody extends CommandBody {
  categoryCode: string;
  title: string;
  description: string;
  lon: number | null;
  lat: number | null;
  placeWords: string;
  areaCode?: string | undefined;
  priority?: number | undefined;
  attachments: readonly Claim[];
  followEventId?: string | undefined;
  channel: Channel;
  sourceRef?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  /** An emergency number (119, 120, …) that was called already, and when: kept as a call of the event. */
  called?: { number: string; at: string } | undefined;
}

/** Everything a report needs before it touches the database. */
export interface Prepared {
  kit: Kit;
  actor: Actor;
  library: Library;
  rule: Rule;
  placing: Placing;
  grant: Grant | undefined;
  nowMs: number;
  reporterId: string;
  body: ReportBody;
}

/** Machines speak to the console of a centre, not to a community's desk; so does a station where a life is in danger. */
const heardAtConsole: ReadonlySet<Channel> = new Set(['sensor', 'camera']);
const gravePriority = 1;

function isForConsole({ channel, priority }: ReportBody): boolean {
  return heardAtConsole.has(channel) || (channel === 'station' && priority !== undefined && priority <= gravePriority);
}

export async function prepare(kit: Kit, actor: Actor, body: ReportBody): Promise<Prepared> {
  const library = await kit.dictionary.get();
  getCategory(library, body.categoryCode);
  const rule = getRule(library, body.categoryCode);
  const placed = placeEvent(kit.territory, body);
  const placing = isForConsole(body) ? atConsole(kit.territory, placed) : placed;
  const reports = actor.grants.filter((one) => one.permissions.has('event.report'));
  const grant = grantsFor(actor, 'event.report', { path: placing.path, units: [placing.owner.id] })[0] ?? reports[0];
  const nowMs = kit.clock.now();
  return { kit, actor, library, rule, placing, grant, nowMs, reporterId: uuidV7(nowMs), body };
}

/**
 * Whose word counts as verified (law 5): our own field force at a place where they may verify, a centre standing above
 * the desk that receives, and machines named in the configuration. Volunteers report like everybody else.
 */
export function isTrusted({ kit, actor, body, placing, grant }: Prepared): boolean {
  if (body.channel === 'grid_worker' || body.channel === 'patrol')
    return grantsFor(actor, 'event.verify', { path: placing.path, units: [placing.owner.id] }).length > 0;
  if (body.channel === 'superior') {
    const unit = grant === undefined ? undefined : kit.territory.unit(grant.unitId);
    return (
      unit !== undefined &&
      unit.kind === 'centre' &&
      isAbove(unit.tier, placing.tier) &&
      placing.path.includes(unit.areaCode)
    );
  }
  return (actor.kind === 'system' || actor.kind === 'token') && (kit.trustedChannels ?? []).includes(body.channel);
}

export function draftEvent({ library, rule, placing, nowMs, body }: Prepared): EventRow {
  return {
    id: uuidV7(nowMs),
    number: '',
    title:
      body.title === ''
        ? titleFrom(body.description, getCategory(library, body.categoryCode).name, body.placeWords)
        : body.title,
    description: body.description,
    categoryCode: body.categoryCode,
    ruleVersion: library.version,
    priority: body.priority ?? rule.priority,
    channel: body.channel,
    status: 'reported',
    tier: placing.tier,
    ownerUnitId: placing.owner.id,
    city: placing.city,
    district: placing.district,
    street: placing.street,
    community: placing.community,
    grid: placing.grid,
    lon: body.lon,
    lat: body.lat,
    placeWords: body.placeWords,
    outside: placing.outside,
    verifiedMs: null,
    reportedMs: nowMs,
    filedMs: null,
    dispatchedMs: null,
    finishedMs: null,
    closedMs: null,
    endedMs: null,
    reopenedMs: null,
    dueMs: null,
    returns: 0,
    reworks: 0,
    reopens: 0,
    urges: 0,
    supervised: false,
    late: false,
    reportCount: 1,
    rating: null,
    mergedInto: null,
    statusBefore: null,
    reviewMs: null,
    closeKind: null,
    noEvidenceReason: null,
    version: 1,
  };
}

export function toReporter(
  {
    kit,
    actor,
    body,
    grant,
    reporterId,
  }: Prepared | (Pick<Prepared, 'kit' | 'actor' | 'body' | 'reporterId'> & { grant?: undefined }),
  joined: boolean,
): NewReporter {
  const seal = (text: string | undefined, column: string) =>
    text === undefined || text === '' ? null : kit.vault.seal(text, `event_reporter.${column}`);
  return {
    id: reporterId,
    kind: body.channel,
    accountId: actor.accountId,
    unitId: grant?.unitId ?? null,
    phone: seal(body.phone, 'phone'),
    name: seal(body.name, 'name'),
    secretHash: digestSecret(secretOf(kit, reporterId)),
    sourceRef: body.sourceRef ?? null,
    joined,
    words: joined ? [body.title, body.description].filter((text) => text !== '').join('\n') : '',
  };
}

export function secretOf(kit: Kit, reporterId: string): string {
  return kit.vault.deriveSecret(reporterId, 'receipt');
}

/** yyyymmdd at the place the calendar is for. */
export function localDay({ library, nowMs }: Prepared): string {
  return toIso(nowMs + library.calendar.offsetMinutes * 60_000)
    .slice(0, 10)
    .replaceAll('-', '');
}
