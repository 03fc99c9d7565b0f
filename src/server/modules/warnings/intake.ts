/** A message comes in: read, placed, kept once, its chain settled. The same door for files, pushes, polls and our own. */
import type { WarningState } from '#contract/warnings-words.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import type { CapAlert, CapInfo } from './cap.ts';
import { ownSender, type WarningsParts } from './parts.ts';
import { record } from './record.ts';
import { placeAlert } from './rules-areas.ts';
import { spanOf, standingsOf } from './rules-chain.ts';
import { colourOf, kindOf } from './rules-colour.ts';
import { findKnown, findWarning, insertWarning, lockWarnings, type StoredWarning } from './store.ts';
import { settleChain } from './settle.ts';
import { districtOf, treeOf } from './tree.ts';

export interface Arrival {
  alert: CapAlert;
  /** The document as it came. */
  raw: Uint8Array;
  origin: StoredWarning['origin'];
  sourceId: string | null;
  /** Our own messages say their areas themselves; borders that are rounded on the way must not touch neighbours. */
  areas?: readonly string[];
  /** Where a message that names no place counts. */
  fallback: string | null;
  actor: Actor;
  opId?: string | null;
}

export interface Received {
  id: string;
  duplicate: boolean;
  state: WarningState;
  outside: boolean;
}

/** Keeps a message. One that is here already changes nothing. @throws AppError bad_input for a foreign message under our name */
export async function receive(parts: WarningsParts, tx: Tx, arrival: Arrival, atMs: number): Promise<Received> {
  const { alert, origin } = arrival;
  if (origin !== 'issued' && alert.sender === ownSender(parts.publicUrl))
    throw new AppError('bad_input', `alert.sender: expected another sender than our own, found "${alert.sender}".`);
  await lockWarnings(tx);
  const known = await findKnown(tx, alert);
  if (known !== undefined) return answerOf(tx, known, true);
  const row = rowOf(parts, arrival, atMs);
  await insertWarning(tx, { ...row, content: alert, raw: arrival.raw });
  await record(parts, tx, {
    actor: arrival.actor,
    action: origin === 'issued' ? 'warning.issue' : 'warning.receive',
    subject: { type: 'warning', id: row.id },
    areas: row.areas,
    atMs,
    data: factsOf(row),
    words: { sender: row.sender, identifier: row.identifier, headline: row.headline },
    opId: arrival.opId ?? null,
  });
  await settleChain(parts, tx, row.id, atMs, true);
  return answerOf(tx, row.id, false);
}

async function answerOf(tx: Tx, id: string, duplicate: boolean): Promise<Received> {
  const row = await findWarning(tx, id);
  if (row === undefined) throw new Error(`Warning ${id} was kept but cannot be read.`);
  return { id, duplicate, state: row.state, outside: row.outside };
}

/** The block that is shown first: Chinese when there is one. */
export function mainInfo(alert: CapAlert): CapInfo | undefined {
  return alert.info.find(({ language }) => /^zh/i.test(language)) ?? alert.info[0];
}

function rowOf(
  parts: WarningsParts,
  { alert, origin, sourceId, fallback, actor, areas }: Arrival,
  atMs: number,
): StoredWarning {
  const info = mainInfo(alert);
  const placed = placeAlert(alert, treeOf(parts.territory), fallback);
  const codes = areas === undefined ? placed.codes : [...areas].toSorted();
  const { startsMs, endsMs } = spanOf(alert);
  const id = uuidV7(atMs);
  const alone = { ...alert, id, sentMs: Date.parse(alert.sent), startsMs, endsMs };
  return {
    id,
    district: districtOf(parts.territory, codes),
    origin,
    sourceId,
    sender: alert.sender,
    identifier: alert.identifier,
    sent: new Date(alert.sent),
    status: alert.status,
    msgType: alert.msgType,
    scope: alert.scope,
    event: info?.event ?? '',
    kind: info === undefined ? null : (kindOf(info, parts.kinds)?.code ?? null),
    colour: info === undefined ? null : colourOf(info),
    severity: info?.severity ?? 'Unknown',
    headline: info?.headline ?? info?.event ?? alert.note ?? '',
    startsAt: new Date(startsMs),
    endsAt: new Date(endsMs),
    areas: codes,
    outside: codes.length === 0,
    shape: placed.shape,
    receivedAt: new Date(atMs),
    receivedBy: actor.accountId,
    state: standingsOf([alone], atMs).get(id)?.state ?? 'message',
    stateBy: null,
    stateAt: new Date(atMs),
  };
}

/** What an auditor may see: no words of people. */
function factsOf(row: StoredWarning): Record<string, unknown> {
  const { id, origin, sourceId, status, msgType, scope, kind, colour, areas, outside } = row;
  return {
    warningId: id,
    origin,
    sourceId,
    status,
    msgType,
    scope,
    kind,
    colour,
    areas,
    outside,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
  };
}
