import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { impassable } from '#engine/network/profile.ts';
import { networkVersion } from '#engine/network/binary.ts';
import { joined } from '#engine/network/holds.ts';
import { limitsS, type CityAsked, type ClassResult, type ProfileResult } from './evaluate-city.ts';
import { circleRule } from './rules.ts';
import type { Cells } from './tables.ts';

/** Everything a run follows from: the same gives the same bytes of every file. */
export function inputsOf(asked: CityAsked) {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const { ground, cells, facilities, profiles, classes, at, unknownIsOpen, snapM, snapCellsM, cutoffMin } = asked;
  return {
    code: { version, networkVersion },
    network: ground.hash,
    cells: hashOf({ ...cells }),
    facilities: hashOf({ ...facilities }),
    profiles: [...profiles.values()].map(({ code, profile }) => ({ code, ...profile })),
    classes: [...classes.values()].map(({ code, walkMin }) => ({ code, walkMin })),
    limitsS,
    at,
    unknownIsOpen,
    snapM,
    snapCellsM,
    cutoffMin,
    back: { slower: circleRule('back_slower'), seconds: circleRule('back_slower_seconds') },
  };
}

/** SHA-256 over canonical JSON (RFC 8785); numbers nobody knows are null. 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  const plain = JSON.parse(
    JSON.stringify(value, (_, part: unknown) => (ArrayBuffer.isView(part) ? [...(part as Float64Array)] : part)),
  ) as unknown;
  return createHash('sha256')
    .update(canonicalize(plain) ?? '')
    .digest('hex');
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** A share in percent with one decimal; null of nobody. */
const percent = (part: number, whole: number): number | null => (whole === 0 ? null : round((100 * part) / whole, 1));

/** Median of a value over people; null of nobody. */
function medianOf(values: ArrayLike<number>, people: ArrayLike<number>): number | null {
  const order = Array.from({ length: values.length }, (_, k) => k)
    .filter((k) => (people[k] as number) > 0 && Number.isFinite(values[k] as number))
    .sort((a, b) => (values[a] as number) - (values[b] as number));
  const whole = order.reduce((sum, k) => sum + (people[k] as number), 0);
  let passed = 0;
  for (const k of order) {
    passed += people[k] as number;
    if (passed * 2 >= whole) return values[k] as number;
  }
  return null;
}

/** One class for one walker, in numbers. */
export function classSummary({ norm, places, reach, hoursUnknown, detour, holds }: ClassResult, cells: Cells) {
  const { whole, lacking, within, nearestDs, backDs } = reach;
  const minutes = Float64Array.from(nearestDs, (ds) => (ds === impassable ? Infinity : ds / 600));
  const median = medianOf(
    minutes.map((value) => (value === Infinity ? 1e9 : value)),
    cells.people,
  );
  const [times, moreDs] = [circleRule('back_slower'), circleRule('back_slower_seconds') * 10];
  const harder = Array.from(nearestDs, (ds, k) => {
    const back = backDs?.[k] ?? impassable;
    return ds !== impassable && (back === impassable || (back > ds * times && back - ds >= moreDs))
      ? (cells.people[k] as number)
      : 0;
  }).reduce((sum, count) => sum + count, 0);
  const typicalDetour = medianOf(detour, cells.people);
  return {
    class: norm.code,
    name: norm.name,
    nameEn: norm.nameEn,
    standardMin: norm.walkMin,
    facilities: places.code.length,
    counted: reach.counted,
    notJoined: places.code.filter((_, k) => !joined(holds, k)).length,
    hoursUnknown,
    within: within.map(({ seconds, people, elders, children }) => ({
      minutes: seconds / 60,
      people: percent(people, whole.people),
      elders: cells.knows.elders ? percent(elders, whole.elders) : null,
      children: cells.knows.children ? percent(children, whole.children) : null,
    })),
    lacking: {
      people: lacking.people,
      elders: cells.knows.elders ? lacking.elders : null,
      children: cells.knows.children ? lacking.children : null,
      share: percent(lacking.people, whole.people),
      cells: reach.lackingCells.length,
    },
    medianMinutes: median === null || median === 1e9 ? null : round(median, 1),
    medianDetour: typicalDetour === null ? null : round(typicalDetour, 2),
    wayBackHarderPeople: harder,
    capacityUnknown: reach.capacityUnknown,
    gini: reach.gini === null ? null : round(reach.gini, 3),
    palma: reach.palma === null ? null : round(reach.palma, 2),
  };
}

export type ClassSummary = ReturnType<typeof classSummary>;

/** The whole run in numbers, with the hash by which it can be made again. */
export function summaryOf(asked: CityAsked, results: readonly ProfileResult[]) {
  const { cells } = asked;
  const inputs = inputsOf(asked);
  const sum = (of: Float64Array): number => of.reduce((all, count) => all + count, 0);
  return {
    hash: hashOf(inputs),
    inputs,
    people: sum(cells.people),
    elders: cells.knows.elders ? sum(cells.elders) : null,
    children: cells.knows.children ? sum(cells.children) : null,
    cells: cells.code.length,
    profiles: results.map(({ word, cellHolds, classes, astray }) => ({
      profile: word.code,
      cellsNotJoined: cells.code.filter((_, k) => !joined(cellHolds, k)).length,
      peopleNotJoined: cells.people.reduce((all, count, k) => all + (joined(cellHolds, k) ? 0 : count), 0),
      facilitiesNotJoined: astray.map(({ nearestM, ...place }) => ({
        ...place,
        nearestM: nearestM === null ? null : Math.round(nearestM),
      })),
      classes: classes.map((found) => classSummary(found, cells)),
    })),
  };
}

export type Summary = ReturnType<typeof summaryOf>;
