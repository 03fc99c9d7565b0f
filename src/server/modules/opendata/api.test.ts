import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { openMonth } from '#contract/opendata.ts';
import type * as z from 'zod';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { classRules } from './dictionary.ts';
import { isWithheld } from './rules-month.ts';
import { buildOpenData, type OpenDataWorld } from './opendata.fixture.ts';

let world: OpenDataWorld;
beforeAll(async () => {
  world = await buildOpenData();
  // May: 30 cases of rubbish in two communities, 12 of noise, one odd one, 7 that are withheld, 3 that are open.
  await world.put([
    { n: 18, category: 'E0102' },
    { n: 9, category: 'E0102', community: '500103004002', closedAt: '2026-05-20T03:00:00Z' },
    { n: 3, category: 'E0102', community: '500103004002', closedAt: '2026-05-27T03:00:00Z', reopens: 1 },
    { n: 12, category: 'G1303', reopens: 1 },
    { n: 1, category: 'P0118' },
    { n: 7, category: 'G1502' },
    { n: 3, category: 'E0102', closedAt: null },
    { n: 6, category: 'E0102', street: '500103005', community: null },
  ]);
});
afterAll(() => world.close());

const list = (actor: Actor) => world.feed.handlers.list({ params: {}, query: {}, body: {} }, { actor });
const preview = (actor: Actor, area = '500103004', month = '2026-05') =>
  world.feed.handlers.preview({ params: {}, query: { area, month }, body: {} }, { actor });
const publish = (actor: Actor, body: { areaCode?: string; month?: string; digest: string; opId?: string }) =>
  world.feed.handlers.publish(
    { params: {}, query: {}, body: { opId: randomUUID(), areaCode: '500103004', month: '2026-05', ...body } },
    { actor },
  );
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const month = async (wish = 'latest') => JSON.parse(text((await world.feed.month(wish)).bytes)) as z.output<typeof openMonth>; // prettier-ignore

async function refusal(work: Promise<unknown>, code: ErrorCode, words = ''): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  expect(error.message).toContain(words);
}

describe('a month before it is out', () => {
  test('waits until it can no longer be reopened', async () => {
    expect(await preview(world.street)).toMatchObject({ ready: false, why: 'too_soon', readyOn: '2026-06-17' });
    await refusal(publish(world.street, { digest: (await preview(world.street)).digest }), 'bad_input', 'reopened');
    expect((await list(world.street)).areas).toEqual([{ code: '500103004', name: '两江街道', due: [] }]);
    expect(await preview(world.street, '500103004', '2026-06')).toMatchObject({ why: 'month_not_over' });
  });

  test('shows what will be told, and what is held back', async () => {
    world.clock.set(Date.parse('2026-06-20T02:00:00Z'));
    const found = await preview(world.street);
    expect(found).toMatchObject({ ready: true, why: 'ready', version: 1, k: 5 });
    expect(found.held).toMatchObject({ withheld: 7, tooFew: 0, kept: 0, homeless: 0 });
    expect(found.groups.reduce((sum, { fixed }) => sum + (fixed ?? 0), 0)).toBe(43);
    expect(found.groups.every(({ fixed }) => fixed !== null && fixed >= 5)).toBe(true);
    // One street light alone would be somebody's: it is told with others only.
    expect(found.groups.some((group) => group.class?.code === 'P01')).toBe(false);
    expect(JSON.stringify(found.groups)).not.toMatch(/G15/);
    // Every class of the library is told or withheld by a rule somebody wrote.
    const { categories } = await world.events.dictionary.get();
    const ruled = (code: string) => [...classRules().keys()].some((one) => code.startsWith(one));
    expect([...categories.keys()].filter((code) => code !== 'G' && !ruled(code))).toEqual([]);
    expect((await list(world.street)).areas[0]?.due).toEqual(['2026-05']);
  });

  test('is nobody else’s to look at: a street beside, a seat without the word', async () => {
    await refusal(preview(world.north), 'not_found');
    await refusal(preview(world.as.chief), 'not_found');
    expect((await list(world.north)).areas.map(({ code }) => code)).toEqual(['500103005']);
  });
});

describe('publishing', () => {
  test('needs the preview that was looked at', async () => {
    await refusal(publish(world.street, { digest: 'a'.repeat(64) }), 'version_conflict');
  });

  test('freezes the files, once for an opId, with their digests in the ledger', async () => {
    const { digest } = await preview(world.street);
    const opId = randomUUID();
    const first = await publish(world.street, { digest, opId });
    expect(await publish(world.street, { digest, opId })).toEqual(first);
    const { rows } = await world.owner.query<{ data: { sha256: Record<string, string> }; action: string }>(
      'select action, data from ledger_entry where id = $1',
      [first.ledgerId],
    );
    expect(rows[0]?.action).toBe('feed.publish');
    for (const { name, sha256 } of first.release.files) {
      const wish = { area: '500103004', month: '2026-05', version: 1, name };
      const found = await world.feed.file(wish);
      expect(createHash('sha256').update(found.bytes).digest('hex')).toBe(sha256);
      expect(rows[0]?.data.sha256[name]).toBe(sha256);
      expect(found.immutable).toBe(true);
    }
    expect(first.release.files.map(({ name }) => name)).toEqual([
      'fixed.csv',
      'communities.geojson',
      'dictionary.csv',
      'readme.txt',
    ]);
  });

  test('cannot be undone or changed by the program', async () => {
    await expect(world.database.pool.query('delete from open_release')).rejects.toThrow(/permission denied/);
    await expect(world.database.pool.query('update open_file set sha256 = name')).rejects.toThrow(/permission denied/);
  });

  test('a file holds no number, place, person or word of a case, and adds up', async () => {
    const file = await world.feed.file({ area: '500103004', month: '2026-05', version: 1, name: 'fixed.csv' });
    const [head = '', ...lines] = text(file.bytes).replace('\ufeff', '').trim().split('\r\n');
    expect(head.split(',')).toContain('median_days');
    const at = head.split(',').indexOf('fixed');
    expect(lines.reduce((sum, line) => sum + Number(line.split(',')[at]), 0)).toBe(43);
    expect(text(file.bytes)).not.toMatch(/T[0-9a-f]{8}|106\.|中心/);
    const dictionary = await world.feed.file({
      area: '500103004',
      month: '2026-05',
      version: 1,
      name: 'dictionary.csv',
    });
    for (const column of head.split(',')) expect(text(dictionary.bytes)).toContain(`\n${column},`);
  });

  test('a file of communities is GeoJSON whose counts are told', async () => {
    const { bytes } = await world.feed.file({
      area: '500103004',
      month: '2026-05',
      version: 1,
      name: 'communities.geojson',
    });
    const { features } = JSON.parse(text(bytes)) as {
      features: { properties: { code: string; fixed_at_least: number }; geometry: { type: string } | null }[];
    };
    expect(features.length).toBeGreaterThan(0);
    for (const { properties, geometry } of features) {
      expect(properties.fixed_at_least).toBeGreaterThanOrEqual(5);
      expect(geometry?.type).toMatch(/Polygon/);
    }
  });

  test('refuses what overlaps a published area', async () => {
    const { why, digest } = await preview(world.whole, '500103');
    expect(why).toBe('overlaps');
    await refusal(publish(world.whole, { areaCode: '500103', digest }), 'bad_input', 'overlaps');
  });

  test('a street beside may publish its own month', async () => {
    const { digest } = await preview(world.north, '500103005');
    await publish(world.north, { areaCode: '500103005', digest });
    expect((await month()).areas.map(({ code }) => code)).toEqual(['500103004', '500103005']);
  });
});

describe('what everybody reads', () => {
  test('is sums of published groups: classes add up to the whole', async () => {
    const found = await month();
    expect(found).toMatchObject({ month: '2026-05', fixed: 49 });
    expect(found.byClass.reduce((sum, { fixed }) => sum + fixed, 0)).toBe(49);
    expect(found.byCommunity.reduce((sum, { atLeast }) => sum + atLeast, 0) + found.elsewhere).toBe(49);
    expect(found.areas[0]?.totals).toMatchObject({ fixed: 43, reopened: 15, medianDays: 2, reported: 46 });
    // Three are still open: how many are fixed would tell that few.
    expect(found.areas[0]?.totals.reportedFixed).toBeNull();
  });

  test('has a tag that changes only with what is published', async () => {
    expect((await world.feed.month('2026-05')).etag).toBe((await world.feed.month('latest')).etag);
    await refusal(world.feed.month('2026-04'), 'not_found');
    await refusal(world.feed.file({ area: '500103004', month: '2026-05', version: 2, name: 'fixed.csv' }), 'not_found');
    expect(text((await world.feed.index()).bytes)).toContain('CC BY 4.0');
  });
});

describe('a correction', () => {
  test('of fewer than k cases is not told; of more it is, as a new version over the same groups', async () => {
    const before = await month();
    await world.put([{ n: 2, category: 'G1303' }]);
    const few = await preview(world.street);
    expect(few).toMatchObject({ ready: false, why: 'nothing_changed' });
    expect(few.held.kept).toBe(1);
    await refusal(publish(world.street, { digest: few.digest }), 'bad_input', 'nothing changed');
    await world.put([{ n: 4, category: 'G1303' }]);
    const more = await preview(world.street);
    expect(more).toMatchObject({ ready: true, version: 2 });
    world.clock.advance(60_000);
    await publish(world.street, { digest: more.digest });
    const after = await month();
    expect(after.fixed).toBe(before.fixed + 6);
    expect(after.areas[0]?.version).toBe(2);
    // The first version stays as it was for whoever cited it.
    const old = await world.feed.file({ area: '500103004', month: '2026-05', version: 1, name: 'fixed.csv' });
    const now = await world.feed.file({ area: '500103004', month: '2026-05', version: 2, name: 'fixed.csv' });
    const numbers = (bytes: Uint8Array) => text(bytes).trim().split('\r\n').slice(1).map((line) => Number(line.split(',').at(-2))); // prettier-ignore
    const [first, second] = [numbers(old.bytes), numbers(now.bytes)];
    expect(second).toHaveLength(first.length);
    for (const [at, n] of second.entries()) {
      const change = Math.abs(n - (first[at] ?? 0));
      expect(change === 0 || change >= 5).toBe(true);
    }
  });
});

test('a class is told only where a rule names it or one above it, and the nearest rule decides', () => {
  const category = (code: string, parentCode: string | null) => [code, { code, parentCode, name: '', nameEn: '' }] as const; // prettier-ignore
  const tree = new Map([category('E', null), category('E04', 'E'), category('E0402', 'E04'), category('E0405', 'E04'), category('X', null)]); // prettier-ignore
  const rules = new Map([['E', { tell: true }], ['E0402', { tell: false }]]); // prettier-ignore
  expect(['E0405', 'E0402', 'X', 'unknown'].map((code) => isWithheld(code, tree, rules))).toEqual([false, true, true, true]); // prettier-ignore
});
