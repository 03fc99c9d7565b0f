import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { district, east, west } from '#server/modules/grids/town.fixture.ts';
import { buildCare, careCanaries, careWish, op, refusal } from './care.fixture.ts';

let care: Awaited<ReturnType<typeof buildCare>>;
beforeAll(async () => {
  care = await buildCare();
});
afterAll(() => care.close());

const run = (text: string, options: object = {}, actor: Actor = care.clerk) =>
  care.people.importHandlers.import(
    {
      params: {},
      query: {},
      body: { ...op(), text, map: {}, crs: 'wgs84' as const, skipWrong: false, dryRun: false, ...options },
    },
    { actor },
  );
const head = '姓名,电话,身份证号,类别,地址,门牌,网格,经度,纬度';
const row = (over: Partial<Record<string, string>> = {}) =>
  ['name', 'phone', 'id', 'tags', 'address', 'door', 'area', 'lon', 'lat']
    .map((key) => over[key] ?? { name: '样甲', tags: '独居老人、居家吸氧', lon: '104.002', lat: '30.002' }[key] ?? '')
    .join(',');
const count = () =>
  care.town.database.read(
    systemScope,
    async ({ db }) => (await db.selectFrom('care_person').select('id').execute()).length,
  );

describe('a table of people in care', () => {
  test('is tried first, then registered sealed; a second time everybody is known', async () => {
    const text = [
      head,
      row({ phone: '13811110001' }),
      row({ name: careWish.name, id: careWish.idNumber, door: careWish.addressDetail }),
    ].join('\n');
    const before = await count();
    expect(await run(text, { dryRun: true })).toMatchObject({ read: 2, created: 2, known: 0, wrongCount: 0 });
    expect(await count()).toBe(before);
    expect(await run(text)).toMatchObject({ created: 2, known: 0 });
    expect(await run(text)).toMatchObject({ created: 0, known: 2, wrongCount: 0 });
    const find = { params: {}, query: {}, body: { q: careWish.name } };
    const [found] = (await care.people.handlers.find(find, { actor: care.clerk })).items;
    expect(found).toMatchObject({ tags: ['elder_alone', 'oxygen'], areaCode: `${west}001` });
    expect(await care.town.ledgerLines('care.import')).toMatchObject([
      { district, data: { created: 2, areaCode: `${west}001` } },
    ]);
  });

  test('without positions people stand in the middle of the named grid until somebody has been there', async () => {
    const { created } = await run([head, row({ name: '样无坐标', lon: '', lat: '', area: `${west}003` })].join('\n'));
    expect(created).toBe(1);
    const [found] = (
      await care.people.handlers.find({ params: {}, query: {}, body: { q: '样无坐标' } }, { actor: care.clerk })
    ).items;
    expect(found?.areaCode).toBe(`${west}003`);
  });

  test('every wrong row is told by line and column, none by what it holds; nothing is written unless they are skipped', async () => {
    const clerk = await care.member('secretary', west);
    const text = [
      head,
      row({ name: '样乙', phone: '13811110002' }),
      row({ name: '', phone: '13811110003' }),
      row({ name: '样丙', id: '11010519491231002Y' }),
      row({ name: '样丁', tags: '样老太' }),
      row({ name: '样戊', lon: '204' }),
      row({ name: '样己', area: east }),
      row({ name: '样庚', lon: '', lat: '' }),
      `${row({ name: '样辛' })},多一格`,
      row({ name: '样乙', phone: '138 1111 0002' }),
      row({ name: '样壬', tags: '社区矫正对象' }),
    ].join('\n');
    const before = await count();
    const trial = await run(text, { dryRun: true }, clerk);
    expect(trial.wrong).toEqual([
      { line: 3, problem: 'name', length: 0 },
      { line: 4, problem: 'idNumber', length: 18 },
      { line: 5, problem: 'tags', length: 3 },
      { line: 6, problem: 'lon', length: 3 },
      { line: 7, problem: 'area_not_yours', length: 12 },
      { line: 8, problem: 'place', length: 0 },
      { line: 9, problem: 'cells', length: 0 },
      { line: 10, problem: 'twice', length: 0 },
      { line: 11, problem: 'tags', length: 6 },
    ]);
    const error = await refusal(run(text, {}, clerk), 'import_refused');
    expect(error.detail['wrong']).toEqual(trial.wrong);
    for (const word of ['样', '1381111', '11010519491231002Y'])
      expect(JSON.stringify([error.message, error.detail])).not.toContain(word);
    expect(await count()).toBe(before);
    expect(await run(text, { skipWrong: true }, clerk)).toMatchObject({ created: 1, wrongCount: 9 });
  });

  test('somebody in care elsewhere is told to be so, and not where', async () => {
    const text = [head, row({ name: '样东', id: '440308199901101512', lon: '104.015' })].join('\n');
    await run(text);
    const stranger = await care.member('secretary', west);
    const moved = [head, row({ name: '样东', id: '440308199901101512' })].join('\n');
    expect((await run(moved, { dryRun: true }, stranger)).wrong).toEqual([
      { line: 2, problem: 'elsewhere', length: 0 },
    ]);
  });

  test('a file without a header is refused without repeating its first row', async () => {
    for (const options of [{}, { map: { name: 'Name' } }]) {
      const error = await refusal(run(`${careCanaries.join(',')}\n1,2,3,4,5`, options), 'import_refused');
      for (const secret of careCanaries) expect(error.message + JSON.stringify(error.detail)).not.toContain(secret);
    }
  });

  test('law: read = created + known + wrong, and no cell comes back, whatever stands in the file', async () => {
    const cell = fc.constantFrom(
      '',
      '样癸',
      '独居老人',
      '13812345678',
      '104.002',
      '30.002',
      'x"y',
      careWish.idNumber,
      west,
      '=cmd()',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 9, maxLength: 9 }), { minLength: 1, maxLength: 8 }),
        async (cells) => {
          const text = [head, ...cells.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))].join(
            '\n',
          );
          const empty = cells.filter((row) => row.every((one) => one.trim() === '')).length;
          const answer = await run(text, { dryRun: true }).catch(() => null);
          if (answer === null) return cells.length === empty;
          expect(answer.read).toBe(cells.length - empty);
          expect(answer.created + answer.known + answer.wrongCount).toBe(answer.read);
          for (const secret of ['样癸', '13812345678', careWish.idNumber])
            expect(JSON.stringify(answer)).not.toContain(secret);
          return true;
        },
      ),
      { numRuns: 40 },
    );
  });
});
