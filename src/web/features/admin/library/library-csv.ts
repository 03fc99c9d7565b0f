import { evidenceKinds } from '#contract/events-words.ts';
import { deskTiers } from '#kit/tiers.ts';
import { limitSteps, type Rule } from './draft.ts';
import { readLimit, writeLimit } from './limit-text.ts';

const head = ['code', 'tier', 'lead', 'assists', 'priority', 'evidence', ...limitSteps, 'plan', 'areas'] as const;
type Column = (typeof head)[number];

/** What was wrong with one line (from 1); the words for it are the screen's matter. */
export interface CsvFault {
  line: number;
  column: Column;
  found: string;
}

/** The library as a file for a spreadsheet; the same columns as the one it was first loaded from. */
export function writeLibraryCsv(rules: readonly Rule[]): string {
  const lines = rules.map((rule) =>
    [
      rule.categoryCode,
      rule.tier,
      rule.leadRole,
      rule.assistRoles.join(';'),
      String(rule.priority),
      rule.evidence,
      ...limitSteps.map((step) => {
        const limit = rule.limits[step];
        return limit === undefined ? '' : writeLimit(limit);
      }),
      rule.planCode ?? '',
      rule.areas.map(writeLead).join(';'),
    ].join(','),
  );
  return `${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

/**
 * Reads such a file. Lines beginning with # and blank ones are remarks; quotes around fields are taken off (no field of
 * a library holds a comma). Every fault is told; a caller should take the rules only when there are none.
 */
export function readLibraryCsv(text: string, known: ReadonlySet<string>): { rules: Rule[]; faults: CsvFault[] } {
  const rules: Rule[] = [];
  const faults: CsvFault[] = [];
  let columns: string[] | undefined;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((content, index) => {
      if (content.trim() === '' || content.startsWith('#') || content.startsWith('"#')) return;
      const fields = content.split(',').map((field) => field.trim().replace(/^"(.*)"$/, '$1'));
      if (columns === undefined) {
        columns = fields;
        const missing = head.find((name) => name !== 'areas' && !fields.includes(name));
        if (missing !== undefined) faults.push({ line: index + 1, column: missing, found: content.slice(0, 80) });
        return;
      }
      const names = columns;
      const get = (name: Column): string => fields[names.indexOf(name)] ?? '';
      const read = readRule(get, known);
      if ('column' in read) faults.push({ line: index + 1, ...read });
      else if (rules.some(({ categoryCode }) => categoryCode === read.categoryCode))
        faults.push({ line: index + 1, column: 'code', found: read.categoryCode });
      else rules.push(read);
    });
  return { rules, faults };
}

type AreaLead = Rule['areas'][number];
const leadForm = /^(\d{6}|\d{9}|\d{12}|\d{15}|\d{17})=([a-z][a-z0-9_]{1,40}(?:\+[a-z][a-z0-9_]{1,40})*)$/;

/** 500103004=urban_management+water: in this area the first leads, the others help. */
const writeLead = ({ areaCode, leadRole, assistRoles }: AreaLead): string =>
  `${areaCode}=${[leadRole, ...assistRoles].join('+')}`;

function readLeads(text: string): AreaLead[] | undefined {
  const leads: AreaLead[] = [];
  for (const part of text.split(';').filter((one) => one !== '')) {
    const [, areaCode = '', roles = ''] = leadForm.exec(part) ?? [];
    const [leadRole, ...assistRoles] = roles.split('+');
    if (areaCode === '' || leadRole === undefined) return undefined;
    leads.push({ areaCode, leadRole, assistRoles });
  }
  return leads;
}

function readRule(get: (name: Column) => string, known: ReadonlySet<string>): Rule | Omit<CsvFault, 'line'> {
  const fault = (column: Column): Omit<CsvFault, 'line'> => ({ column, found: get(column) });
  if (!known.has(get('code'))) return fault('code');
  const tier = deskTiers.find((one) => one === get('tier'));
  const evidence = evidenceKinds.find((one) => one === get('evidence'));
  const roleForm = /^[a-z][a-z0-9_]{1,40}$/;
  const assistRoles = get('assists')
    .split(';')
    .filter((role) => role !== '');
  if (tier === undefined) return fault('tier');
  if (!roleForm.test(get('lead'))) return fault('lead');
  if (!assistRoles.every((role) => roleForm.test(role))) return fault('assists');
  if (!/^[0-4]$/.test(get('priority'))) return fault('priority');
  if (evidence === undefined) return fault('evidence');
  const areas = readLeads(get('areas'));
  if (areas === undefined) return fault('areas');
  const limits: Rule['limits'] = {};
  for (const step of limitSteps) {
    const text = get(step);
    if (text === '') continue;
    const limit = readLimit(text);
    if (limit === undefined) return fault(step);
    limits[step] = limit;
  }
  return {
    categoryCode: get('code'),
    tier,
    leadRole: get('lead'),
    assistRoles,
    priority: Number(get('priority')),
    limits,
    evidence,
    planCode: get('plan') === '' ? null : get('plan'),
    areas,
  };
}
