/** Standards as the desk sees and sets them. */
import type { standardRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf, type Area } from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { areaFor, areasOf } from './area-choice.ts';
import { classOf, facilityClasses, type FacilityClass } from './dictionary.ts';
import type { FacilitiesParts } from './parts.ts';
import { assertSeen, mayKeep } from './place.ts';
import { namesFor } from './seen-names.ts';
import { standardsUnder, type Standard } from './standards.ts';
import { insertStandard, listStandardHistory, listStandards, type StandardRow } from './store-standards.ts';

type Routes = typeof standardRoutes;
type Row = Output<Routes['list']>['items'][number];
type Own = Output<Routes['history']>['items'][number];

const isSettable = ({ tier }: Area): boolean => tier === 'city' || tier === 'district';

/** The city or district meant. @throws AppError not_found */
function settableArea(parts: FacilitiesParts, actor: Actor, code: string | undefined): Area {
  const area = areaFor(parts, actor, code);
  return (
    [...area.path]
      .reverse()
      .flatMap((one) => parts.territory.area(one) ?? [])
      .find(isSettable) ?? area
  );
}

const valuesOf = ({ walkMin, radiusM, perPeople }: FacilityClass | Standard) => ({ walkMin, radiusM, perPeople });

interface Shown {
  words: readonly StandardRow[];
  area: Area;
  who: ReadonlyMap<string, string>;
}

function ownView(parts: FacilitiesParts, word: StandardRow, who: Shown['who']): Own {
  const { areaCode, version, walkMin, radiusM, perPeople, reason, at, accountId } = word;
  const areaName = parts.territory.area(areaCode)?.name ?? areaCode;
  const byName = accountId === null ? null : (who.get(accountId) ?? null);
  return { areaCode, areaName, version, walkMin, radiusM, perPeople, reason, at: at.toISOString(), byName };
}

function rowOf(parts: FacilitiesParts, standard: Standard, { words, area, who }: Shown): Row {
  const norm = classOf(standard.code);
  const own = words.find(
    ({ areaCode, classCode }) => areaCode === standard.own?.areaCode && classCode === standard.code,
  );
  const here = words.find(({ areaCode, classCode }) => areaCode === area.code && classCode === standard.code);
  return {
    ...norm,
    norm: valuesOf(norm),
    inForce: valuesOf(standard),
    own: own === undefined ? null : ownView(parts, own, who),
    version: here?.version ?? 0,
  };
}

async function readRows(
  parts: FacilitiesParts,
  tx: Tx,
  actor: Actor,
  area: Area,
  classes: Iterable<FacilityClass>,
): Promise<Row[]> {
  const words = await listStandards(tx, area.path);
  const accountIds = words.flatMap(({ accountId }) => accountId ?? []);
  const who = await namesFor(parts.names, tx, actor, { path: area.path, accountIds });
  return standardsUnder(classes, words, area.path).map((one) => rowOf(parts, one, { words, area, who }));
}

/** Every class with its norm, what the city or district says, and what counts. @throws AppError not_found */
export async function listForDesk(
  parts: FacilitiesParts,
  actor: Actor,
  { area: code }: Input<Routes['list']>['query'],
): Promise<Output<Routes['list']>> {
  const area = settableArea(parts, actor, code);
  const items = await parts.database.read(systemScope, (tx) =>
    readRows(parts, tx, actor, area, facilityClasses().values()),
  );
  return {
    areaCode: area.code,
    areaName: area.name,
    mayEdit: mayKeep(actor, area.path),
    areas: choicesOf(parts, actor),
    items,
  };
}

function choicesOf(parts: FacilitiesParts, actor: Actor): { code: string; name: string }[] {
  const found = areasOf(parts, actor).flatMap((area) => [
    ...area.path.flatMap((code) => parts.territory.area(code) ?? []),
    ...(area.tier === 'city' ? parts.territory.children(area.code) : []),
  ]);
  const chosen = new Map(found.filter(isSettable).map(({ code, name }) => [code, { code, name }]));
  return [...chosen.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Every word on a class in a district and its city, the latest first. @throws AppError not_found, bad_input */
export async function readStandardHistory(
  parts: FacilitiesParts,
  actor: Actor,
  classCode: string,
  code: string,
): Promise<Output<Routes['history']>> {
  classOf(classCode);
  const area = settableArea(parts, actor, code);
  return parts.database.read(systemScope, async (tx) => {
    const words = await listStandardHistory(tx, area.path, classCode);
    const accountIds = words.flatMap(({ accountId }) => accountId ?? []);
    const who = await namesFor(parts.names, tx, actor, { path: area.path, accountIds });
    return { items: words.map((word) => ownView(parts, word, who)) };
  });
}

/**
 * Sets the values of a class for a city or district; three nulls give the norm back. Words are never changed, only followed.
 * @throws AppError not_found, not_allowed, bad_input, version_conflict
 */
export async function setStandard(
  parts: FacilitiesParts,
  actor: Actor,
  classCode: string,
  body: Input<Routes['set']>['body'],
): Promise<Output<Routes['set']>> {
  const { opId, areaCode, version, ...values } = body;
  const norm = classOf(classCode);
  const area = parts.territory.area(areaCode);
  if (area === undefined || !isSettable(area))
    throw new AppError('bad_input', `areaCode: expected a city or a district, found ${areaCode}.`, {
      field: 'areaCode',
    });
  if (!mayKeep(actor, area.path))
    throw new AppError('not_allowed', `${area.name} is not wholly yours to set standards for. Ask its planner.`);
  const op = {
    opId,
    actor: senderOf(actor),
    route: 'facility.standard',
    request: { classCode, areaCode, version, ...values },
  };
  return once(parts.database, systemScope, op, async (tx) => {
    const nowMs = parts.clock.now();
    const before = (await listStandards(tx, [areaCode])).find((one) => one.classCode === classCode);
    assertSeen(before ?? { version: 0 }, version);
    const row: StandardRow = {
      id: uuidV7(nowMs),
      areaCode,
      classCode,
      version: version + 1,
      ...values,
      at: new Date(nowMs),
      accountId: actor.accountId,
    };
    await insertStandard(tx, row);
    const from =
      before === undefined ? null : { walkMin: before.walkMin, radiusM: before.radiusM, perPeople: before.perPeople };
    const { walkMin, radiusM, perPeople } = row;
    const ledgerId = await append(tx, {
      actor: ledgerActor(actor),
      action: 'facility.standard',
      subject: { type: 'area', id: areaCode },
      district: districtOf(area.path),
      atMs: nowMs,
      data: { classCode, version: row.version, from, to: { walkMin, radiusM, perPeople } },
      words: { reason: row.reason },
      audience: [`a:${areaCode}`],
      opId,
    });
    const [standard] = await readRows(parts, tx, actor, area, [norm]);
    if (standard === undefined) throw new Error(`The class ${classCode} has no standard.`);
    return { standard, at: toIso(nowMs), ledgerId };
  });
}
