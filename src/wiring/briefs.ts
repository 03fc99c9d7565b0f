import { briefRoutes } from '#contract/briefs.ts';
import { isAppError } from '#kit/errors.ts';
import { addDays, dayMs, dayOf, daysBetween, startOf } from '#kit/shanghai-days.ts';
import { mount } from '#server/http/mount.ts';
import { mountFile } from '#server/http/streams.ts';
import type { Assistant } from '#server/modules/assistant/index.ts';
import type { Analytics } from '#server/modules/analytics/index.ts';
import {
  createBriefs,
  type Briefs,
  type BriefsParts,
  type BriefSources,
  type ForecastLine,
} from '#server/modules/briefs/index.ts';
import { districtOf } from '#server/modules/grids/index.ts';
import { getLatestHead } from '#server/modules/ledger/index.ts';
import type { Patterns } from '#server/modules/patterns/index.ts';
import type { Texts } from '#server/modules/texts/index.ts';
import type { Joined, Parts } from './parts.ts';

interface Below {
  analytics: Analytics;
  patterns: Patterns;
  texts: Texts;
  assistant: Assistant;
}

const trendOf = (heat: number, before: number) => (heat > before ? 'up' : heat < before ? 'down' : 'same');

/** What briefs ask of modules beside the figures; whose area it is was checked before. */
function sourcesOf({ clock, territory }: Parts, { analytics, patterns, texts }: Below): BriefSources {
  const codeOf = (path: readonly string[]): string => path.at(-1) ?? '';
  return {
    async hotIssues(tx, { path, from }) {
      const days = Math.ceil((clock.now() - startOf(from)) / dayMs);
      const rows = await texts.queries.hotIssues(tx, { path: codeOf(path), days });
      // None in the whole city ever: nobody has looked yet, which is not the same as finding nothing.
      const all = { path: territory.city().code, days: 3_650, limit: 1 };
      if (rows.length === 0 && (await texts.queries.hotIssues(tx, all)).length === 0) return undefined;
      return rows.map(({ id, title, areaCode, events, openEvents, heat, heatBefore }) => ({
        id,
        title,
        areaName: territory.area(areaCode)?.name ?? areaCode,
        events,
        open: openEvents,
        trend: trendOf(heat, heatBefore),
      }));
    },
    async issue(tx, id) {
      const found = await texts.queries.hotIssue(tx, id);
      if (found === undefined) return undefined;
      const { title, areaCode, path, categoryCode, heat, heatBefore, eventIds } = found;
      return { id, title, areaCode, path, categoryCode, trend: trendOf(heat, heatBefore), eventIds };
    },
    async anomalies(tx, { path, from, to }) {
      const rows = await patterns.queries.openAnomalies(tx, { path });
      if (rows.length === 0 && (await patterns.queries.forecast(tx, { path })).items.length === 0) return undefined;
      return rows
        .filter(({ day }) => day >= from && day <= to)
        .map(({ id, day, areaName, category, seen, expected, low, high }) => ({
          id,
          day,
          areaName,
          className: category.name,
          seen,
          likely: expected,
          low,
          high,
        }));
    },
    async forecast(tx, { path, to }) {
      // It tells of the week from today on: below a brief of long ago it would mean nothing.
      if (to < addDays(dayOf(clock.now()), -7)) return null;
      return nextWeek((await patterns.queries.forecast(tx, { path })).items);
    },
    async stuck(tx, { path, from, to }) {
      // Patterns look back from yesterday: only then are the days those of the brief.
      if (to !== addDays(dayOf(clock.now()), -1)) return [];
      const days = daysBetween(from, to) + 1;
      const { nodes } = await patterns.queries.bottlenecks(tx, { path, days });
      return nodes.slice(0, 6).map(({ name, stays, share }) => ({ step: name, cases: stays, share }));
    },
    async ratings(tx, { path, from, to }) {
      const rows = await analytics.queries.ratings(tx, { area: codeOf(path), from, to });
      return rows.map(({ unitId, n, mean }) => {
        const unit = territory.unit(unitId);
        return { unitName: unit?.name ?? '', side: unit?.kind === 'centre' ? 'down' : 'up', n, mean };
      });
    },
  };
}

/** Of all kinds together; districts of a city are added up, their intervals too: wider than needed, never narrower. */
function nextWeek(items: Awaited<ReturnType<Patterns['queries']['forecast']>>['items']): ForecastLine | null {
  const days = items.filter(({ category }) => category.code === '').flatMap(({ next }) => next);
  const all = days.map(({ day }) => day).toSorted();
  const [from, to] = [all[0], all.at(-1)];
  if (from === undefined || to === undefined) return null;
  const sum = (key: 'expected' | 'low' | 'high') => days.reduce((total, day) => total + day[key], 0);
  return { from, to, likely: sum('expected'), low: sum('low'), high: sum('high') };
}

/** What briefs ask of the assistant: its words for a section, recorded under the brief and its area. */
export function writingWith(
  assistant: Pick<Assistant, 'on' | 'draft'>,
  territory: Pick<Parts['territory'], 'area'>,
): Required<Pick<BriefsParts, 'assistantOn' | 'draft'>> {
  return {
    assistantOn: () => assistant.on,
    draft: (actor, { briefId, areaCode, section, lines }) => {
      const path = territory.area(areaCode)?.path ?? [];
      const facts = [section, ...lines].join('\n');
      const subject = { type: 'brief', id: briefId };
      return assistant.draft({ kind: 'brief', facts, subject, path, district: districtOf(path), actor });
    },
  };
}

/** Briefs: routes, files, and drafts that make themselves. */
export function joinBriefs(parts: Parts, below: Below): Joined & { briefs: Briefs } {
  const { app, config, database, clock, territory, events, identity, doors } = parts;
  const { indicators, words, measures, asOf } = below.analytics.queries;
  const briefs = createBriefs({
    database,
    clock,
    territory,
    calendar: async () => (await events.dictionary.get()).calendar,
    figures: { indicators, words, measures, asOf },
    async head(tx) {
      try {
        return await getLatestHead(tx, config.tenant);
      } catch (error) {
        if (isAppError(error, 'not_found')) return null;
        throw error;
      }
    },
    names: identity.queries.namesOf,
    categoryName: async (code) => (await events.dictionary.get()).categories.get(code)?.name ?? code,
    sources: sourcesOf(parts, below),
    ...writingWith(below.assistant, territory),
  });
  mount(app, briefRoutes, briefs.handlers, doors);
  mountFile(app, briefRoutes.file, ({ params }, { actor }) => briefs.file(actor, params), doors);
  return {
    briefs,
    jobs: [{ name: 'briefs.due', cron: '* * * * *', expireS: 240, run: async () => void (await briefs.makeDue()) }],
  };
}
