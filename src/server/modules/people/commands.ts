import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { districtOf, type Area, type LiveTerritory } from '#server/modules/grids/index.ts';
import { holds, ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { found } from './queries.ts';
import { mayEditCare, mayRestrict, toPlace } from './rules.ts';
import { standingTo } from './rules-sight.ts';
import { openSecrets, sealSecrets, type Secrets } from './sealing.ts';
import { showCare } from './sight.ts';
import { findCare, findName, insertCare, retireCare, updateCare, type KeptCare, type StoredCare } from './store.ts';
import { careTags } from './tags.ts';

/** What every command of this module works with. */
export interface Work {
  tx: Tx;
  territory: LiveTerritory;
  vault: Vault;
  actor: Actor;
  atMs: number;
  opId: string | null;
}

export interface CareWish extends Secrets {
  address: string;
  tags: string[];
  lon: number;
  lat: number;
  areaCode?: string;
  responsibleId: string | null;
}

interface Done {
  person: StoredCare;
  ledgerId: string;
}

/** Registers a person in care. @throws AppError already_exists, not_allowed, bad_input */
export async function createPerson(work: Work, wish: CareWish): Promise<Done> {
  const restricted = areRestricted(work.actor, wish.tags);
  const kept = await toKept(work, uuidV7(work.atMs), restricted, wish);
  if (!(await insertCare(work.tx, kept, work.atMs))) throw keptAlready();
  const person = await read(work, kept.id);
  return { person, ledgerId: await record(work, 'care.create', person, { areaCode: person.areaCode }) };
}

/** Changes what is given. @throws AppError not_found, not_allowed, version_conflict, already_exists, bad_input */
export async function editPerson(work: Work, id: string, wish: Partial<CareWish> & { version: number }): Promise<Done> {
  const before = await lockOwn(work, id, wish.version);
  const { version: _seen, ...changes } = wish;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const moved = wish.lon !== undefined || wish.lat !== undefined || wish.areaCode !== undefined;
  const { address, tags, lon, lat, responsibleId } = before;
  const old = { ...openSecrets(work.vault, before), address, tags, lon, lat, responsibleId };
  const full = { ...old, ...(moved ? {} : { areaCode: before.areaCode }), ...given } as CareWish;
  await updateCare(work.tx, await toKept(work, id, before.restricted, full), work.atMs).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === '23505') throw keptAlready();
    throw error;
  });
  const person = await read(work, id);
  const data = { areaCode: person.areaCode, from: before.areaCode, changed: Object.keys(given).toSorted() };
  return { person, ledgerId: await record(work, 'care.edit', person, data) };
}

/** Takes a person off the list. @throws AppError not_found, not_allowed, version_conflict */
export async function retirePerson(work: Work, id: string, wish: { version: number; reason: string }): Promise<Done> {
  await lockOwn(work, id, wish.version);
  await retireCare(work.tx, id, work.atMs);
  const person = await read(work, id);
  const words = { reason: wish.reason };
  return { person, ledgerId: await record(work, 'care.retire', person, { areaCode: person.areaCode }, words) };
}

/**
 * Opens what is masked, for a purpose that is written down with who asked. Call it in a transaction of its own: what it
 * answers may not be stored with the operation.
 * @throws AppError not_found
 */
export async function revealPerson(work: Work, id: string, purpose: string): Promise<Revealed & { id: string }> {
  const row = found(await findCare(work.tx, scopeFor(work.actor, 'care.read'), id));
  await record(work, 'care.reveal', row, { areaCode: row.areaCode }, { purpose });
  const eyes = { standing: standingTo(work.actor, row), circumstance: 'purpose' } as const;
  const { name, ...seen } = showCare(work, row, eyes, revealed);
  return { id, name: name ?? '', ...seen };
}

const revealed = [
  'name',
  'phone',
  'idNumber',
  'addressDetail',
  'contact',
  'guardian',
  'health',
  'birthYear',
] as const satisfies readonly (keyof Secrets)[];
type Revealed = Secrets;

async function read(work: Work, id: string): Promise<StoredCare> {
  const row = await findCare(work.tx, { ...systemScope, restricted: '*' }, id);
  if (row === undefined) throw new Error(`Person in care ${id} was saved but cannot be read.`);
  return row;
}

async function lockOwn(work: Work, id: string, version: number): Promise<StoredCare> {
  const row = found(await findCare(work.tx, scopeFor(work.actor, 'care.read'), id, true));
  assertMayEdit(work.actor, row.areaCode, row.path);
  if (row.retiredAt !== null)
    throw new AppError('not_found', 'This person is no longer in care. Register them again if need be.', { id });
  if (row.version !== version)
    throw new AppError(
      'version_conflict',
      `This was changed in the meantime: you saw version ${version}, it is now ${row.version}. Load it again and repeat.`,
      { expected: version, found: row.version },
    );
  return row;
}

function assertMayEdit(actor: Actor, code: string, path: readonly string[]): void {
  if (!mayEditCare(actor, path)) throw elsewhere(code);
}

function elsewhere(code: string): AppError {
  return new AppError('not_allowed', `None of your appointments lets you change people in care of area ${code}.`, {
    code,
  });
}

function keptAlready(): AppError {
  return new AppError(
    'already_exists',
    'Somebody with this identity number is in care already, perhaps in another area. Look them up first.',
    { field: 'idNumber' },
  );
}

function areaOf(territory: LiveTerritory, wish: Pick<CareWish, 'lon' | 'lat' | 'areaCode'>): Area {
  const area = wish.areaCode === undefined ? territory.locate(wish.lon, wish.lat) : territory.area(wish.areaCode);
  if (area !== undefined) return area;
  throw wish.areaCode === undefined
    ? new AppError('bad_input', 'lon, lat: expected a position inside a known area. Name the area in areaCode.', {
        field: 'lon',
      })
    : new AppError('bad_input', `areaCode: expected a known area, found ${wish.areaCode}.`, { field: 'areaCode' });
}

/** Whether a new record is restricted: its first tag says so. To those without the word such tags are unknown ones. */
function areRestricted(actor: Actor, tags: readonly string[]): boolean {
  return holds(actor, 'care.restricted') && careTags().get(tags[0] ?? '')?.restricted === true;
}

/** A record is restricted or it is not: somebody who is both has two records, so that the one cannot betray the other. */
function assertTags(tags: readonly string[], restricted: boolean): void {
  const known = [...careTags().values()].filter((tag) => tag.restricted === restricted).map(({ code }) => code);
  const stranger = tags.find((tag) => !known.includes(tag));
  if (stranger === undefined) return;
  throw new AppError('bad_input', `tags: expected ${known.join(', ')}, found ${stranger}.`, { field: 'tags' });
}

async function toKept(work: Work, id: string, restricted: boolean, wish: CareWish): Promise<KeptCare> {
  const area = areaOf(work.territory, wish);
  assertMayEdit(work.actor, area.code, area.path);
  if (restricted && !mayRestrict(work.actor, area.path)) throw elsewhere(area.code);
  assertTags(wish.tags, restricted);
  if (wish.responsibleId !== null && (await findName(work.tx, wish.responsibleId)) === undefined)
    throw new AppError('bad_input', 'responsibleId: expected the account of a person in service.', {
      field: 'responsibleId',
    });
  return {
    id,
    ...sealSecrets(work.vault, wish),
    restricted,
    tags: [...new Set(wish.tags)],
    address: wish.address,
    lon: toPlace(wish.lon),
    lat: toPlace(wish.lat),
    areaCode: area.code,
    path: [...area.path],
    district: districtOf(area.path),
    responsibleId: wish.responsibleId,
  };
}

/**
 * Data holds the area and names of fields only: whom the line is about stands behind the id. A restricted record's line
 * names no area and is told to nobody.
 */
function record(
  work: Work,
  action: string,
  row: StoredCare,
  data: Record<string, unknown>,
  words: Record<string, unknown> = {},
): Promise<string> {
  return append(work.tx, {
    actor: ledgerActor(work.actor),
    action,
    subject: { type: 'care_person', id: row.id },
    district: row.district,
    atMs: work.atMs,
    data: row.restricted ? { ...data, areaCode: undefined, from: undefined } : data,
    words,
    audience: action === 'care.reveal' || row.restricted ? [] : row.path.map((code) => `a:${code}`),
    opId: work.opId,
  });
}
