/** Nobody answers: the ladder goes on by itself, tells whoever should know, and ends at the door with police. */
import { createHash } from 'node:crypto';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { openForDuty } from '#server/modules/people/index.ts';
import { visitTriggers } from './dictionary.ts';
import type { VisitParts } from './parts.ts';
import { ladderOf, rungAt, rungDueMs, type Ladder } from './rules.ts';
import { findClimbing, listClimbing, lockClimbing, saveClimb, type LadderTask } from './store-raise.ts';
import { listRules } from './store-rule.ts';

/** Climbs every ladder whose next step is due, at most `limit`. Answers how many were moved, told or brought to the door. */
export async function climbDue(parts: VisitParts, limit = 200): Promise<number> {
  const { database, clock } = parts;
  const nowMs = clock.now();
  const { ids, rules } = await database.read(systemScope, async (tx) => ({
    ids: await listClimbing(tx, nowMs, limit),
    rules: await listRules(tx),
  }));
  const ladder = ladderOf(rules);
  let moved = 0;
  for (const id of ids) if (await climb(parts, ladder, id, nowMs)) moved++;
  return moved;
}

async function climb(parts: VisitParts, ladder: Ladder, id: string, nowMs: number): Promise<boolean> {
  // The report is prepared before the transaction in which it is written, and only where the door is reached.
  const before = await parts.database.read(systemScope, (tx) => openHouse(parts, tx, id));
  if (before === undefined) return false;
  const door = reachesDoor(ladder, before.task, nowMs) ? await askDoor(parts, before) : undefined;
  return parts.database.inTx(systemScope, async (tx) => {
    const task = await lockClimbing(tx, id);
    if (task === undefined) return false;
    const next = nextOf(ladder, task, nowMs);
    const event = next.door && door !== undefined && task.eventId === null ? await door(tx) : undefined;
    if (next.rung === task.rung && !next.tell && event === undefined) return false;
    const eventId = event?.id ?? task.eventId;
    const told = next.tell ? next.rung : task.toldRung;
    const state = eventId === null ? task.state : 'door_check';
    await saveClimb(tx, id, { state, rung: next.rung, nextTryMs: next.dueMs, toldRung: told, eventId }, nowMs);
    const facts = { taskId: id, areaCode: task.areaCode, rung: next.rung, workerId: task.workerId, state };
    await append(tx, {
      actor: { kind: 'system', accountId: null },
      action: next.tell ? 'visit.overdue' : 'visit.raise',
      subject: { type: 'visit_task', id },
      district: task.district,
      atMs: nowMs,
      data: {
        ...facts,
        reason: 'no_answer',
        ...(eventId === null ? {} : { eventId }),
        ...(event === undefined ? {} : { number: event.number }),
      },
      // A mere step is the worker's own matter; an overdue one is told to community and street.
      audience: next.tell
        ? task.path.filter((code) => code.length >= 9).map((code) => `a:${code}`)
        : task.workerId === null
          ? []
          : [`p:${task.workerId}`],
    });
    return true;
  });
}

function reachesDoor(ladder: Ladder, task: LadderTask, nowMs: number): boolean {
  return task.eventId === null && rungDueMs(ladder, 3, task.missedAt.getTime()) <= nowMs;
}

function nextOf(ladder: Ladder, task: LadderTask, nowMs: number) {
  const missedMs = task.missedAt.getTime();
  const rung = rungAt(ladder, task.rung, missedMs, nowMs);
  const dueMs = Math.max(rungDueMs(ladder, rung, missedMs), rung === task.rung ? (task.nextTryAt?.getTime() ?? 0) : 0);
  const tell = task.toldRung < rung && dueMs + ladder.graceMs <= nowMs;
  return { rung, dueMs, tell, door: rungDueMs(ladder, 3, missedMs) <= nowMs };
}

interface House {
  task: LadderTask;
  address: string;
  lon: number;
  lat: number;
}

async function openHouse(parts: VisitParts, tx: Tx, id: string): Promise<House | undefined> {
  const task = await findClimbing(tx, id);
  if (task === undefined) return undefined;
  const person = (await openForDuty(tx, parts, [task.personId])).get(task.personId);
  if (person === undefined) return undefined;
  return { task, address: person.address ?? '', lon: person.place.lon, lat: person.place.lat };
}

/** The event that asks for the door to be opened. It names the house, never who lives there. */
function askDoor({ events }: VisitParts, { task, address, lon, lat }: House) {
  const trigger = [...visitTriggers().values()].find(({ kind }) => kind === 'door');
  const [categoryCode] = trigger?.categories ?? [];
  if (trigger === undefined || categoryCode === undefined) return Promise.resolve(undefined);
  return events.joinReport(systemActor, {
    opId: opIdOf(task.id, 'door'),
    categoryCode,
    title: '走访多次无人应答，请会同民警上门',
    description: `走访对象多次联系无人应答，请会同民警上门查看。住户门牌由走访责任人现场告知。走访任务 ${task.id}`,
    lon,
    lat,
    placeWords: address,
    areaCode: task.areaCode,
    priority: trigger.priority,
    attachments: [],
    channel: 'grid_worker',
    sourceRef: `visit:${task.id}`,
  });
}

/** An operation id that belongs to one purpose of one task for ever (RFC 9562, version 8). */
export function opIdOf(id: string, purpose: string): string {
  const hex = createHash('sha256').update(`${id} ${purpose}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
