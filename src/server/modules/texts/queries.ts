import { isOpen } from '#contract/events-words.ts';
import type { textRoutes } from '#contract/texts.ts';
import { suggestionKinds } from '#contract/texts.ts';
import type { Input, Output } from '#contract/route.ts';
import type { SimilarFound } from '#engine/text/similar.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import type { Alike } from './alike.ts';
import { textRules } from './dictionary.ts';
import { namesOf, type NameOf } from './names.ts';
import type { TextParts } from './parts.ts';
import { eventsOf, findIssue, listIssues, type IssueRow } from './store-issue.ts';
import { listModels, type ModelRow } from './store-model.ts';
import { countOutcomes, type OutcomeCount } from './store-suggestion.ts';

type Routes = typeof textRoutes;
type IssueView = Output<Routes['issues']>['items'][number];

function issueView({ territory }: Pick<TextParts, 'territory'>, nameOf: NameOf, row: IssueRow): IssueView {
  const category = nameOf('category', row.categoryCode);
  const { centralEventId: _, path: _path, district: _district, goneAt: _gone, firstAt, lastAt, asOf, ...rest } = row;
  return {
    ...rest,
    categoryName: category.name,
    categoryNameEn: category.nameEn,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    firstAt: toIso(firstAt.getTime()),
    lastAt: toIso(lastAt.getTime()),
    asOf: toIso(asOf.getTime()),
  };
}

export async function readIssues(
  parts: TextParts,
  actor: Actor,
  query: Input<Routes['issues']>['query'],
): Promise<Output<Routes['issues']>> {
  const [categories, nameOf] = [await within(parts, query.category), await namesOf(parts)];
  return parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const { rows, total } = await listIssues(tx, {
      area: query.area,
      categories,
      since: undefined,
      limit: query.limit,
    });
    const asOf = rows.reduce((latest, row) => Math.max(latest, row.asOf.getTime()), 0);
    return { items: rows.map((row) => issueView(parts, nameOf, row)), total, asOf: asOf === 0 ? null : toIso(asOf) };
  });
}

/** These classes and all below them. */
async function within(parts: TextParts, codes: readonly string[] | undefined): Promise<string[] | undefined> {
  if (codes === undefined || codes.length === 0) return undefined;
  const categories = await parts.categories();
  const isBelow = (code: string | null): boolean => {
    for (let at = code, steps = 0; at !== null && steps < 6; at = categories.get(at)?.parentCode ?? null, steps++) {
      if (codes.includes(at)) return true;
    }
    return false;
  };
  return [...categories.keys()].filter(isBelow);
}

/** @throws AppError not_found */
export async function issueSeen(
  parts: TextParts,
  actor: Actor,
  id: string,
): Promise<{ row: IssueRow; eventIds: string[] }> {
  return parts.database.read(scopeFor(actor, 'analytics.read'), async (tx) => {
    const row = await findIssue(tx, id);
    if (row === undefined)
      throw new AppError('not_found', 'There is no such hot issue, or it is not yours to see. Load the list again.');
    return { row, eventIds: await eventsOf(tx, id) };
  });
}

export async function readIssue(parts: TextParts, actor: Actor, id: string): Promise<Output<Routes['issue']>> {
  const { row, eventIds } = await issueSeen(parts, actor, id);
  const cases = await parts.events.rows(actor, eventIds);
  const open = cases.filter((one) => isOpen(one.status)).map(({ id: caseId }) => caseId);
  return {
    ...issueView(parts, await namesOf(parts), row),
    openEvents: row.goneAt === null ? open.length : row.openEvents,
    gone: row.goneAt !== null,
    cases: cases.toSorted((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1)),
    hidden: eventIds.length - cases.length,
    mergeable: await parts.events.mergeable(actor, open),
  };
}

/** Like events of one that is there. @throws AppError not_found */
export async function readSimilar(
  parts: TextParts,
  alike: Alike,
  actor: Actor,
  id: string,
): Promise<Output<Routes['similar']>> {
  const event = await parts.database.read(scopeOf(actor), async (tx) => (await parts.events.of(tx, [id]))[0]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
  const { title, text, lon, lat, reportedAt } = event;
  return similarTo(parts, alike, actor, { title, text, lon, lat, atMs: reportedAt.getTime(), exceptId: id });
}

const askedFor = 60;
const shownAtMost = 5;

export async function similarTo(
  parts: TextParts,
  alike: Alike,
  actor: Actor,
  wish: Parameters<Alike['ask']>[0],
): Promise<Output<Routes['similarTo']>> {
  const rules = textRules();
  const found = (await alike.ask({ ...wish, withinM: rules.same_reach_m }, askedFor)).filter(
    (one) => one.score >= rules.same_score && one.days <= rules.same_days,
  );
  const rows = await parts.events.rows(
    actor,
    found.map((one) => one.id),
  );
  const byId = new Map<string, SimilarFound>(found.map((one) => [one.id, one]));
  const items = rows.flatMap((event) => {
    const one = byId.get(event.id);
    return one === undefined
      ? []
      : [{ event, score: one.score, text: one.text, distanceM: one.distanceM, days: one.days }];
  });
  return { ready: alike.state().ready, items: items.slice(0, shownAtMost) };
}

export async function readFigures(parts: TextParts, alike: Alike, days: number): Promise<Output<Routes['figures']>> {
  const to = new Date(parts.clock.now());
  const from = new Date(to.getTime() - days * 86_400_000);
  const nameOf = await namesOf(parts);
  return parts.database.read(systemScope, async (tx) => ({
    from: toIso(from.getTime()),
    to: toIso(to.getTime()),
    ...(await suggestionFigures(tx, { from, to }, nameOf)),
    few: textRules().few,
    index: alike.state(),
  }));
}

/** Counts of what became of suggestions by kind and class, and the models of late. Counts of decisions, of nobody. */
export async function suggestionFigures(tx: Tx, span: { from: Date; to: Date }, nameOf: NameOf) {
  const counts = await countOutcomes(tx, span);
  const models = await listModels(tx, 30);
  return {
    kinds: suggestionKinds.map((kind) => {
      const own = counts.filter((one) => one.kind === kind);
      const codes = [...new Set(own.map((one) => one.code))];
      return {
        kind,
        all: { ...figureOf(own), code: '', name: '', nameEn: '' },
        classes: codes
          .map((code) => ({ code, ...nameOf(kind, code), ...figureOf(own.filter((one) => one.code === code)) }))
          .toSorted((a, b) => b.shown - a.shown || (a.code < b.code ? -1 : 1)),
      };
    }),
    models: models.map(modelView),
  };
}

function figureOf(counts: readonly OutcomeCount[]) {
  const of = (outcome: OutcomeCount['outcome'] | undefined): number =>
    counts.filter((one) => outcome === undefined || one.outcome === outcome).reduce((sum, one) => sum + one.count, 0);
  return {
    shown: of(undefined),
    accepted: of('accepted'),
    changed: of('changed'),
    ignored: of('ignored'),
    open: of(null),
  };
}

export function modelView(row: ModelRow): Output<Routes['figures']>['models'][number] {
  const { figures, beforeFigures } = row;
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    trainedAt: toIso(row.trainedAt.getTime()),
    examples: row.examples,
    classes: row.classes,
    firstAt: toIso(row.firstAt.getTime()),
    lastAt: toIso(row.lastAt.getTime()),
    ...figures,
    before: beforeFigures === null ? null : { accuracy: beforeFigures.accuracy, macroF1: beforeFigures.macroF1 },
    hash: row.hash,
    bytes: row.bytes,
    tookMs: row.tookMs,
  };
}
