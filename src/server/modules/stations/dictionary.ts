/** The module's dictionaries of db/data, each read once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { facilityGroups } from '#contract/stations-views.ts';
import { colours } from '#contract/warnings-words.ts';
import { readDictionary, type DictionaryWord } from '#server/files/dictionary.ts';

export interface FacilityWord extends DictionaryWord {
  group: (typeof facilityGroups)[number];
  icon: string;
  counts: boolean;
  chip: number | null;
}

/** How long stations stay open under a warning: a row of db/data/station-extensions.csv. */
export interface ExtensionRule {
  kind: string;
  leastColour: (typeof colours)[number];
  /** Minutes after midnight of the day of opening; past 1440 is the next morning. */
  openUntil: number;
  /** Facilities, one of which must be there and in order; none: any station. */
  needs: string[];
  certain: boolean;
  source: string;
}

export interface WalkingEstimate {
  who: 'adult' | 'elder';
  detour: number;
  speedMps: number;
}

function once<T>(read: () => T): () => T {
  let held: { value: T } | undefined;
  return () => (held ??= { value: read() }).value;
}

export const facilityWords = once((): ReadonlyMap<string, FacilityWord> =>
  readDictionary('station-facilities.csv', (row) => ({
    group: z.enum(facilityGroups).parse(row['group']),
    icon: row['icon'] ?? 'other',
    counts: row['counts'] === 'yes',
    chip: row['chip'] ? Number(row['chip']) : null,
  })),
);

export const languageWords = once((): ReadonlyMap<string, DictionaryWord> =>
  readDictionary('station-languages.csv', () => ({})),
);

/** Names of kinds of warnings, as module warnings reads them. */
export const warningNames = once((): ReadonlyMap<string, DictionaryWord> =>
  readDictionary('warning-kinds.csv', () => ({})),
);

const rowsOf = (file: string): unknown =>
  parse(readFileSync(join(import.meta.dirname, '../../../../db/data', file), 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
  });

/** '22:00' → 1320, '30:00' → 1800. */
const clock = z
  .string()
  .regex(/^\d{2}:[0-5]\d$/)
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const extensionRow = z
  .object({
    kind: z.string().min(1),
    least_colour: z.enum(colours),
    open_until: clock.pipe(z.number().max(2880)),
    needs: z.string(),
    certainty: z.string(),
    source: z.string(),
  })
  .transform(({ least_colour: leastColour, open_until: openUntil, needs, certainty, ...row }): ExtensionRule => ({
    ...row,
    leastColour,
    openUntil,
    needs: needs.split(';').filter((code) => code !== ''),
    certain: certainty === 'certain',
  }));

export const extensionRules = once((): readonly ExtensionRule[] =>
  z.array(extensionRow).parse(rowsOf('station-extensions.csv')),
);

const walkingRow = z
  .object({
    who: z.enum(['adult', 'elder']),
    detour: z.coerce.number().min(1),
    speed_mps: z.coerce.number().positive(),
  })
  .transform(({ speed_mps: speedMps, ...row }): WalkingEstimate => ({ ...row, speedMps }));

export const walkingEstimates = once((): readonly WalkingEstimate[] =>
  z.array(walkingRow).parse(rowsOf('walking-estimate.csv')),
);

const ruleRow = z.object({ code: z.enum(['busy_lapses_minutes']), value: z.coerce.number().int().positive() });

/** How long a word on how busy a station is counts, milliseconds. */
export const busyLapsesMs = once((): number => {
  const rows = z.array(ruleRow).parse(rowsOf('station-rules.csv'));
  const row = rows.find(({ code }) => code === 'busy_lapses_minutes');
  if (row === undefined) throw new Error('station-rules.csv has no row busy_lapses_minutes.');
  return row.value * 60_000;
});
