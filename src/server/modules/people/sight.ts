import type { CareColour } from '#contract/care.ts';
/** Shows a record of somebody in care, field by field, by the table of rules-sight.ts. Nothing else opens the vault for a view. */
import { pointWithin, type LiveTerritory } from '#server/modules/grids/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { maskIdNumber, maskName, maskPhone, toPlace } from './rules.ts';
import { levelOf, type CareField, type Circumstance, type Level, type Standing } from './rules-sight.ts';
import { openField, type SealedField } from './sealing.ts';
import type { StoredCare } from './store.ts';
import { colourOf } from './tags.ts';

/** Where somebody lives, WGS-84. Not exact: the middle of the grid. */
export interface SeenPlace {
  lon: number;
  lat: number;
  exact: boolean;
}

/** What may be shown of one person. Null: nothing is kept, or it is not for these eyes. */
export interface CareSight {
  id: string | null;
  tags: string[];
  colour: CareColour;
  name: string | null;
  phone: string | null;
  idNumber: string | null;
  address: string | null;
  addressDetail: string | null;
  contact: string | null;
  guardian: string | null;
  health: string | null;
  birthYear: number | null;
  place: SeenPlace;
  areaCode: string;
  responsibleId: string | null;
}

export interface Eyes {
  standing: Standing;
  circumstance: Circumstance;
}

export interface SightParts {
  vault: Vault;
  territory: LiveTerritory;
}

/** The fields wanted, each as far as the table lets these eyes see. Only what is shown is opened. */
export function showCare<F extends CareField>(
  parts: SightParts,
  row: StoredCare,
  eyes: Eyes,
  fields: readonly F[],
): Pick<CareSight, F> {
  const seen = fields.map((field) => [
    field,
    shapers[field](parts, row, levelOf(field, eyes.standing, eyes.circumstance)),
  ]);
  return Object.fromEntries(seen) as Pick<CareSight, F>;
}

/** True when something is kept there and these eyes may know so much. */
export function isKept(row: StoredCare, eyes: Eyes, field: SealedField): boolean {
  return row[field] !== null && levelOf(field, eyes.standing, eyes.circumstance) !== 'none';
}

type Shaper<F extends CareField> = (parts: SightParts, row: StoredCare, level: Level) => CareSight[F];

const shapers: { [F in CareField]: Shaper<F> } = {
  id: (_parts, row, level) => (level === 'full' ? row.id : null),
  tags: (_parts, row, level) => (level === 'full' ? row.tags : []),
  colour: (_parts, row, level) => (level === 'full' ? colourOf(row.tags) : 'blue'),
  name: sealed('name', maskName),
  phone: sealed('phone', maskPhone),
  idNumber: sealed('idNumber', maskIdNumber),
  address: (_parts, row, level) => (level === 'full' ? row.address : null),
  addressDetail: sealed('addressDetail'),
  contact: sealed('contact'),
  guardian: sealed('guardian'),
  health: sealed('health'),
  birthYear: ({ vault }, row, level) => (level === 'full' ? toYear(openField(vault, row, 'birthYear')) : null),
  place: (parts, row, level) => (level === 'full' ? exactly(row) : middleOf(parts.territory, row)),
  areaCode: (_parts, row) => row.areaCode,
  responsibleId: (_parts, row, level) => (level === 'full' ? row.responsibleId : null),
};

/** A field without a mask is shown whole or not at all. */
function sealed(field: SealedField, mask: (text: string) => string | null = () => null) {
  return ({ vault }: SightParts, row: StoredCare, level: Level): string | null => {
    if (level !== 'full' && level !== 'masked') return null;
    const text = openField(vault, row, field);
    return text === null || level === 'full' ? text : mask(text);
  };
}

const toYear = (text: string | null): number | null => (text === null ? null : Number(text));

const exactly = ({ lon, lat }: StoredCare): SeenPlace => ({ lon, lat, exact: true });

/** The middle of the grid; where nothing has an outline, a hundredth of a degree (about a kilometre). */
function middleOf(territory: LiveTerritory, row: StoredCare): SeenPlace {
  const [lon, lat] = pointWithin(territory, row.path.slice(0, gridDepth).at(-1) ?? row.areaCode) ?? [
    Math.round(row.lon * 100) / 100,
    Math.round(row.lat * 100) / 100,
  ];
  return { lon: toPlace(lon), lat: toPlace(lat), exact: false };
}

/** City, district, street, community, grid. */
const gridDepth = 5;

/**
 * The distance somebody may be told who is not told the house: from the middle of the square of a thousandth of a degree
 * (about 100 m) in which it stands, so that asking from many sides finds no more than the square.
 */
export function squareOf({ lon, lat }: { lon: number; lat: number }): { lon: number; lat: number } {
  return { lon: Math.round(lon * 1_000) / 1_000, lat: Math.round(lat * 1_000) / 1_000 };
}
