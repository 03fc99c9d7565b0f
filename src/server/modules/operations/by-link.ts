import type * as z from 'zod';
import type { taskLinkRoutes } from '#contract/operations-links.ts';
import type { taskLinkView } from '#contract/operations-views.ts';
import type { Handlers } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { CaseRows } from '#server/modules/events/index.ts';
import { ledgerActorOf, linkActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { personNameContext, personPhoneContext } from './commands-link.ts';
import { assertLinkStands } from './link-stands.ts';
import { leadUnitOf } from './commands-open.ts';
import { sendMessage } from './commands-room.ts';
import { cordonsOf } from './feed.ts';
import type { OperationsDeps } from './parts.ts';
import { assertOpenLink, linkVerbs, stateOfLink, type LinkState } from './rules.ts';
import { findOperation, type OperationRow } from './store-operation.ts';
import { countOpen, findLinkBySecret, savePerson, type LinkRow } from './store-link.ts';
import { findRoomPhoto, listMessages, type MessageRow } from './store-room.ts';
import { unitView } from './views.ts';

/** Behind a signed link: one task of one unit. The secret is the permission; the event's rules still decide. */

type JsonLinkRoutes = Omit<typeof taskLinkRoutes, 'photo'>;
type View = z.input<typeof taskLinkView>;

interface Held {
  link: LinkRow;
  rows: CaseRows;
  task: CaseRows['tasks'][number];
  state: LinkState;
  operation: OperationRow | undefined;
  messages: MessageRow[];
}

/** @throws AppError not_found for a secret that opens nothing */
async function hold(kit: OperationsDeps, secret: string): Promise<Held> {
  return kit.database.read(systemScope, async (tx) => {
    const link = await findLinkBySecret(tx, digestSecret(secret));
    const rows = link === undefined ? undefined : await kit.events.joint.look(tx, link.eventId);
    const task = rows?.tasks.find((one) => one.id === link?.taskId);
    if (link === undefined || rows === undefined || task === undefined)
      throw new AppError('not_found', 'This task link opens nothing. Check that the whole link was copied.');
    const operation = await findOperation(tx, link.eventId);
    const messages = operation === undefined ? [] : await listMessages(tx, operation.id);
    return { link, rows, task, state: stateOfLink(link, task.status, kit.clock.now()), operation, messages };
  });
}

function nameOf({ vault }: OperationsDeps, link: LinkRow): string | null {
  return link.personName === null ? null : vault.open(link.personName, personNameContext);
}

/** Whoever acts behind it. @throws AppError link_ended, not_allowed before they said who they are */
async function enter(kit: OperationsDeps, secret: string): Promise<{ actor: Actor; link: LinkRow }> {
  const { link, state } = await hold(kit, secret);
  assertOpenLink(state);
  const name = nameOf(kit, link);
  if (name === null)
    throw new AppError('not_allowed', 'Say who you are first: name and telephone, once for this link.', {
      need: 'introduce',
    });
  return { actor: actorOf(link, name), link };
}

const actorOf = (link: LinkRow, name: string): Actor =>
  linkActor({ id: link.id, unitId: link.unitId, taskId: link.taskId, name });

export function linkHandlers(kit: OperationsDeps): Handlers<JsonLinkRoutes, unknown> {
  /** One of the event's own commands, on the link's own task. */
  async function onTask<B extends { opId: string }>(
    secret: string,
    body: B,
    command: (
      input: { params: { id: string }; query: Record<string, never>; body: B & { taskId: string } },
      ctx: { actor: Actor },
    ) => Promise<{ at: string; ledgerId: string }>,
  ): Promise<{ at: string; ledgerId: string }> {
    const { actor, link } = await enter(kit, secret);
    const { at, ledgerId } = await command(
      { params: { id: link.eventId }, query: {}, body: { ...body, taskId: link.taskId } },
      { actor },
    );
    return { at, ledgerId };
  }
  const { handlers } = kit.events;
  return {
    view: ({ params }) => readByLink(kit, params.secret),
    introduce: ({ params, body }) => introduce(kit, params.secret, body),
    accept: ({ params, body }) => onTask(params.secret, body, handlers.accept),
    arrive: ({ params, body }) => onTask(params.secret, body, handlers.arrive),
    progress: ({ params, body }) => onTask(params.secret, body, handlers.note),
    finish: ({ params, body }) => onTask(params.secret, { ...body, showReporter: false }, handlers.finish),
    giveBack: ({ params, body }) => onTask(params.secret, { ...body, beyondTier: false }, handlers.return),
    message: async ({ params, body }) => {
      const { actor, link } = await enter(kit, params.secret);
      const { at, ledgerId } = await sendMessage(kit, actor, link.eventId, body, link.taskId);
      if (ledgerId === null) throw new AppError('internal', 'A message always leaves a line.');
      return { at, ledgerId };
    },
  };
}

/** Who acts behind the link, said once; another person who takes over says it again. The telephone is sealed, the ledger never has it. */
async function introduce(
  kit: OperationsDeps,
  secret: string,
  body: { opId: string; name: string; phone: string },
): Promise<{ at: string; ledgerId: string }> {
  const { link, rows, state } = await hold(kit, secret);
  assertOpenLink(state);
  const actor = actorOf(link, body.name);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'operation.introduce', request: body };
  return once(kit.database, systemScope, op, async (tx) => {
    const nowMs = kit.clock.now();
    await assertLinkStands(tx, link.id, nowMs);
    await savePerson(tx, link.id, {
      name: kit.vault.seal(body.name, personNameContext),
      phone: kit.vault.seal(body.phone, personPhoneContext),
    });
    const ledgerId = await append(tx, {
      actor: ledgerActorOf(actor, link.unitId),
      action: 'operation.introduce',
      subject: { type: 'task_link', id: link.id },
      district: rows.event.district,
      atMs: nowMs,
      data: { eventId: rows.event.id, linkId: link.id, taskId: link.taskId },
      words: { name: body.name },
      audience: kit.events.joint.audience(rows),
      opId: body.opId,
    });
    return { at: toIso(nowMs), ledgerId };
  });
}

/** What the page shows. A link that was taken back or has expired shows nothing but that. @throws AppError link_ended */
async function readByLink(kit: OperationsDeps, secret: string): Promise<View> {
  const held = await hold(kit, secret);
  const { link, rows, state, operation } = held;
  // Whoever gave the task back may read that; nothing is shown any more to whoever should not have the link.
  if (state === 'revoked' || state === 'expired') assertOpenLink(state);
  await kit.database.inTx(systemScope, (tx) => countOpen(tx, link.id, kit.clock.now()));
  const name = nameOf(kit, link);
  const eventOpen = rows.event.endedMs === null;
  const talking = operation !== undefined && operation.endedMs === null;
  return {
    state,
    expiresAt: toIso(link.expiresMs),
    unit: unitView(kit.territory, link.unitId),
    introduced: name === null ? null : { name },
    event: await eventOf(kit, rows),
    task: taskOf(kit, held),
    others: othersOf(kit, held),
    cordons: cordonsOf(kit.territory, held.messages, noNames).map(({ id, shape, words }) => ({ id, shape, words })),
    messages: messagesOf(kit, held),
    allowed: linkVerbs(state, held.task, { eventOpen, talking }),
  };
}

const noNames = { accounts: new Map<string, string>(), links: new Map<string, string>() };

async function eventOf(kit: OperationsDeps, rows: CaseRows): Promise<View['event']> {
  const { number, title, priority, status, lon, lat, placeWords, reportedMs } = rows.event;
  const { categories } = await kit.events.joint.classOf(rows);
  return {
    number,
    title,
    priority,
    status,
    lon,
    lat,
    placeWords,
    categoryName: categories[0]?.name ?? '',
    categoryNameEn: categories[0]?.nameEn ?? '',
    reportedAt: toIso(reportedMs),
    leadUnit: unitView(kit.territory, leadUnitOf(rows)),
  };
}

const isoOrNull = (ms: number | null) => (ms === null ? null : toIso(ms));

function taskOf(kit: OperationsDeps, { rows, task }: Held): View['task'] {
  const { id, part, status, instruction, result, reason } = task;
  const clock = rows.clocks.find((one) => one.taskId === id && one.stoppedMs === null);
  return {
    id,
    part,
    status,
    instruction,
    result,
    reason,
    offeredAt: toIso(task.offeredMs),
    acceptedAt: isoOrNull(task.acceptedMs),
    onSiteAt: isoOrNull(task.onSiteMs),
    doneAt: isoOrNull(task.doneMs),
    clockStartedAt: clock === undefined ? null : toIso(clock.startedMs),
    dueAt: clock === undefined ? null : isoOrNull(clock.dueMs),
    late: clock !== undefined && (clock.late || (clock.dueMs !== null && kit.clock.now() > clock.dueMs)),
  };
}

function othersOf({ territory }: OperationsDeps, { rows, task }: Held): View['others'] {
  return rows.tasks
    .filter((one) => one.id !== task.id && one.round === rows.event.reopens)
    .map(({ unitId, part, status }) => ({ unit: unitView(territory, unitId), part, status }));
}

/** What units said to one another. Positions and the inner steps of the desk stay inside. */
const shown: readonly MessageRow['kind'][] = ['message', 'photo', 'cordon', 'cordon_lift', 'system'];

function messagesOf({ territory }: OperationsDeps, { messages, link }: Held): View['messages'] {
  return messages.flatMap((one) => {
    if (!shown.includes(one.kind)) return [];
    const { id, kind, words, unitId } = one;
    const unit = unitId === null ? null : unitView(territory, unitId);
    return [
      { id, at: toIso(one.atMs), kind, unit, own: one.linkId === link.id, words, attachments: one.attachmentIds },
    ];
  });
}

/** Where a photo lies that this link may see; undefined when it may not. @throws AppError not_found, link_ended */
export async function findPhotoByLink(
  kit: OperationsDeps,
  secret: string,
  photoId: string,
): Promise<{ storageKey: string } | undefined> {
  const { link, state } = await hold(kit, secret);
  if (state === 'revoked' || state === 'expired') assertOpenLink(state);
  return kit.database.read(systemScope, (tx) => findRoomPhoto(tx, photoId, link));
}
