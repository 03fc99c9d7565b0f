import { parse } from 'csv-parse/sync';
import { clockSteps, evidenceKinds, type ClockStep, type EvidenceKind } from '#contract/events-words.ts';
import { AppError } from '#kit/errors.ts';
import { deskTiers, type DeskTier } from '#kit/tiers.ts';
import { priorityLimits, type Category, type Rule } from './library.ts';
import type { Limit } from './worktime.ts';

const limitForm = /^(\d+)(m|h|wm|wh|wd)$/;

/** Reads '30m', '4h' (round the clock), '30wm', '4wh' (working time) or '5wd' (working days). @throws AppError import_refused */
export function readLimit(text: string): Limit {
  const match = limitForm.exec(text);
  if (match === null)
    throw new AppError('import_refused', `Expected a limit like 30m, 4h, 30wm, 4wh or 5wd, found "${text}".`);
  const amount = Number(match[1]);
  switch (match[2] ?? 'wd') {
    case 'm':
      return { kind: 'continuous', amount };
    case 'h':
      return { kind: 'continuous', amount: amount * 60 };
    case 'wm':
      return { kind: 'working_time', amount };
    case 'wh':
      return { kind: 'working_time', amount: amount * 60 };
    default:
      return { kind: 'working_day', amount };
  }
}

type Record_ = Record<string, string>;

function readRecords(text: string): Record_[] {
  return parse(text, { columns: true, comment: '#', skip_empty_lines: true, trim: true, bom: true });
}

/** Categories from the text of categories.csv, in its order. */
export function readCategories(text: string): Category[] {
  return readRecords(text).map((row) => ({
    code: row['code'] ?? '',
    parentCode: row['parent'] || null,
    name: row['name'] ?? '',
    nameEn: row['name_en'] ?? '',
    publicReport: row['public'] === '1',
    icon: row['icon'] || null,
    sort: Number(row['sort']),
    retired: false,
  }));
}

/** Rules from the text of level-library.csv; empty limits are filled with the defaults of the priority. @throws AppError import_refused naming the row */
export function readRules(text: string): Rule[] {
  return readRecords(text).map((row) => {
    const code = row['code'] ?? '';
    const tier = deskTiers.find((one): one is DeskTier => one === row['tier']);
    const evidence = evidenceKinds.find((one): one is EvidenceKind => one === row['evidence']);
    const priority = Number(row['priority']);
    if (tier === undefined || evidence === undefined || priorityLimits[priority] === undefined) {
      throw new AppError(
        'import_refused',
        `Level library, ${code}: expected tier ${deskTiers.join('/')}, evidence ${evidenceKinds.join('/')} and priority 0 to 4, found ${row['tier']}, ${row['evidence']}, ${row['priority']}.`,
      );
    }
    return {
      categoryCode: code,
      tier,
      evidence,
      priority,
      leadRole: row['lead'] ?? '',
      assistRoles: (row['assists'] ?? '').split(';').filter((role) => role !== ''),
      planCode: row['plan'] || null,
      areas: [],
      limits: Object.fromEntries(
        clockSteps.filter((step) => step !== 'coordinate').map((step) => [step, limitFor(row, step, priority)]),
      ),
    };
  });
}

function limitFor(row: Record_, step: ClockStep, priority: number): Limit | undefined {
  const text = row[step] ?? '';
  return text === '' ? priorityLimits[priority]?.[step] : readLimit(text);
}
