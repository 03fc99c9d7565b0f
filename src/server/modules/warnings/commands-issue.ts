/** Our own warnings: issue, update, cancel. Each is a new message that goes through the same door as any other. */
import type { Input } from '#contract/route.ts';
import type { warningRoutes } from '#contract/warnings.ts';
import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { partsOf } from '#engine/territory/geometry.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { CapAlert, CapArea, CapInfo, CapReference } from './cap.ts';
import { readCap } from './cap-read.ts';
import { readIdentifier, writeIdentifier } from './cap-time.ts';
import { writeCap } from './cap-write.ts';
import { receive } from './intake.ts';
import { ownSender, type WarningsCtx, type WarningsParts } from './parts.ts';
import { severityFor } from './rules-colour.ts';
import { findContent, findKnown, findWarning, lockWarnings, readChain, type StoredWarning } from './store.ts';

type Draft = Input<typeof warningRoutes.update>['body'];
type Issued = { id: string; identifier: string; at: string };

/** @throws AppError not_allowed naming the first area that is not the actor's to warn */
function assertMayIssue(parts: WarningsParts, actor: Actor, areas: readonly string[]): void {
  const maps = parts.territory.maps();
  for (const code of areas) {
    const area = maps.areas.get(code);
    if (area === undefined || area.retiredAt !== null)
      throw new AppError('bad_input', `There is no area ${code} in use. Choose areas of the tree.`, { field: 'areas' });
    if (!mayIssue(actor, [area.path]))
      throw new AppError(
        'not_allowed',
        `None of your appointments lets you warn ${area.name} (${code}). Ask the centre that contains it.`,
        { code },
      );
  }
}

/** True when an appointment carries warning.issue over every path. */
export function mayIssue(actor: Actor, paths: readonly (readonly string[])[]): boolean {
  return paths.every((path) => grantsFor(actor, 'warning.issue', { path, units: [] }).length > 0);
}

/** @throws AppError bad_input, not_allowed */
export async function issueWarning(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  body: Input<typeof warningRoutes.issue>['body'],
): Promise<Issued> {
  const atMs = parts.clock.now();
  assertMayIssue(parts, actor, body.areas);
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'warnings.issue', request: body };
  return once(parts.database, scopeOf(actor), op, async (tx) => {
    const head = { status: body.status, msgType: 'Alert' as const, references: [] };
    return send(parts, tx, {
      actor,
      areas: body.areas,
      opId: body.opId,
      atMs,
      head,
      info: [infoOf(parts, body, atMs)],
    });
  });
}

/** A new message that names every earlier one of its chain. @throws AppError not_found, transition_not_allowed, not_allowed */
export async function updateWarning(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  id: string,
  body: Draft,
): Promise<Issued> {
  const atMs = parts.clock.now();
  assertMayIssue(parts, actor, body.areas);
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'warnings.update', request: { id, body } };
  return once(parts.database, scopeOf(actor), op, async (tx) => {
    const before = await getOwnRunning(parts, tx, actor, id);
    const head = { status: before.status, msgType: 'Update' as const, references: await namesOf(tx, id) };
    return send(parts, tx, {
      actor,
      areas: body.areas,
      opId: body.opId,
      atMs,
      head,
      info: [infoOf(parts, body, atMs)],
    });
  });
}

/** Ends a warning of ours before its time. @throws AppError as updateWarning */
export async function cancelWarning(
  parts: WarningsParts,
  { actor }: WarningsCtx,
  id: string,
  body: { opId: string; reason: string },
): Promise<Issued> {
  const atMs = parts.clock.now();
  const op = { opId: body.opId, actor: actor.accountId ?? actor.kind, route: 'warnings.cancel', request: { id, body } };
  return once(parts.database, scopeOf(actor), op, async (tx) => {
    const before = await getOwnRunning(parts, tx, actor, id);
    const info = ((await findContent(tx, id))?.content.info ?? []).map((one): CapInfo => ({
      ...one,
      urgency: 'Past',
      responseType: ['AllClear'],
      description: body.reason,
      instruction: '',
    }));
    const head = { status: before.status, msgType: 'Cancel' as const, references: await namesOf(tx, id) };
    return send(parts, tx, { actor, areas: before.areas, opId: body.opId, atMs, head, info, note: body.reason });
  });
}

async function getOwnRunning(parts: WarningsParts, tx: Tx, actor: Actor, id: string): Promise<StoredWarning> {
  await lockWarnings(tx);
  const found = await findWarning(tx, id);
  if (found === undefined) throw new AppError('not_found', 'There is no such warning, or it is not yours to see.');
  if (found.origin !== 'issued')
    throw new AppError('not_allowed', `This warning was issued by ${found.sender}; only they may change it.`);
  assertMayIssue(parts, actor, found.areas);
  if (found.state !== 'active' && found.state !== 'coming')
    throw new AppError(
      'transition_not_allowed',
      `Expected a warning that is coming or active, found ${found.state}. Open the newest message of its chain.`,
      { state: found.state },
    );
  return found;
}

/** How a new message names the whole chain, oldest first. */
async function namesOf(tx: Tx, id: string): Promise<CapReference[]> {
  const chain = (await readChain(tx, id)).toSorted(
    (a, b) => a.sentMs - b.sentMs || (a.identifier < b.identifier ? -1 : 1),
  );
  return chain.map(({ sender, identifier, sentMs }) => ({ sender, identifier, sent: toIso(sentMs) }));
}

interface Sending {
  actor: Actor;
  areas: readonly string[];
  opId: string;
  atMs: number;
  head: Pick<CapAlert, 'status' | 'msgType' | 'references'>;
  info: CapInfo[];
  note?: string;
}

/** Times of CAP have no fractions of a second, so ours begin at the whole second. */
async function send(parts: WarningsParts, tx: Tx, sending: Sending): Promise<Issued> {
  await lockWarnings(tx);
  const { actor, atMs, head, info, note } = sending;
  const sentMs = Math.floor(atMs / 1000) * 1000;
  const sender = ownSender(parts.publicUrl);
  const sent = toIso(sentMs);
  const identifier = await freeIdentifier(parts, tx, { sender, sent, sentMs });
  const alert: CapAlert = {
    ...head,
    sender,
    identifier,
    sent,
    scope: 'Public',
    code: [],
    ...(note === undefined ? {} : { note }),
    info,
  };
  // What the outside reads is what we keep: written, then read again.
  const raw = Buffer.from(writeCap(alert), 'utf8');
  const arrival = {
    alert: readCap(raw),
    raw,
    origin: 'issued' as const,
    sourceId: null,
    fallback: null,
    areas: sending.areas,
  };
  const { id } = await receive(parts, tx, { ...arrival, actor, opId: sending.opId }, atMs);
  return { id, identifier, at: toIso(atMs) };
}

/** Ten messages a second have a number; the eleventh waits for the next. */
async function freeIdentifier(
  parts: WarningsParts,
  tx: Tx,
  { sender, sent, sentMs }: { sender: string; sent: string; sentMs: number },
): Promise<string> {
  const division = (parts.territory.maps().childrenOf.get('')?.[0]?.code ?? '000000').slice(0, 6);
  for (let serial = 0; serial < 10; serial++) {
    const identifier = writeIdentifier({ division, trade: '000', unit: '000', part: '00', enteredMs: sentMs, serial });
    if (readIdentifier(identifier) === undefined) throw new Error(`Made an identifier that is none: ${identifier}`);
    if ((await findKnown(tx, { sender, identifier, sent })) === undefined) return identifier;
  }
  throw new AppError('too_many_requests', 'Ten messages were sent in this second. Wait a second and send again.');
}

function infoOf(parts: WarningsParts, draft: Draft, atMs: number): CapInfo {
  const kind = parts.kinds.find(({ code }) => code === draft.kind);
  if (kind === undefined)
    throw new AppError('bad_input', `Expected a kind of the dictionary, found "${draft.kind}".`, { field: 'kind' });
  const [startsMs, endsMs] = [Date.parse(draft.startsAt), Date.parse(draft.endsAt)];
  if (endsMs <= startsMs || endsMs <= atMs)
    throw new AppError('bad_input', 'Expected an end after the beginning and in the future.', { field: 'endsAt' });
  const [alias] = kind.aliases;
  return {
    language: 'zh-CN',
    category: [categoryOf(kind.code)],
    event: kind.name,
    responseType: ['Prepare'],
    urgency: draft.urgency,
    severity: severityFor(draft.colour),
    certainty: draft.certainty,
    eventCode: [
      { valueName: 'huangge:kind', value: kind.code },
      ...(alias === undefined ? [] : [{ valueName: 'GB/T 35965.1', value: alias }]),
    ],
    effective: draft.startsAt,
    expires: draft.endsAt,
    headline: draft.headline,
    description: draft.description,
    instruction: draft.instruction,
    parameter: [{ valueName: 'huangge:colour', value: draft.colour }],
    resource: [],
    area: draft.areas.map((code) => areaOf(parts, code)),
  };
}

const categories: Readonly<Record<string, CapInfo['category'][number]>> = {
  landslide: 'Geo',
  earthquake: 'Geo',
  fire: 'Fire',
  forest_fire: 'Fire',
  gas_leak: 'Other',
  outage: 'Other',
  other: 'Other',
};

function categoryOf(kind: string): CapInfo['category'][number] {
  return categories[kind] ?? 'Met';
}

/** Name, outline (outer rings: CAP knows no holes) and code of an area. */
function areaOf(parts: WarningsParts, code: string): CapArea {
  const area = parts.territory.maps().areas.get(code);
  const rings =
    area === undefined || area.geometry === null
      ? []
      : partsOf(area.geometry).flatMap(([outer]) => (outer === undefined ? [] : [outer]));
  return {
    areaDesc: area?.name ?? code,
    polygons: rings,
    circles: [],
    geocodes: [{ valueName: 'GB/T 2260', value: code }],
  };
}
