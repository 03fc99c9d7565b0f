import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { district, east, street, west } from '#server/modules/grids/town.fixture.ts';
import { buildCare, careCanaries, careWish, op, refusal } from './care.fixture.ts';
import { exportValidMs } from './export-rules.ts';

let care: Awaited<ReturnType<typeof buildCare>>;
let asker: Actor;
let second: Actor;
beforeAll(async () => {
  care = await buildCare();
  asker = await care.member('secretary', west, '申请人');
  second = await care.member('commander', street, '批准人');
  await care.add();
  await care.add({ idNumber: null, name: '=1+1', phone: '13911112222', lon: 104.015 });
});
afterAll(() => care.close());

const at = { params: {}, query: {} };
const wish = {
  area: west,
  tags: [],
  fields: ['name' as const, 'phone' as const, 'address' as const],
  purpose: '高温慰问前逐户核对名单',
};
const ask = (fields: object = {}, actor = asker) =>
  care.people.exportHandlers.ask({ ...at, body: { ...op(), ...wish, ...fields } }, { actor });
const approve = (row: { id: string; version: number }, actor: Actor) =>
  care.people.exportHandlers.approve(
    { params: { id: row.id }, query: {}, body: { ...op(), version: row.version } },
    { actor },
  );
const take = (id: string, actor = asker) =>
  care.people.exportHandlers.take({ params: { id }, query: {}, body: op() }, { actor });
const list = async (actor: Actor) => (await care.people.exportHandlers.list({ ...at, body: {} }, { actor })).items;
/** All texts of a spreadsheet, in order, and its one sheet as XML. */
function open(base64: string) {
  const files = unzipSync(Buffer.from(base64, 'base64'));
  const xml = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const texts = [...xml('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((hit) => hit[1] ?? '');
  return { texts, sheet: xml('xl/worksheets/sheet1.xml') };
}

describe('a file of people in care', () => {
  test('needs two people; the one who asked takes it, marked, within 24 hours', async () => {
    const { export: row } = await ask();
    expect(row).toMatchObject({ people: null, state: 'asked', mine: true, mayDecide: false, mayTake: false });
    await refusal(take(row.id), 'not_allowed');
    await refusal(approve(row, asker), 'not_allowed');
    const [seen] = await list(second);
    expect(seen).toMatchObject({ people: 1, purpose: wish.purpose, fields: wish.fields, mayDecide: true, mine: false });
    const { export: decided } = await approve(row, second);
    expect(decided).toMatchObject({ state: 'approved', mayTake: false });
    await refusal(take(row.id, second), 'not_allowed');
    const file = await take(row.id);
    expect(file).toMatchObject({ name: `${row.number}.xlsx`, people: 1 });
    expect(file.sha256).toBe(createHash('sha256').update(Buffer.from(file.base64, 'base64')).digest('hex'));
    const { texts, sheet } = open(file.base64);
    expect(texts).toEqual(expect.arrayContaining([careWish.name, careWish.phone, careWish.address, row.number]));
    expect(texts.join()).not.toContain(careWish.idNumber);
    for (const words of [row.number, '申请人', wish.purpose]) {
      expect(texts.slice(0, 2).join()).toContain(words);
      expect(sheet).toMatch(new RegExp(`<oddHeader>[^<]*${words}`));
    }
    const lines = await care.town.ledgerLines('care.export_take');
    expect(lines).toMatchObject([{ subject_id: row.id, data: { number: row.number, sha256: file.sha256, taken: 1 } }]);
    care.clock.advance(exportValidMs);
    await refusal(take(row.id), 'not_allowed');
    expect((await list(asker))[0]).toMatchObject({ state: 'expired', mayTake: false, takes: 1 });
  });

  test('is decided by nobody who owes the asker the right to', async () => {
    const made = await care.member('commander', street, '由申请人任命', asker);
    const { export: row } = await ask();
    await refusal(approve(row, made), 'not_allowed');
    expect((await approve(row, second)).export.state).toBe('approved');
    await refusal(approve(row, second), 'in_use');
  });

  test('stays within the area, is refused with a reason, and nothing of it stays in the database', async () => {
    await refusal(ask({ area: east }), 'not_allowed');
    await refusal(ask({ tags: ['child'] }), 'not_found');
    const other = await care.member('secretary', east, '外人');
    const { export: row } = await ask({ purpose: '给小区物业发一份名单' });
    expect(await list(other)).toEqual([]);
    await refusal(approve(row, other), 'not_found');
    const body = { ...op(), version: row.version, reason: '物业不在用途之内' };
    await care.people.exportHandlers.refuse({ params: { id: row.id }, query: {}, body }, { actor: second });
    expect((await list(asker)).find(({ id }) => id === row.id)).toMatchObject({
      state: 'refused',
      reason: body.reason,
    });
    const everything = await care.town.database.read(systemScope, async ({ db }) =>
      JSON.stringify(
        await Promise.all([
          db.selectFrom('care_export').selectAll().execute(),
          db.selectFrom('op').selectAll().execute(),
          db.selectFrom('ledger_entry').selectAll().execute(),
        ]),
        (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value),
      ),
    );
    for (const secret of [...careCanaries, wish.purpose, body.reason, '给小区物业'])
      expect(everything).not.toContain(secret);
  });

  test('never runs a formula: what looks like one is text', async () => {
    const { export: row } = await ask({ area: district, fields: ['name'] }, care.clerk);
    await approve(row, await care.member('commander', district, '区批准人'));
    const { texts, sheet } = open((await take(row.id, care.clerk)).base64);
    expect(texts).toContain('=1+1');
    expect(sheet).not.toContain('<f>');
  });
});
