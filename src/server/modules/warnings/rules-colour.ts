/** Colours and kinds of warnings. Pure. */
import { colours, type CapSeverity, type Colour } from '#contract/warnings-words.ts';
import type { CapInfo } from './cap.ts';

const severityByColour = {
  red: 'Extreme',
  orange: 'Severe',
  yellow: 'Moderate',
  blue: 'Minor',
} as const satisfies Record<Colour, CapSeverity>;
const hanzi: Readonly<Record<Colour, string>> = { red: '红', orange: '橙', yellow: '黄', blue: '蓝' };

export function severityFor(colour: Colour): CapSeverity {
  return severityByColour[colour];
}

/** The national profile writes the colour itself as the severity (`Red`, `红色`); the word of CAP otherwise unchanged. */
export function severityOf(text: string): string {
  const colour = colours.find((one) => one === text.toLowerCase() || text === `${hanzi[one]}色` || text === hanzi[one]);
  return colour === undefined ? text : severityByColour[colour];
}

/** True when `colour` is at least as grave as `least`. */
export function isAtLeast(colour: Colour, least: Colour): boolean {
  return colours.indexOf(colour) <= colours.indexOf(least);
}

/**
 * The colour of a warning: a parameter that names it, else the words of headline and event (暴雨红色预警), else the
 * severity. Null when nothing says so (severity Unknown).
 */
export function colourOf(info: CapInfo): Colour | null {
  const said = info.parameter.find(({ valueName }) => /colou?r|颜色|级别/i.test(valueName))?.value;
  const byWord = (text: string | undefined): Colour | undefined =>
    text === undefined
      ? undefined
      : colours.find((one) =>
          new RegExp(`${hanzi[one]}色|^${hanzi[one]}$|^${one}$|\\b${one} (alert|warning|signal)`, 'i').test(
            text.trim(),
          ),
        );
  return (
    byWord(said) ??
    byWord(info.headline) ??
    byWord(info.event) ??
    colours.find((one) => severityByColour[one] === info.severity) ??
    null
  );
}

/** One kind of warning (暴雨, 高温 …) of the dictionary db/data/warning-kinds.csv. */
export interface WarningKind {
  code: string;
  name: string;
  nameEn: string;
  /** Values of eventCode that mean it. */
  aliases: readonly string[];
  /** Words of the event's name that mean it. */
  words: readonly string[];
}

/** The kind a message speaks of: by its event codes first, then by the words of its event; null when unknown. */
export function kindOf(info: CapInfo, kinds: readonly WarningKind[]): WarningKind | null {
  const codes = info.eventCode.map(({ value }) => value.toUpperCase());
  const byCode = kinds.find(({ code, aliases }) =>
    codes.some((value) => value === code.toUpperCase() || aliases.some((alias) => alias.toUpperCase() === value)),
  );
  if (byCode !== undefined) return byCode;
  const text = `${info.event} ${info.headline ?? ''}`.toLowerCase();
  // The longest word wins: 雷暴大风 is not merely 大风.
  const found = kinds.flatMap((kind) =>
    kind.words.filter((word) => text.includes(word.toLowerCase())).map((word) => ({ kind, word })),
  );
  return found.toSorted((a, b) => b.word.length - a.word.length)[0]?.kind ?? null;
}
