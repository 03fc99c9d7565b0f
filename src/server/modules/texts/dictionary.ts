import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { urgencyKinds } from '#contract/texts.ts';
import type { SimilarRules } from '#engine/text/similar.ts';
import type { TopicRules } from '#engine/text/topics.ts';
import { createUrgencyFinder, type UrgencyFinder } from '#engine/text/urgency.ts';
import { readDictionary } from '#server/files/dictionary.ts';

const ruleCodes = [
  'window_days', 'link_from', 'join_from', 'neighbours', 'reach_m', 'placed_weight', 'same_reach_m', 'least_events', 'half_life_days', 'for_weight', 'against_weight',
  'span_full_days', 'span_weight', 'place_half_m', 'place_floor', 'time_half_days', 'time_floor', 'trend_days',
  'same_score', 'same_days', 'learn_days', 'learn_most', 'learn_first', 'learn_least', 'learn_precision', 'learn_slack', 'few',
] as const; // prettier-ignore
export type Rules = Readonly<Record<(typeof ruleCodes)[number], number>>;
export type UrgencyKind = (typeof urgencyKinds)[number];

let rules: Rules | undefined;

/** When events are one issue, and how the platform learns (db/data/topic-rules.csv). @throws Error naming a rule that is missing or no number */
export function textRules(): Rules {
  rules ??= readRules();
  return rules;
}

function readRules(): Rules {
  const words = readDictionary('topic-rules.csv', (row) => ({ value: Number(row['value']) }));
  const entries = ruleCodes.map((code) => {
    const value = words.get(code)?.value;
    if (value === undefined || !Number.isFinite(value) || value < 0)
      throw new Error(`topic-rules.csv: ${code}: expected a number of 0 or more, found ${String(value)}.`);
    return [code, value] as const;
  });
  return Object.fromEntries(entries) as Rules;
}

export function similarRules(): SimilarRules {
  const own = textRules();
  return {
    placeHalfM: own.place_half_m,
    placeFloor: own.place_floor,
    timeHalfDays: own.time_half_days,
    timeFloor: own.time_floor,
  };
}

export function topicRules(): TopicRules {
  const own = textRules();
  return {
    ...similarRules(),
    linkFrom: own.link_from,
    joinFrom: own.join_from,
    neighbours: own.neighbours,
    reachM: own.reach_m,
    placedWeight: own.placed_weight,
    leastMessages: own.least_events,
    halfLifeDays: own.half_life_days,
    forWeight: own.for_weight,
    againstWeight: own.against_weight,
    spanFullDays: own.span_full_days,
    spanWeight: own.span_weight,
  };
}

let urgency: UrgencyFinder<UrgencyKind> | undefined;

/** Finds the words of db/data/urgency-words.csv. @throws Error naming a word of an unknown kind */
export function urgencyFinder(): UrgencyFinder<UrgencyKind> {
  urgency ??= readUrgency();
  return urgency;
}

function readUrgency(): UrgencyFinder<UrgencyKind> {
  const file = join(import.meta.dirname, '../../../../db/data/urgency-words.csv');
  const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), {
    columns: true,
    comment: '#',
    skip_empty_lines: true,
    bom: true,
  });
  const words = rows.map((row) => {
    const kind = urgencyKinds.find((one) => one === row['kind']);
    if (kind === undefined) throw new Error(`urgency-words.csv: ${row['word']}: unknown kind ${String(row['kind'])}.`);
    return { word: row['word'] ?? '', kind };
  });
  return createUrgencyFinder(words);
}
