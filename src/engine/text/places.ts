/** Places named in a message: areas, known places, roads, estates and buildings, with where they lie as far as that is known. */
import { createWordFinder } from './word-finder.ts';

export type PlaceKind = 'area' | 'place' | 'road' | 'estate' | 'building';

export interface KnownPlace {
  name: string;
  /** Other ways to say it. */
  aliases: readonly string[];
  kind: 'area' | 'place';
  /** Code of the area it is or lies in; null where nobody knows. */
  areaCode: string | null;
  /** Codes from the city down to `areaCode`. */
  path: readonly string[];
  lon: number | null;
  lat: number | null;
}

export interface FoundPlace {
  /** UTF-16 units of the text. */
  start: number;
  end: number;
  name: string;
  kind: PlaceKind;
  areaCode: string | null;
  lon: number | null;
  lat: number | null;
  /** 'known': one place of this name, or one that lies nearest to the scope; 'several': more, none nearer; 'pattern': by its looks. */
  certainty: 'known' | 'several' | 'pattern';
}

export interface PlaceFinder {
  /** By place, not overlapping. `scope`: codes of the areas the message comes from; what lies there wins over its namesakes. */
  find(text: string, scope: readonly string[]): FoundPlace[];
}

const han = String.raw`\p{Script=Han}`;
/** Words that stand before a name and are no part of it. */
const before = '在到从往位于靠近的住是经过沿着及和与跟把对我们他她它您个了每去来请向为将被由至离旁边对面附近于';
const looks: readonly (readonly [kind: PlaceKind, pattern: RegExp])[] = [
  [
    'road',
    new RegExp(
      `[^${before}\\P{Script=Han}]{1,5}(?:大道|路|街|巷|隧道|立交|大桥)(?:\\d{1,4}号(?:附\\d{1,3}号)?)?(?![口灯面边上段])`,
      'gu',
    ),
  ],
  [
    'estate',
    new RegExp(`[^${before}\\P{Script=Han}]{2,7}(?:小区|花园|家园|公寓|新村|山庄|佳苑|嘉园|雅苑|华庭|名城|新城)`, 'gu'),
  ],
  [
    'building',
    new RegExp(`[^${before}\\P{Script=Han}]{2,7}(?:大厦|广场|市场|商场|医院|中学|小学|幼儿园|公园|车站|地铁站)`, 'gu'),
  ],
  ['building', /(?:\d{1,3}|[A-Za-z])(?:栋|幢|号楼)(?:\d{1,2}单元)?/gu],
];
const idleHeads = new RegExp(`^(?:这个|那个|整个|一个|本|该|各|每个|所有|${han}?们)`, 'u');

export function createPlaceFinder(places: readonly KnownPlace[]): PlaceFinder {
  const finder = createWordFinder(
    places.flatMap((place) => [place.name, ...place.aliases].map((name) => [name, place] as const)),
  );
  return {
    find(text, scope) {
      const known = finder.find(text).map(({ start, end, values }) => toKnown(start, end, values, scope));
      const guessed = looks.flatMap(([kind, pattern]) =>
        [...text.matchAll(pattern)].map((match) => guess(kind, match[0], match.index)),
      );
      return withoutOverlap([...known, ...guessed]);
    },
  };
}

/** Of several of one name, the one that shares the longest part of its path with the scope. */
function toKnown(start: number, end: number, values: readonly KnownPlace[], scope: readonly string[]): FoundPlace {
  const ranked = values
    .map((place) => ({ place, shared: place.path.filter((code) => scope.includes(code)).length }))
    .toSorted((a, b) => b.shared - a.shared);
  const [first, second] = ranked;
  const certain = second === undefined || (first !== undefined && first.shared > second.shared);
  const place = first?.place;
  const told = { start, end, name: place?.name ?? '', kind: place?.kind ?? ('place' as const) };
  if (!certain || place === undefined) return { ...told, areaCode: null, lon: null, lat: null, certainty: 'several' };
  return { ...told, areaCode: place.areaCode, lon: place.lon, lat: place.lat, certainty: 'known' };
}

function guess(kind: PlaceKind, said: string, at: number): FoundPlace {
  const head = idleHeads.exec(said)?.[0].length ?? 0;
  const name = said.slice(head);
  return {
    start: at + head,
    end: at + said.length,
    name,
    kind,
    areaCode: null,
    lon: null,
    lat: null,
    certainty: 'pattern',
  };
}

/** What is known stays; of guesses the longer. */
function withoutOverlap(found: readonly FoundPlace[]): FoundPlace[] {
  const rank = (one: FoundPlace): number => (one.certainty === 'pattern' ? 0 : 1);
  const kept: FoundPlace[] = [];
  const best = found.toSorted((a, b) => rank(b) - rank(a) || b.end - b.start - (a.end - a.start) || a.start - b.start);
  for (const one of best) {
    if (one.name.length > 1 && kept.every((other) => one.end <= other.start || one.start >= other.end)) kept.push(one);
  }
  return kept.toSorted((a, b) => a.start - b.start);
}
