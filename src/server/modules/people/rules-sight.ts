/**
 * The one table of who sees what of a person in care. Everything that shows somebody goes through it (sight.ts); the
 * property test reads it too. A restricted record is 'none' to everybody without care.restricted over its area, whatever
 * the table says of the rest.
 */
import { grantsFor, holds, type Actor } from '#server/modules/identity/index.ts';

/**
 * How somebody stands to one record.
 * - `duty`: care.read over the person's community or below, or answers for them by name.
 * - `register`: care.read from above the community (a street, a district).
 * - `glance`: care.glance only, as the seats of a centre have.
 */
export type Standing = 'none' | 'glance' | 'register' | 'duty';

/**
 * Why it is shown. `plain`: no reason given. `room`: in the room of an urgent event (P0, P1) with a purpose on record.
 * `purpose`: the reveal of one person for a purpose on record.
 */
export type Circumstance = 'plain' | 'room' | 'purpose';

/**
 * How much of a field. `kept`: only whether there is anything. `masked`: as rules.ts masks it; a place becomes the middle
 * of its grid.
 */
export type Level = 'none' | 'kept' | 'masked' | 'full';

export const careFields = [
  'id',
  'tags',
  'colour',
  'name',
  'phone',
  'idNumber',
  'address',
  'addressDetail',
  'contact',
  'guardian',
  'health',
  'birthYear',
  'place',
  'areaCode',
  'responsibleId',
] as const;
export type CareField = (typeof careFields)[number];

const circumstances = ['plain', 'room', 'purpose'] as const satisfies readonly Circumstance[];
const standings = ['glance', 'register', 'duty'] as const satisfies readonly Standing[];
const letters = { '-': 'none', k: 'kept', m: 'masked', F: 'full' } as const satisfies Record<string, Level>;

/** Per field three columns (plain, room, purpose) for each standing: glance, register, duty. */
const table: Record<CareField, string> = {
  //              glance  register duty
  id: /*       */ '-F-     FFF      FFF',
  tags: /*     */ 'FFF     FFF      FFF',
  colour: /*   */ 'FFF     FFF      FFF',
  name: /*     */ '-m-     mmF      mmF',
  phone: /*    */ '---     mmF      mmF',
  idNumber: /* */ '---     --m      mmF',
  address: /*  */ '-F-     FFF      FFF', // kept no finer than the house
  addressDetail: '---     kkF      kkF',
  contact: /*  */ '---     kkF      kkF',
  guardian: /* */ '---     kkF      kkF',
  health: /*   */ '---     kkk      kkF',
  birthYear: /**/ '---     --F      FFF',
  place: /*    */ 'mFm     mFF      FFF',
  areaCode: /* */ 'FFF     FFF      FFF',
  responsibleId: '---     FFF      FFF',
};

/** How much of a field is shown to somebody who stands so, in this circumstance. */
export function levelOf(field: CareField, standing: Standing, circumstance: Circumstance): Level {
  if (standing === 'none') return 'none';
  const column = standings.indexOf(standing) * circumstances.length + circumstances.indexOf(circumstance);
  const letter = table[field].replaceAll(' ', '')[column] ?? '-';
  return letters[letter as keyof typeof letters];
}

/** What a record offers for the question how somebody stands to it. */
export interface Reachable {
  path: readonly string[];
  responsibleId: string | null;
  restricted: boolean;
}

/** How the actor stands to a record. The program's own acts stand on duty, but not to what is restricted. */
export function standingTo(actor: Actor, row: Reachable): Standing {
  const reach = { path: row.path, units: [] };
  if (row.restricted)
    return grantsFor(actor, 'care.restricted', reach).length > 0 && reads(actor, row) ? 'duty' : 'none';
  if (actor.kind === 'system') return 'duty';
  const readers = grantsFor(actor, 'care.read', reach);
  if (answersFor(actor, row) || readers.some(({ areaCode }) => isNear(areaCode))) return 'duty';
  if (readers.length > 0) return 'register';
  return grantsFor(actor, 'care.glance', reach).length > 0 ? 'glance' : 'none';
}

const reads = (actor: Actor, row: Reachable): boolean =>
  answersFor(actor, row) || grantsFor(actor, 'care.read', { path: row.path, units: [] }).length > 0;

const answersFor = (actor: Actor, { responsibleId }: Reachable): boolean =>
  responsibleId !== null && responsibleId === actor.accountId && holds(actor, 'care.read');

/** A community, a grid or a micro-grid: those who know the houses. Codes of streets have nine digits. */
const isNear = (areaCode: string | null): boolean => areaCode !== null && areaCode.length >= 12;
