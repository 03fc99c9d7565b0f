import type { ClientOutput } from '#contract/route.ts';
import type { libraryRoutes } from '#contract/library.ts';

export type LibraryView = ClientOutput<typeof libraryRoutes.list>;
export type Rule = LibraryView['rules'][number];
export type Category = LibraryView['categories'][number];

/** Changes not yet published: category → the rule it would get. Only rules that differ from the published ones. */
export type Draft = ReadonlyMap<string, Rule>;

export const ruleFields = [
  'tier',
  'leadRole',
  'assistRoles',
  'priority',
  'limits',
  'evidence',
  'planCode',
  'areas',
] as const;
export type RuleField = (typeof ruleFields)[number];
export const limitSteps = ['receive', 'verify', 'file', 'dispatch', 'accept', 'handle', 'check'] as const;

/** Puts a rule into the draft, or takes it out when it is what is published already. */
export function withRule(draft: Draft, published: Rule | undefined, rule: Rule): Draft {
  const next = new Map(draft);
  if (published !== undefined && changedFields(published, rule).length === 0) next.delete(rule.categoryCode);
  else next.set(rule.categoryCode, rule);
  return next;
}

/** Which parts of a rule differ; a category that had no rule differs in all. */
export function changedFields(before: Rule | undefined, after: Rule): RuleField[] {
  if (before === undefined) return [...ruleFields];
  return ruleFields.filter((field) => textOfField(before, field) !== textOfField(after, field));
}

function textOfField(rule: Rule, field: RuleField): string {
  // In one order, so that the same limits give the same text.
  if (field === 'limits') return JSON.stringify(limitSteps.map((step) => limitText(rule.limits[step])));
  return JSON.stringify(rule[field]);
}

function limitText(limit: { kind: string; amount: number } | undefined): string {
  return limit === undefined ? '' : `${limit.amount} ${limit.kind}`;
}

/**
 * A draft made against an older version, seen against the newest: what somebody else has published meanwhile just so
 * falls out; what they changed otherwise is named, so that nobody overwrites it unseen.
 */
export function rebase(
  draft: Draft,
  before: readonly Rule[],
  now: readonly Rule[],
): { draft: Draft; clashes: string[] } {
  const old = byCategory(before);
  const fresh = byCategory(now);
  let next: Draft = new Map();
  const clashes: string[] = [];
  for (const [code, rule] of draft) {
    const published = fresh.get(code);
    next = withRule(next, published, rule);
    const was = old.get(code);
    const moved = published !== undefined && (was === undefined || changedFields(was, published).length > 0);
    if (moved && next.has(code)) clashes.push(code);
  }
  return { draft: next, clashes };
}

export function byCategory(rules: readonly Rule[]): ReadonlyMap<string, Rule> {
  return new Map(rules.map((rule) => [rule.categoryCode, rule]));
}

export interface CategoryLine {
  category: Category;
  /** 0 for the classes at the top. */
  depth: number;
}

/** Categories in reading order, each below its class. `keep` says which are shown; the classes above them stay. */
export function categoryTree(categories: readonly Category[], keep: (category: Category) => boolean): CategoryLine[] {
  const below = new Map<string | null, Category[]>();
  for (const category of categories)
    below.set(category.parentCode, [...(below.get(category.parentCode) ?? []), category]);
  const visit = (category: Category, depth: number): CategoryLine[] => {
    const children = inOrder(below.get(category.code) ?? []).flatMap((child) => visit(child, depth + 1));
    return children.length > 0 || keep(category) ? [{ category, depth }, ...children] : [];
  };
  return inOrder(below.get(null) ?? []).flatMap((category) => visit(category, 0));
}

function inOrder(categories: readonly Category[]): Category[] {
  return categories.toSorted((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1));
}
