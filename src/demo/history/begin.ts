/** The first line of an event: the report, as modules/events/commands-report.ts makes it. */
import type { Channel } from '#contract/events-words.ts';
import { toIso } from '#kit/clock.ts';
import type { Rng } from '#kit/random.ts';
import { audienceOf } from '#server/modules/events/act.ts';
import type { EventRow } from '#server/modules/events/case-rows.ts';
import { getRule, limitOf } from '#server/modules/events/library.ts';
import { placeEvent } from '#server/modules/events/placing.ts';
import { startClock } from '#server/modules/events/worktime.ts';
import { ledgerActorOf, anonymous, grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { seededId } from '../ids.ts';
import type { MemoryCase, World } from './perform.ts';
import type { Spot } from './places.ts';

export interface Beginning {
  categoryCode: string;
  title: string;
  description: string;
  spot: Spot;
  channel: Channel;
  /** Null for residents. */
  actor: Actor | null;
  atMs: number;
  /** Counts the events of this installation. */
  sequence: number;
  phone: string | null;
  sourceRef: string | null;
  /** A photo of what is wrong, if one came with it. */
  scene: string | null;
}

export function begin(world: World, rng: Rng, start: Beginning): MemoryCase {
  const { library, territory } = world;
  const { atMs, spot, categoryCode, channel } = start;
  const actor = start.actor ?? anonymous;
  const rule = getRule(library, categoryCode);
  const placing = placeEvent(territory, spot);
  const reach = { path: placing.path, units: [placing.owner.id] };
  const trusted =
    (channel === 'grid_worker' || channel === 'patrol') && grantsFor(actor, 'event.verify', reach).length > 0;
  const unitId = grantsFor(actor, 'event.report', reach)[0]?.unitId ?? null;
  const id = seededId(rng, atMs, start.sequence % 0xffff);
  const reporterId = seededId(rng, atMs, start.sequence % 0xffff);
  const clock = startClock(library.calendar, {
    id: seededId(rng, atMs),
    eventId: id,
    taskId: null,
    step: 'receive',
    limit: limitOf(rule, rule.priority, 'receive'),
    nowMs: atMs,
  });
  const event: EventRow = {
    ...blank,
    id,
    number: `${toIso(atMs + library.calendar.offsetMinutes * 60_000)
      .slice(0, 10)
      .replaceAll('-', '')}-${String(start.sequence).padStart(6, '0')}`,
    title: start.title,
    description: start.description,
    categoryCode,
    ruleVersion: library.version,
    priority: rule.priority,
    channel,
    tier: placing.tier,
    ownerUnitId: placing.owner.id,
    city: placing.city,
    district: placing.district,
    street: placing.street,
    community: placing.community,
    grid: placing.grid,
    lon: spot.lon,
    lat: spot.lat,
    placeWords: spot.name,
    outside: placing.outside,
    verifiedMs: trusted ? atMs : null,
    reportedMs: atMs,
    dueMs: clock.dueMs,
  };
  const photos =
    start.scene === null
      ? []
      : [{ kind: 'report' as const, taskId: null, scene: start.scene, uploadedBy: actor.accountId, reporterId, atMs }];
  return {
    rows: {
      event,
      tasks: [],
      clocks: [clock],
      hands: [],
      reporters: actor.accountId === null ? [] : [actor.accountId],
    },
    stopped: [],
    extensions: [],
    photos,
    reporters: [
      {
        id: reporterId,
        eventId: id,
        originalEventId: id,
        kind: channel,
        accountId: actor.accountId,
        unitId,
        phone: start.phone,
        joined: false,
        words: '',
        sourceRef: start.sourceRef,
        createdMs: atMs,
        rating: null,
        ratingWords: null,
        ratedMs: null,
      },
    ],
    lines: [
      {
        actor: ledgerActorOf(actor, unitId),
        action: 'event.report',
        subject: { type: 'event', id },
        district: event.district,
        atMs,
        data: {
          from: null,
          to: event.status,
          version: 1,
          number: event.number,
          categoryCode,
          ruleVersion: event.ruleVersion,
          ruleTier: rule.tier,
          priority: event.priority,
          channel,
          tier: event.tier,
          ownerUnitId: event.ownerUnitId,
          path: placing.path,
          outside: event.outside,
          reporterId,
          photos: photos.length,
          trusted,
        },
        words: { title: event.title, description: event.description, placeWords: event.placeWords },
        audience: audienceOf(null, { event, tasks: [] }, actor.accountId === null ? [] : [`p:${actor.accountId}`]),
      },
    ],
    lastMs: atMs,
  };
}

const blank = {
  status: 'reported',
  filedMs: null,
  dispatchedMs: null,
  finishedMs: null,
  closedMs: null,
  endedMs: null,
  reopenedMs: null,
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
} as const;
