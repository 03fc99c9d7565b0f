/** Accepting, arriving, helping, waiting, finishing. */
import { pickOne } from '#kit/random.ts';
import type { TaskRow } from '#server/modules/events/case-rows.ts';
import * as checking from '#server/modules/events/commands-check.ts';
import * as handling from '#server/modules/events/commands-handle.ts';
import { verify } from '#server/modules/events/commands-route.ts';
import { openTask } from '#server/modules/events/facts.ts';
import { anonymous, type Actor } from '#server/modules/identity/index.ts';
import { seededId } from '../ids.ts';
import { afterLimit, byDesk, say, stepOf, take, type Life, type Step } from './acting.ts';
import { askExtensionIn, grantExtensionIn } from './own-commands.ts';
import { ruleOfCase, type Doing } from './perform.ts';
import { dayMs } from './rhythm.ts';
import { spoken } from './words.ts';

export function nextHandling(life: Life): Step | undefined {
  const { live } = life;
  const { event, tasks } = live.rows;
  if (event.status === 'shelved') return resume(life);
  const open = tasks.filter(({ status }) => openTask.includes(status));
  const offered = open.find(({ status }) => status === 'offered');
  if (offered !== undefined) return answerOffer(life, offered);
  const aside = nextAside(life, open);
  if (aside !== undefined) return aside;
  // Helpers first: the lead answers for the whole.
  const task = open.find(({ part }) => part === 'assist') ?? open[0];
  if (task === undefined) return undefined;
  return task.status === 'accepted' && take(life, `arrive ${task.id} ${event.reworks}`, true)
    ? arrive(life, task)
    : finish(life, task);
}

/** Things that happen on the way, each at most once. */
function nextAside(life: Life, open: readonly TaskRow[]): Step | undefined {
  const { fate, live } = life;
  const lead = open.find(({ part }) => part === 'lead');
  if (lead === undefined || live.rows.event.status !== 'handling') return undefined;
  if (live.rows.event.verifiedMs === null) return verifyOnTheWay(life);
  if (take(life, 'urge', fate.urged)) return urge(life);
  if (take(life, 'supervise', fate.supervised)) return supervise(life);
  if (take(life, 'ask', fate.extended)) return askExtension(life, lead);
  const asked = live.extensions.find(({ decidedMs }) => decidedMs === null);
  if (asked !== undefined) {
    const atMs = live.lastMs + Math.round((5 + life.rng() * 60) * 60_000);
    return byDesk(life, 'dispatch', atMs, (actor) => ({
      command: grantExtensionIn(asked),
      actor,
      atMs,
      body: { note: '' },
    }));
  }
  if (take(life, 'beyond', fate.beyond && !lead.binding && live.rows.event.tier === 'street')) {
    const atMs = afterLimit(life, 'handle', lead.id, 0.3);
    return byHolder(life, lead, atMs, (actor) => ({
      command: handling.giveBack,
      actor,
      atMs,
      body: { taskId: lead.id, reason: say(life, spoken.escalateStreet), beyondTier: true },
    }));
  }
  if (take(life, 'shelve', fate.shelved)) return shelve(life);
  if (take(life, 'note', life.rng() < 0.12)) {
    const atMs = afterLimit(life, 'handle', lead.id, 0.15);
    return byHolder(life, lead, atMs, (actor) => ({
      command: handling.note,
      actor,
      atMs,
      body: { taskId: lead.id, note: say(life, spoken.progress), attachments: [] },
    }));
  }
  return undefined;
}

/** Law 5: only what could not wait is still unverified here. */
function verifyOnTheWay(life: Life): Step | undefined {
  const { live, cast, rng } = life;
  const actor = cast.findGridWorker(rng, live.rows.event.grid ?? '');
  const body = { outcome: 'confirmed' as const, note: say(life, life.topic.found), attachments: [] };
  const atMs = live.lastMs + Math.round((2 + rng() * 6) * 60_000);
  return actor === undefined ? undefined : stepOf(life, { command: verify, actor, atMs, body });
}

function answerOffer(life: Life, task: TaskRow): Step | undefined {
  const { live, fate } = life;
  const { event } = live.rows;
  const atMs = afterLimit(life, 'accept', task.id, task.part === 'lead' ? 0.8 : 0.25);
  const wrong =
    task.part === 'lead' &&
    event.returns < fate.misdirected &&
    !task.binding &&
    life.done.has(`wrong ${task.unitId}`) === false;
  const { leadRole } = ruleOfCase(life.world, live);
  if (wrong && life.world.territory.unit(task.unitId)?.roleCode !== leadRole) {
    return byHolder(life, task, atMs, (actor) => ({
      command: handling.giveBack,
      actor,
      atMs,
      body: { taskId: task.id, reason: say(life, spoken.wrongUnit), beyondTier: false },
    }));
  }
  return byHolder(life, task, atMs, (actor) => ({ command: handling.accept, actor, atMs, body: { taskId: task.id } }));
}

function arrive(life: Life, task: TaskRow): Step | undefined {
  const atMs = afterLimit(life, 'handle', task.id, 0.3);
  const { lon, lat } = life.live.rows.event;
  const body = {
    taskId: task.id,
    note: say(life, spoken.arriveNote),
    attachments: [],
    ...(lon === null || lat === null ? {} : { lon, lat }),
  };
  const photos =
    life.scene === null || task.part === 'assist'
      ? []
      : [{ kind: 'before' as const, taskId: task.id, scene: life.scene }];
  return byHolder(life, task, atMs, (actor) => ({ command: handling.arrive, actor, atMs, body, photos }));
}

function finish(life: Life, task: TaskRow): Step | undefined {
  const { scene, topic } = life;
  const atMs = afterLimit(life, 'handle', task.id, 0.4);
  const needsPhotos =
    ruleOfCase(life.world, life.live).evidence === 'before_after' ||
    ruleOfCase(life.world, life.live).evidence === 'after';
  const photos =
    scene === null || !needsPhotos || task.part === 'assist'
      ? []
      : [{ kind: 'after' as const, taskId: task.id, scene }];
  const explained = needsPhotos && photos.length === 0 && task.part === 'lead';
  const result = task.part === 'assist' ? '已配合完成。' : say(life, topic.done);
  const body = {
    taskId: task.id,
    result,
    attachments: [],
    ...(explained ? { noEvidenceReason: say(life, spoken.noPhoto) } : {}),
  };
  return byHolder(life, task, atMs, (actor) => ({ command: handling.finish, actor, atMs, body, photos }));
}

function shelve(life: Life): Step | undefined {
  const atMs = life.live.lastMs + Math.round((1 + life.rng() * 20) * 3_600_000);
  const reviewAt = new Date(atMs + Math.round((14 + life.rng() * 60) * dayMs)).toISOString();
  return byDesk(life, 'dispatch', atMs, (actor) => ({
    command: checking.shelve,
    actor,
    atMs,
    body: { reason: say(life, spoken.shelve), reviewAt },
  }));
}

function resume(life: Life): Step | undefined {
  const { live } = life;
  const atMs = (live.rows.event.reviewMs ?? live.lastMs) - Math.round(life.rng() * 5 * dayMs);
  return byDesk(life, 'dispatch', Math.max(atMs, live.lastMs + dayMs), (actor) => ({
    command: checking.resume,
    actor,
    atMs: Math.max(atMs, live.lastMs + dayMs),
    body: { note: say(life, spoken.resume) },
  }));
}

function urge(life: Life): Step | undefined {
  const [reporter] = life.live.reporters;
  if (reporter === undefined) return undefined;
  const atMs = life.live.lastMs + Math.round((2 + life.rng() * 30) * 3_600_000);
  return stepOf(life, {
    command: checking.urge,
    actor: anonymous,
    reporterId: reporter.id,
    atMs,
    body: { note: say(life, spoken.urge) },
  });
}

function supervise(life: Life): Step | undefined {
  const { live, cast, rng, world } = life;
  const atMs = live.lastMs + Math.round((1 + rng() * 12) * 3_600_000);
  const street = world.territory.receiverOf(live.rows.event.street ?? '');
  const actor =
    street === undefined
      ? undefined
      : cast.find(
          rng,
          live.rows.event.tier === 'district' ? live.rows.event.ownerUnitId : street.id,
          ['supervise_seat'],
          atMs,
        );
  return actor === undefined
    ? undefined
    : stepOf(life, { command: checking.supervise, actor, atMs, body: { note: say(life, spoken.supervise) } });
}

function askExtension(life: Life, task: TaskRow): Step | undefined {
  const { live, rng } = life;
  const clock = live.rows.clocks.find(({ taskId, step }) => taskId === task.id && step === 'handle');
  if (clock === undefined || clock.dueMs === null) return undefined;
  const atMs = live.lastMs + Math.round((clock.dueMs - live.lastMs) * (0.3 + rng() * 0.4));
  if (atMs >= clock.dueMs || atMs <= live.lastMs) return undefined;
  const amount = clock.kind === 'working_day' ? pickOne(rng, [1, 2, 3]) : 120;
  const body = { taskId: task.id, amount, kind: clock.kind, reason: say(life, spoken.extension) };
  return byHolder(life, task, atMs, (actor) => ({
    command: askExtensionIn(live, seededId(rng, atMs)),
    actor,
    atMs,
    body,
  }));
}

/** The person who has the task; before anybody has, whoever of the unit answers. */
function byHolder<B extends { opId: string }>(
  life: Life,
  task: TaskRow,
  atMs: number,
  make: (actor: Actor) => Doing<B>,
): Step | undefined {
  const { cast, rng, live } = life;
  const unit = life.world.territory.unit(task.unitId);
  const holder = task.assigneeId === null ? undefined : cast.byId(task.assigneeId);
  const anybody = () =>
    unit?.kind === 'committee'
      ? (cast.findGridWorker(rng, live.rows.event.grid ?? '') ?? cast.find(rng, task.unitId, ['clerk'], atMs))
      : cast.find(rng, task.unitId, ['handler_lead', 'handler'], atMs);
  const actor = holder ?? anybody();
  return actor === undefined ? undefined : stepOf(life, make(actor));
}
