import type { Clock } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import type { Database } from '#server/db/pool.ts';
import { blindScope } from '#server/db/scope.ts';
import { findRule, type Library, type Rule } from './library.ts';
import { listCategories, listRules, readCalendar, readStamp } from './store-library.ts';

const askAgainMs = 15_000;

/** The library and the calendar in memory, so that a report asks the database for neither. */
export interface Dictionary {
  get(): Promise<Library>;
  /** The rule an event was made under; older versions are read once and kept. */
  ruleAt(version: number, categoryCode: string): Promise<Rule | undefined>;
  /** Reads everything again: after a change in this process. */
  refresh(): Promise<void>;
}

/** Another process may publish too: at most every 15 s one cheap question asks whether anything changed. */
export function createDictionary(database: Database, clock: Clock): Dictionary {
  let held: { library: Library; stamp: string; askedMs: number } | undefined;
  let loading: Promise<Library> | undefined;
  const older = new Map<number, Promise<ReadonlyMap<string, Rule>>>();

  async function load(): Promise<Library> {
    return database.read(blindScope, async (tx) => {
      const stamp = await readStamp(tx);
      if (stamp === undefined)
        throw new AppError('internal', 'The level library is empty: run the seed (huangge seed) once.');
      if (held !== undefined && held.stamp === stamp.stamp) {
        held.askedMs = clock.now();
        return held.library;
      }
      const categories = new Map((await listCategories(tx)).map((category) => [category.code, category]));
      const rules = new Map((await listRules(tx, stamp.version)).map((rule) => [rule.categoryCode, rule]));
      const library: Library = { version: stamp.version, categories, rules, calendar: await readCalendar(tx) };
      held = { library, stamp: stamp.stamp, askedMs: clock.now() };
      return library;
    });
  }

  function reload(): Promise<Library> {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  }

  async function get(): Promise<Library> {
    if (held === undefined) return reload();
    if (Math.abs(clock.now() - held.askedMs) > askAgainMs) {
      held.askedMs = clock.now();
      void reload().catch(() => undefined); // the held library stays good; the next question asks again
    }
    return held.library;
  }

  return {
    get,
    async ruleAt(version, categoryCode) {
      const library = await get();
      if (version === library.version) return findRule(library, categoryCode);
      let rules = older.get(version);
      if (rules === undefined) {
        rules = database.read(
          blindScope,
          async (tx) => new Map((await listRules(tx, version)).map((rule) => [rule.categoryCode, rule])),
        );
        older.set(version, rules);
        rules.catch(() => older.delete(version));
      }
      return findRule({ categories: library.categories, rules: await rules }, categoryCode);
    },
    async refresh() {
      await loading?.catch(() => undefined);
      held = undefined;
      await reload();
    },
  };
}
