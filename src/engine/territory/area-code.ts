/**
 * Codes of the territory: GB/T 2260 (6 digits) + street (3) + community (3) + grid (3) + micro-grid (2).
 * The tier follows from the length; a code of 6 digits is a city when it ends in 00, otherwise a district.
 */
import { AppError } from '#kit/errors.ts';
import type { Tier } from '#kit/tiers.ts';

export interface AreaCode {
  code: string;
  tier: Tier;
  /** Code of the area above; undefined for a city. */
  parentCode: string | undefined;
  /** The own last digits: 2 for a micro-grid, 3 for a grid, community or street, 6 for a district or city. */
  sequence: string;
  /** True for a grid of its own kind (专属网格: a market, hospital, station …), sequence 901–999. */
  isExclusive: boolean;
}

const tierByLength: Record<number, Tier> = { 9: 'street', 12: 'community', 15: 'grid', 17: 'micro_grid' };

/** Provinces whose districts stand directly under the city: 北京 天津 上海 重庆. */
const municipalities = new Set(['11', '12', '31', '50']);

const firstExclusive = 901;
const lastOrdinary = 899;
const lastExclusive = 999;

/**
 * Reads an area code. Throws `bad_input`, naming what was found, for letters, an unknown length or a part that is all
 * zeros (statistics tables pad `500103004` to `500103004000`; cut the zeros off before importing).
 */
export function decodeAreaCode(code: string): AreaCode {
  if (!/^[0-9]+$/.test(code)) {
    throw refused(
      code,
      `An area code has digits only, found "${code.slice(0, 40)}". Remove spaces, letters and signs.`,
    );
  }
  if (code.length === 6) return decodeDivision(code);
  const tier = tierByLength[code.length];
  if (tier === undefined) {
    throw refused(
      code,
      `An area code has 6 (city, district), 9 (street), 12 (community), 15 (grid) or 17 (micro-grid) digits, found ${code.length} in "${code.slice(0, 40)}".`,
    );
  }
  const cut = tier === 'micro_grid' ? 15 : code.length - 3;
  const parentCode = code.slice(0, cut);
  const sequence = code.slice(cut);
  if (/^0+$/.test(sequence)) {
    throw refused(
      code,
      `The last ${sequence.length} digits of "${code}" are zeros. If ${parentCode} is meant, write it so.`,
    );
  }
  if (tier === 'grid' && sequence === '900') {
    throw refused(code, `Grid "${code}" has sequence 900: use 001–899, or 901–999 for an exclusive grid.`);
  }
  const above = decodeAreaCode(parentCode);
  if (above.tier === 'city')
    throw refused(code, `A street stands under a district, but ${parentCode} in "${code}" is a city.`);
  return { code, tier, parentCode, sequence, isExclusive: tier === 'grid' && Number(sequence) >= firstExclusive };
}

function decodeDivision(code: string): AreaCode {
  const province = code.slice(0, 2);
  if (province < '11' || province > '82') {
    throw refused(code, `GB/T 2260 codes begin with a province from 11 to 82, found "${province}" in "${code}".`);
  }
  const isMunicipality = municipalities.has(province);
  if (code.endsWith('0000') && !isMunicipality) {
    throw refused(code, `"${code}" is a province; the top of the territory is a city, such as ${province}0100.`);
  }
  const tier: Tier = code.endsWith('00') ? 'city' : 'district';
  const city = isMunicipality ? `${province}0000` : `${code.slice(0, 4)}00`;
  return { code, tier, parentCode: tier === 'city' ? undefined : city, sequence: code, isExclusive: false };
}

/** The tier of a code. Throws like `decodeAreaCode`. */
export function tierOf(code: string): Tier {
  return decodeAreaCode(code).tier;
}

/** The code of the area above, or undefined for a city. Throws like `decodeAreaCode`. */
export function parentCodeOf(code: string): string | undefined {
  return decodeAreaCode(code).parentCode;
}

/** All codes from the city down to this one, itself last. Throws like `decodeAreaCode`. */
export function codePath(code: string): string[] {
  const { parentCode } = decodeAreaCode(code);
  return parentCode === undefined ? [code] : [...codePath(parentCode), code];
}

/**
 * The next unused grid code of a community: one above the highest in use, so that the number of a grid that was given
 * up is not handed to another place while it is still the highest. `exclusive` counts from 901. Codes of other
 * communities in `existing` are ignored. Throws `bad_input` when the community code is wrong or its numbers are used up.
 */
export function nextGridCode(
  existing: Iterable<string>,
  communityCode: string,
  options: { exclusive?: boolean } = {},
): string {
  if (decodeAreaCode(communityCode).tier !== 'community') {
    throw refused(communityCode, `A grid belongs to a community (12 digits), found "${communityCode}".`);
  }
  const exclusive = options.exclusive ?? false;
  let highest = exclusive ? firstExclusive - 1 : 0;
  for (const code of existing) {
    if (code.length !== 15 || !code.startsWith(communityCode)) continue;
    const sequence = Number(code.slice(12));
    if (sequence >= firstExclusive === exclusive && sequence > highest) highest = sequence;
  }
  const limit = exclusive ? lastExclusive : lastOrdinary;
  if (highest >= limit) {
    throw refused(
      communityCode,
      `Community ${communityCode} has used its grid numbers up to ${limit}. Split the community first.`,
    );
  }
  return communityCode + String(highest + 1).padStart(3, '0');
}

function refused(code: string, message: string): AppError {
  return new AppError('bad_input', message, { field: 'code', code: code.slice(0, 40) });
}
