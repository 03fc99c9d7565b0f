import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Verb } from '#contract/events-words.ts';
import { OFFICE_WEEK, SHANGHAI_OFFSET_MINUTES } from '#engine/worktime/calendar.ts';
import { parseCalendarCsv, toCalendarDays } from '#engine/worktime/calendar-csv.ts';
import { toFacts } from '#server/modules/events/act.ts';
import { readCategories, readRules } from '#server/modules/events/library-csv.ts';
import type { Library } from '#server/modules/events/library.ts';
import { allowedVerbs, rowOf } from '#server/modules/events/rules.ts';
import { liangLuKou } from '../geography/names.ts';
import { demoLogins } from '../town/logins.ts';
import { makeTown } from '../town/make-town.ts';
import { territoryOf } from '../town/territory.ts';
import { makeCast } from './cast.ts';
import { knownTopics } from './chronicle.ts';
import { makeHistory } from './make-history.ts';
import { ruleOfCase, type MemoryCase, type World } from './perform.ts';
import { dayMs } from './rhythm.ts';
import { peopleTopics } from './topics-people.ts';
import { streetTopics } from './topics-street.ts';

const nowMs = Date.UTC(2026, 5, 18, 2, 30);
const town = makeTown();
const cast = makeCast(town.people);
let world: World;
let cases: MemoryCase[];

async function readLibrary(): Promise<Library> {
  const folder = join(import.meta.dirname, '../../../db/data');
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  const { rows, coverage } = parseCalendarCsv(await read('calendar-cn.csv'));
  return {
    version: 1,
    categories: new Map(readCategories(await read('categories.csv')).map((category) => [category.code, category])),
    rules: new Map(readRules(await read('level-library.csv')).map((rule) => [rule.categoryCode, rule])),
    calendar: {
      offsetMinutes: SHANGHAI_OFFSET_MINUTES,
      weekly: OFFICE_WEEK,
      days: toCalendarDays(rows),
      coverageFrom: coverage?.from ?? '',
      coverageUntil: coverage?.until ?? '',
    },
  };
}

const make = (size: { days: number; perMonth: number }) =>
  makeHistory({ world, cast, geography: town.geography, seed: 11, nowMs, photosFromMs: nowMs - 20 * dayMs, ...size });

beforeAll(async () => {
  world = { territory: territoryOf(town), library: await readLibrary() };
  cases = await make({ days: 365, perMonth: 700 });
}, 120_000);

const count = (which: (live: MemoryCase) => boolean) => cases.filter(which).length;

describe('a year of the town', () => {
  it('has about 700 events of the demo street in its last 30 days, most of them closed, some on every desk', () => {
    const month = cases.filter(
      ({ rows: { event } }) => event.street === liangLuKou.code && event.reportedMs >= nowMs - 30 * dayMs,
    );
    expect(month.length).toBeGreaterThan(690);
    expect(month.length).toBeLessThan(710);
    const open = cases.filter(({ rows: { event } }) => event.endedMs === null);
    expect(open.length).toBeGreaterThan(60);
    expect(open.length).toBeLessThan(400);
    for (const status of ['reported', 'verifying', 'filed', 'dispatched', 'handling', 'checking', 'shelved']) {
      expect(
        count(({ rows }) => rows.event.status === status),
        status,
      ).toBeGreaterThan(2);
    }
    for (const tier of ['community', 'street', 'district']) {
      expect(
        open.some(({ rows }) => rows.event.tier === tier),
        tier,
      ).toBe(true);
    }
  });

  it('has the tail that real work has: late, returned, reworked, reopened, merged, declined, extended, rated', () => {
    const share = (which: (live: MemoryCase) => boolean) => count(which) / cases.length;
    expect(share(({ rows }) => rows.event.late)).toBeGreaterThan(0.03);
    expect(share(({ rows }) => rows.event.late)).toBeLessThan(0.25);
    expect(share(({ rows }) => rows.event.returns > 0)).toBeGreaterThan(0.01);
    expect(share(({ rows }) => rows.event.reworks > 0)).toBeGreaterThan(0.01);
    expect(count(({ rows }) => rows.event.reopens > 0)).toBeGreaterThan(10);
    expect(count(({ rows }) => rows.event.status === 'merged')).toBeGreaterThan(10);
    expect(count(({ rows }) => rows.event.status === 'declined')).toBeGreaterThan(50);
    expect(count(({ extensions }) => extensions.length > 0)).toBeGreaterThan(20);
    expect(new Set(cases.map(({ rows }) => rows.event.rating)).size).toBe(6);
  });

  it('never breaks the transition table: each line begins where the one before ended, in a state its verb allows', () => {
    const wrong: string[] = [];
    for (const live of cases) wrong.push(...replay(live));
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it('lets nobody check what they handled', () => {
    const work = new Set(['event.accept', 'event.arrive', 'event.finish', 'event.return']);
    for (const { lines } of cases) {
      const hands = lines.filter(({ action }) => work.has(action)).map(({ actor }) => actor.accountId);
      const checks = lines.filter(({ action }) => action === 'event.check').map(({ actor }) => actor.accountId);
      expect(hands.filter((hand) => checks.includes(hand))).toEqual([]);
    }
  });

  it('verifies what the public reports before filing it, unless life is in danger', () => {
    const early = cases.filter(({ rows: { event }, lines }) => {
      const [filed, verified] = ['event.file', 'event.verify'].map((verb) =>
        lines.findIndex(({ action }) => action === verb),
      );
      return (
        event.channel === 'resident' &&
        event.priority > 0 &&
        filed !== undefined &&
        verified !== undefined &&
        filed >= 0 &&
        (verified < 0 || verified > filed)
      );
    });
    expect(early).toEqual([]);
  });

  it('is the same for the same seed and the same now', async () => {
    const small = { days: 40, perMonth: 120 };
    expect(await digestOf(small)).toBe(await digestOf(small));
  });
});

describe('the desks of the demo logins', () => {
  const work: readonly (readonly [login: string, verb: Verb, least: number])[] = [
    ['wangge', 'verify', 3],
    ['wangge', 'accept', 1],
    ['shequ', 'file', 2],
    ['shequ', 'escalate', 2],
    ['jieshou', 'file', 3],
    ['jiepai', 'dispatch', 3],
    ['chengguan', 'accept', 3],
    ['chengguan', 'finish', 3],
    ['quzhong', 'dispatch', 2],
    ['quchengguan', 'accept', 1],
    ['quchengguan', 'finish', 1],
    ['hecha', 'check', 5],
    ['dudao', 'supervise', 20],
    ['zhihui', 'dispatch', 1],
  ];
  it.each(work)('%s finds something to %s', (login, verb, least) => {
    const actor = cast.byLogin(login);
    if (actor === undefined) throw new Error(`No ${login}.`);
    const open = cases.filter(({ rows }) => rows.event.endedMs === null);
    const able = open.filter((live) =>
      allowedVerbs(toFacts(live.rows, ruleOfCase(world, live)), { actor, nowMs }, (id) =>
        world.territory.unit(id),
      ).some((one) => one.verb === verb),
    );
    expect(able.length).toBeGreaterThanOrEqual(least);
  });

  it('belong to people who exist', () => {
    expect(demoLogins.map(({ login }) => town.people.some((person) => person.login === login))).not.toContain(false);
  });
});

describe('the level library', () => {
  const path = ['500000', '500103', '500103004', '500103004010'];
  it('names leads and assists that the demo street has', () => {
    const missing = [...world.library.rules.values()].flatMap(({ categoryCode, tier, leadRole, assistRoles }) => {
      const leads = world.territory
        .unitsByRole(leadRole, path)
        .filter((unit) => unit.tier === tier || unit.kind === 'agency');
      const helpers = assistRoles.filter((role) => world.territory.unitsByRole(role, path).length === 0);
      return [
        ...(leads.length === 0 ? [`${categoryCode} ${tier} ${leadRole}`] : []),
        ...helpers.map((role) => `${categoryCode} ${role}`),
      ];
    });
    expect(missing).toEqual([]);
  });

  it('knows the category of every template', () => {
    const all = [...streetTopics, ...peopleTopics].reduce((sum, topic) => sum + topic.said.length, 0);
    expect(knownTopics(world.library)).toHaveLength(all);
    expect(all).toBeGreaterThan(100);
  });
});

/** Judges lines by the table alone, without the code that made them. */
function replay({ lines, rows }: MemoryCase): string[] {
  const wrong: string[] = [];
  let [status, version, atMs]: [unknown, number, number] = [null, 0, 0];
  for (const { action, data = {}, atMs: at } of lines) {
    const verb = action.replace('event.', '') as Verb;
    const say = (what: string) => wrong.push(`${rows.event.number} ${action}: ${what}`);
    if (data['from'] !== status) say(`begins at ${String(data['from'])}, expected ${String(status)}`);
    if (data['version'] !== version + 1) say(`version ${String(data['version'])} after ${version}`);
    if (at < atMs) say('before the line before it');
    if (verb !== 'report' && data['mergedHere'] === undefined) {
      const row = rowOf(verb);
      if (!row.from.includes(status as never)) say(`not from ${String(status)}`);
      if (typeof row.to === 'string' && row.to !== data['to']) say(`leads to ${row.to}, found ${String(data['to'])}`);
    }
    [status, version, atMs] = [data['to'], version + 1, at];
  }
  if (status !== rows.event.status || version !== rows.event.version)
    wrong.push(`${rows.event.number}: ends as ${String(status)}`);
  return wrong;
}

async function digestOf(size: { days: number; perMonth: number }): Promise<string> {
  const made = await make(size);
  const told = made.map(({ rows: { event }, lines }) => [
    event.id,
    event.title,
    event.status,
    event.lon,
    lines.map((line) => [line.action, line.atMs, line.actor, line.words]),
  ]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex');
}
