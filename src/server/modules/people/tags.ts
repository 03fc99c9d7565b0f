import { careColours, type CareColour } from '#contract/care.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

/** The families of tags, in the order screens show them. */
export const tagGroups = [
  'elder',
  'child',
  'disabled',
  'hardship',
  'medical',
  'veteran',
  'restricted',
  'other',
] as const;
export type TagGroup = (typeof tagGroups)[number];

/** Why somebody is in care, from db/data/care-tags.csv. */
export interface CareTag extends DictionaryWord {
  /** Whose door is knocked at first when there is danger. */
  urgent: boolean;
  group: TagGroup;
  colour: CareColour;
  /** Owned by the police (社区矫正 and the like): seen with care.restricted only. */
  restricted: boolean;
}

let tags: ReadonlyMap<string, CareTag> | undefined;

/** The tags by code, in the order of the file; read once. @throws Error for an unknown group or colour in the file */
export function careTags(): ReadonlyMap<string, CareTag> {
  tags ??= readDictionary('care-tags.csv', (row) => ({
    urgent: row['urgent'] === 'true',
    group: oneOf(tagGroups, row['group'], row['code']),
    colour: oneOf(careColours, row['colour'], row['code']),
    restricted: row['restricted'] === 'true',
  }));
  return tags;
}

function oneOf<T extends string>(allowed: readonly T[], found: string | undefined, code: string | undefined): T {
  const word = allowed.find((one) => one === found);
  if (word !== undefined) return word;
  throw new Error(`care-tags.csv, ${code}: expected one of ${allowed.join(', ')}, found "${found}".`);
}

/** The colour of somebody with these tags: that of the most urgent. Unknown tags count as blue. */
export function colourOf(codes: readonly string[]): CareColour {
  const own = new Set(codes.map((code) => careTags().get(code)?.colour));
  return careColours.find((colour) => own.has(colour)) ?? 'blue';
}

/** Whoever has one of `tags` and none of `without` is of this colour. */
export function tagsOfColour(colour: CareColour): { tags: string[]; without: string[] } {
  const place = careColours.indexOf(colour);
  const words = [...careTags().values()];
  return {
    tags: words.filter((word) => word.colour === colour).map(({ code }) => code),
    without: words.filter((word) => careColours.indexOf(word.colour) < place).map(({ code }) => code),
  };
}
