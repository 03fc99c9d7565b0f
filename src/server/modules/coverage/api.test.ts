import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Permission } from '#contract/route.ts';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import {
  actorWith,
  buildTown,
  city,
  district,
  east,
  street,
  west,
  type Town,
} from '#server/modules/grids/town.fixture.ts';
import { createVault } from '#server/vault/vault.ts';
import { createCoverage } from './index.ts';
import { hideAlone, shareOf } from './rules.ts';

let town: Town;
let coverage: ReturnType<typeof createCoverage>;
let nowMs = Date.UTC(2026, 5, 1, 8);
const members = new Map<string, { members: number }>();

beforeAll(async () => {
  town = await buildTown();
  const { database, territory } = town;
  coverage = createCoverage({
    database,
    territory,
    vault: createVault([randomBytes(32)]),
    clock: { now: () => nowMs },
    membersByGrid: async () => members,
  });
});
afterAll(() => town.close());

const grid = `${west}001`;
const words: Permission[] = ['grids.read', 'visit.do', 'visit.plan'];
const clerk = actorWith(words, west);
const wish = { areaCode: grid, address: '样街1号', door: '2单元5-3', residents: 3 };
const none = { params: {}, query: {} };
const add = (fields: Partial<typeof wish> = {}, actor = clerk) =>
  coverage.handlers.create({ ...none, body: { opId: randomUUID(), ...wish, ...fields } }, { actor });
const list = (query: Record<string, unknown> = {}, actor = clerk) =>
  coverage.handlers.households({ params: {}, query: { limit: 50, ...query }, body: {} }, { actor });
const visit = (ids: string[], fields: Record<string, unknown> = {}, actor = clerk) =>
  coverage.handlers.visit({ ...none, body: { opId: randomUUID(), ids, how: 'home', ...fields } }, { actor });
const figures = (area?: string, actor = clerk) =>
  coverage.handlers.get({ params: {}, query: area === undefined ? {} : { area }, body: {} }, { actor });
const load = (text: string, fields: Record<string, unknown> = {}, actor = clerk) =>
  coverage.handlers.import(
    { ...none, body: { opId: randomUUID(), text, dryRun: false, map: {}, skipWrong: false, ...fields } },
    { actor },
  );

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

describe('households', () => {
  test('are registered once each, their doors sealed, seen and changed by those who visit there', async () => {
    const { household } = await add();
    expect(household).toMatchObject({ areaCode: grid, door: '2单元5-3', residents: 3, visitedAt: null, version: 1 });
    expect((await refusal(add({ address: ' 样街1号', door: '2单元 5-3' }), 'already_exists')).message).not.toContain(
      '5-3',
    );
    await refusal(add({ areaCode: west }), 'bad_input');
    await refusal(add({ door: '1-1' }, actorWith(words, east)), 'not_allowed');
    expect((await list({}, actorWith(words, east))).items).toEqual([]);

    const edit = (fields: Record<string, unknown>, actor = clerk) =>
      coverage.handlers.edit(
        { params: { id: household.id }, query: {}, body: { opId: randomUUID(), version: 1, ...fields } },
        { actor },
      );
    await refusal(edit({ residents: 4 }, actorWith(words, east)), 'not_found');
    expect((await edit({ residents: 4 })).household).toMatchObject({ residents: 4, door: '2单元5-3', version: 2 });
    expect((await refusal(edit({ residents: 5 }), 'version_conflict')).message).toContain('it is now 2');

    const kept = await town.database.read(systemScope, async ({ db }) =>
      JSON.stringify(
        [
          await db.selectFrom('household').selectAll().execute(),
          await db.selectFrom('op').selectAll().execute(),
          await db.selectFrom('ledger_entry').selectAll().execute(),
        ],
        (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value),
      ),
    );
    expect(kept).not.toContain('5-3');
    expect(await town.ledgerLines('household.edit')).toMatchObject([
      { subject_id: household.id, district, data: { areaCode: grid, from: grid, changed: ['residents'] } },
    ]);
  });

  test('a repeated act answers as the first time; a staircase is visited in one act', async () => {
    const body = { opId: randomUUID(), ...wish, door: '9-9' };
    const first = await coverage.handlers.create({ ...none, body }, { actor: clerk });
    expect(await coverage.handlers.create({ ...none, body }, { actor: clerk })).toEqual(first);

    const doors = await Promise.all(['8-1', '8-2', '8-3'].map((door) => add({ door })));
    const ids = doors.map(({ household }) => household.id);
    const before = (await list({ due: true })).total;
    expect(await visit(ids)).toMatchObject({ visited: 3 });
    expect((await list({ due: true })).total).toBe(before - 3);
    expect(await town.ledgerLines('household.visit')).toHaveLength(1);

    // Written down without signal yesterday, sent today: it does not hide today's visit.
    await visit(ids.slice(0, 1), { at: new Date(nowMs - 86_400_000).toISOString(), how: 'phone' });
    expect((await list()).items.find(({ id }) => id === ids[0])).toMatchObject({ visitedHow: 'home' });
    await refusal(visit(ids, { at: new Date(nowMs + 3_600_000).toISOString() }), 'bad_input');
    expect((await refusal(visit([...ids, randomUUID()]), 'not_found')).message).toContain('1 of 4');
    await refusal(visit(ids, {}, actorWith(words, east)), 'not_found');
  });

  test('pages show each once, never visited first', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const part = await list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...part.items.map(({ id }) => id));
      cursor = part.next ?? undefined;
    } while (cursor !== undefined);
    const all = (await list({ limit: 200 })).items;
    expect(seen).toEqual(all.map(({ id }) => id));
    const times = all.map(({ visitedAt }) => (visitedAt === null ? 0 : Date.parse(visitedAt)));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    await refusal(list({ cursor: 'x' }), 'bad_input');
  });

  test('come in from a file: every bad row is told, none of them with its door', async () => {
    const csv = [
      '网格编码,地址,门牌,人数',
      `${grid},样街2号,1-1,2`,
      `${grid},样街2号,秘密门牌,many`,
      `${west}999,样街2号,1-3,2`,
      `${grid},样街2号,1-1,4`,
      `${grid},样街1号,2单元5-3,4`,
    ].join('\n');
    const refused = await refusal(load(csv), 'import_refused');
    expect(refused.detail).toMatchObject({ wrongCount: 3, read: 5 });
    expect(JSON.stringify(refused)).not.toContain('秘密门牌');
    expect(await load(csv, { skipWrong: true, dryRun: true })).toMatchObject({
      created: 1,
      unchanged: 1,
      wrongCount: 3,
    });
    expect((await list({ area: grid, limit: 200 })).items.some(({ address }) => address === '样街2号')).toBe(false);
    expect(await load(csv, { skipWrong: true })).toMatchObject({ created: 1, unchanged: 1, changed: 0, wrongCount: 3 });
    expect(await load(`网格编码,地址,门牌,人数\n${grid},样街2号,1-1,7`)).toMatchObject({ changed: 1, created: 0 });
    await refusal(load(csv, { skipWrong: false }, actorWith(words, east)), 'import_refused');
  });
});

describe('coverage', () => {
  test('is counted from rows, grid by grid, and its parts add up', async () => {
    members.set(grid, { members: 61 });
    const { area, parts, above, rules } = await figures(street);
    expect(above.map(({ code }) => code)).toEqual([city, district]);
    const own = parts.find(({ code }) => code === west);
    const { items } = await list({ limit: 200 });
    const visited = items.filter(
      ({ visitedAt }) => visitedAt !== null && nowMs - Date.parse(visitedAt) <= rules.visitedWithinDays * 86_400_000,
    );
    expect(own).toMatchObject({
      registered: items.reduce((sum, { residents }) => sum + residents, 0),
      visited: { part: visited.length, whole: items.length },
      online: { part: 61 },
    });
    expect(area.visited).toEqual(own?.visited);
    expect(own?.online.percent).toBe(
      own === undefined || own.residents === 0 ? null : Math.round((61 / own.residents) * 10_000) / 100,
    );
  });

  test('a visit counts for its time only', async () => {
    const before = (await figures(west)).area.visited.part ?? 0;
    expect(before).toBeGreaterThan(0);
    nowMs += 91 * 86_400_000;
    expect((await figures(west)).area.visited.part).toBe(0);
    nowMs -= 91 * 86_400_000;
  });

  test('begins where somebody is appointed; an unknown area is told so', async () => {
    expect((await figures()).area.code).toBe(west);
    await refusal(figures('999999'), 'not_found');
  });

  test('few people are never told, by themselves or by subtraction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (part, rest) => {
        const share = shareOf(part, part + rest, 5);
        const few = (n: number) => n > 0 && n < 5;
        expect(share.part === null).toBe(few(part) || few(rest));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 8 }), (counts) => {
        const shown = hideAlone(counts.map((part) => shareOf(part, part + 20, 5)));
        const hidden = shown.filter(({ part }) => part === null).length;
        const tellable = counts.filter((n) => n >= 5).length;
        expect(hidden === 1 && tellable > 0).toBe(false);
      }),
    );
  });
});
