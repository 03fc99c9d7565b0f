import type { ClockStep, EvidenceKind } from '#contract/events-words.ts';
import type { Calendar } from '#engine/worktime/calendar.ts';
import { AppError } from '#kit/errors.ts';
import type { DeskTier } from '#kit/tiers.ts';
import type { Limit } from './worktime.ts';

export interface Category {
  code: string;
  parentCode: string | null;
  name: string;
  nameEn: string;
  publicReport: boolean;
  icon: string | null;
  sort: number;
  retired: boolean;
}

/** Routing by area: here another duty leads, and others help. */
export interface AreaLead {
  areaCode: string;
  leadRole: string;
  assistRoles: string[];
}

/** One line of the level library (分级分类库). */
export interface Rule {
  categoryCode: string;
  /** The tier that must take it. */
  tier: DeskTier;
  /** unit.role_code of the lead. */
  leadRole: string;
  assistRoles: string[];
  priority: number;
  limits: Partial<Record<ClockStep, Limit>>;
  evidence: EvidenceKind;
  planCode: string | null;
  areas: AreaLead[];
}

/** Categories, rules of one version and the working calendar, held in memory. A value: a change makes a new one. */
export interface Library {
  version: number;
  categories: ReadonlyMap<string, Category>;
  rules: ReadonlyMap<string, Rule>;
  calendar: Calendar;
}

const minutes = (amount: number): Limit => ({ kind: 'continuous', amount });
const working = (amount: number): Limit => ({ kind: 'working_time', amount });
const days = (amount: number): Limit => ({ kind: 'working_day', amount });

/**
 * Step limits of P0 … P4 for whatever the library leaves open, and for an event whose priority was raised or lowered by
 * hand. Our own proposal (the field publishes none); the library may say otherwise for every category.
 */
export const priorityLimits: readonly Record<ClockStep, Limit>[] = [
  {
    receive: minutes(1),
    verify: minutes(10),
    file: minutes(5),
    dispatch: minutes(2),
    accept: minutes(2),
    handle: minutes(240),
    check: minutes(240),
    coordinate: working(30),
  },
  {
    receive: minutes(5),
    verify: minutes(30),
    file: minutes(10),
    dispatch: minutes(10),
    accept: minutes(10),
    handle: minutes(240),
    check: minutes(480),
    coordinate: working(30),
  },
  {
    receive: minutes(15),
    verify: minutes(120),
    file: minutes(30),
    dispatch: minutes(30),
    accept: minutes(30),
    handle: minutes(1440),
    check: days(1),
    coordinate: working(30),
  },
  {
    receive: working(30),
    verify: days(1),
    file: working(60),
    dispatch: working(60),
    accept: working(120),
    handle: days(5),
    check: days(2),
    coordinate: working(30),
  },
  {
    receive: days(1),
    verify: days(2),
    file: days(1),
    dispatch: days(1),
    accept: days(1),
    handle: days(15),
    check: days(3),
    coordinate: working(30),
  },
];

/** The limit of a step: the rule's own at the rule's priority, else the priority's default. */
export function limitOf(rule: Pick<Rule, 'priority' | 'limits'>, priority: number, step: ClockStep): Limit {
  const own = priority === rule.priority ? rule.limits[step] : undefined;
  const fallback = priorityLimits[priority] ?? priorityLimits[3];
  return own ?? fallback?.[step] ?? working(30);
}

/** @throws AppError bad_input for a code the library does not know or has retired */
export function getCategory(library: Library, code: string): Category {
  const category = library.categories.get(code);
  if (category === undefined || category.retired)
    throw new AppError(
      'bad_input',
      `categoryCode: expected a category of the library, found "${code}". Reload the list and choose again.`,
    );
  return category;
}

/** The rule of a category, or of the nearest class above it that has one. */
export function findRule(library: Pick<Library, 'categories' | 'rules'>, code: string): Rule | undefined {
  for (let at: string | null = code; at !== null; at = library.categories.get(at)?.parentCode ?? null) {
    const rule = library.rules.get(at);
    if (rule !== undefined) return rule;
  }
  return undefined;
}

/** The rule as it stands at a place: the smallest area of its path that has leads of its own decides. */
export function ruleAtPlace(rule: Rule, path: readonly string[]): Rule {
  const own = path.toReversed().map((code) => rule.areas.find(({ areaCode }) => areaCode === code));
  const found = own.find((lead) => lead !== undefined);
  return found === undefined ? rule : { ...rule, leadRole: found.leadRole, assistRoles: found.assistRoles };
}

/** @throws AppError bad_input when neither the category nor any class above it has a rule */
export function getRule(library: Pick<Library, 'categories' | 'rules'>, code: string): Rule {
  const rule = findRule(library, code);
  if (rule === undefined)
    throw new AppError(
      'bad_input',
      `categoryCode: "${code}" has no rule in the level library, nor has any class above it. Ask the administrator to add one.`,
    );
  return rule;
}

/** The category itself and everything below it. */
export function descendantsOf(library: Library, code: string): string[] {
  const found = [code];
  for (let i = 0; i < found.length; i++) {
    for (const category of library.categories.values()) if (category.parentCode === found[i]) found.push(category.code);
  }
  return found;
}

/** Categories that count as "the same kind" when looking for duplicates: itself and its siblings of the same class. */
export function sameClass(library: Library, code: string): string[] {
  const parent = library.categories.get(code)?.parentCode ?? null;
  if (parent === null) return descendantsOf(library, code);
  return descendantsOf(library, parent);
}
