import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemScope } from '#server/db/scope.ts';
import {
  configureLedger,
  createSequencer,
  createSigner,
  makeLedgerKey,
  verifyStored,
} from '#server/modules/ledger/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { district, east, street, west } from '#server/modules/grids/town.fixture.ts';
import { buildCare, careCanaries, careWish, op, refusal } from './care.fixture.ts';

let care: Awaited<ReturnType<typeof buildCare>>;
let secretary: Actor;
let supervisor: Actor;
beforeAll(async () => {
  care = await buildCare();
  secretary = await care.member('secretary', west, '西书记');
  supervisor = await care.member('supervise_seat', street, '督办席');
});
afterAll(() => care.close());

const at = { params: {}, query: {} };
const reveal = (id: string, actor: Actor, purpose = '上门排查前核对') =>
  care.people.handlers.reveal({ params: { id }, query: {}, body: { ...op(), purpose } }, { actor });
const seenBy = (id: string, actor = supervisor) =>
  care.people.reviewHandlers.person({ params: { id }, query: {}, body: op() }, { actor });
const day = { from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z' };
const dump = () =>
  care.town.database.read(systemScope, async ({ db }) =>
    JSON.stringify(
      await Promise.all([
        db.selectFrom('care_person').selectAll().execute(),
        db.selectFrom('care_correction').selectAll().execute(),
        db.selectFrom('op').selectAll().execute(),
        db.selectFrom('ledger_entry').selectAll().execute(),
        db.selectFrom('ledger_private').selectAll().execute(),
      ]),
      (_key, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value),
    ),
  );

/** Numbers all lines, signs a head over them and proves the whole; answers how many there are. */
async function provenLines(): Promise<number> {
  const { database } = care.town;
  const log = { error: (...words: unknown[]) => expect(words).toEqual([]) };
  const sequencer = createSequencer({
    database,
    tenant: 'main',
    signer: createSigner(makeLedgerKey()),
    clock: care.clock,
    log,
  });
  configureLedger({ tenant: 'main', wake: () => sequencer.wake() });
  await sequencer.start();
  await sequencer.stop();
  configureLedger({ tenant: 'main', wake: () => undefined });
  const verdict = await verifyStored(database);
  if (!verdict.ok) throw new Error(verdict.problem);
  return verdict.size;
}

describe('who saw me', () => {
  test('every look, change and file, by whom and what for; looking at it is itself a line', async () => {
    const person = await care.add({ idNumber: null });
    const worker = await care.member('full_time', `${west}001`, '网格员甲');
    await reveal(person.id, worker, '送药上门');
    const change = { ...op(), version: 1, tags: ['bedridden'] };
    await care.people.handlers.edit({ params: { id: person.id }, query: {}, body: change }, { actor: care.clerk });
    const first = await seenBy(person.id);
    expect(first).toMatchObject({ ref: person.id.slice(-8), areaName: expect.any(String), tags: ['bedridden'] });
    expect(first.items.map(({ kind, who, purpose, changed }) => ({ kind, who, purpose, changed }))).toEqual(
      expect.arrayContaining([
        { kind: 'edit', who: '样书记', purpose: null, changed: ['tags'] },
        { kind: 'reveal', who: '网格员甲', purpose: '送药上门', changed: [] },
        { kind: 'create', who: '样书记', purpose: null, changed: [] },
      ]),
    );
    expect(first.items.find(({ who }) => who === '网格员甲')).toMatchObject({ role: 'full_time', unit: '街道中心' });
    expect((await seenBy(person.id)).items.filter(({ kind }) => kind === 'review')).toHaveLength(1);
    expect(JSON.stringify(first)).not.toContain(careWish.name);
    await refusal(seenBy(person.id, await care.member('secretary', east)), 'not_found');
  });

  test('what one worker opened in a span, within the reviewer’s areas', async () => {
    const person = await care.add({ idNumber: null });
    const worker = await care.member('full_time', `${west}001`, '网格员乙');
    await reveal(person.id, worker);
    care.clock.advance(1000);
    await reveal(person.id, worker, '再次核对');
    const { items } = await care.people.reviewHandlers.workers(
      { ...at, body: { ...op(), ...day } },
      { actor: supervisor },
    );
    expect(items.find(({ accountId }) => accountId === worker.accountId)).toMatchObject({
      reveals: 2,
      people: 1,
      edits: 0,
    });
    const lines = await care.people.reviewHandlers.worker(
      { params: { id: worker.accountId ?? '' }, query: {}, body: { ...op(), ...day } },
      { actor: supervisor },
    );
    expect(lines.items.map(({ purpose, personId }) => [purpose, personId])).toEqual([
      ['再次核对', person.id],
      ['上门排查前核对', person.id],
    ]);
    const foreign = await care.member('secretary', east);
    const none = await care.people.reviewHandlers.workers({ ...at, body: { ...op(), ...day } }, { actor: foreign });
    expect(none.items).toEqual([]);
    await refusal(
      care.people.reviewHandlers.workers(
        { ...at, body: { ...op(), from: day.to, to: day.from } },
        { actor: supervisor },
      ),
      'bad_input',
    );
  });

  test('a module above adds the lines in which it showed several people at once', async () => {
    const person = await care.add({ idNumber: null });
    const [shown] = await care.town.ledgerLines('care.reveal');
    const ids = await care.town.database.read(systemScope, ({ db }) =>
      db.selectFrom('ledger_entry').select('id').where('op_id', '=', String(shown?.['op_id'])).execute(),
    );
    care.people.alsoSeenIn({
      name: 'visits',
      linesWith: async (_tx, id) => (id === person.id ? ids.map((row) => row.id) : []),
    });
    expect((await seenBy(person.id)).items.map(({ kind }) => kind)).toContain('reveal');
  });
});

describe('a correction', () => {
  test('is noted sealed, opened with a line, settled once the entry was changed; then its words are gone', async () => {
    const person = await care.add({ idNumber: null });
    const { rightsHandlers } = care.people;
    const params = { id: person.id };
    const body = { ...op(), fields: ['phone' as const], said: '电话应为 13700009999' };
    const worker = await care.member('full_time', `${west}001`, '网格员丙');
    const { correction } = await rightsHandlers.ask({ params, query: {}, body }, { actor: worker });
    expect(correction).toMatchObject({ state: 'open', fields: ['phone'], maySettle: false });
    expect(await dump()).not.toContain('13700009999');
    const one = { id: correction.id };
    expect(await rightsHandlers.open({ params: one, query: {}, body: op() }, { actor: worker })).toEqual({
      said: body.said,
    });
    const settle = (done: boolean, version = 1) =>
      rightsHandlers.settle(
        { params: one, query: {}, body: { ...op(), version, done, reason: '已电话核实' } },
        { actor: secretary },
      );
    care.clock.advance(1000);
    await refusal(settle(true, 9), 'version_conflict');
    const lower = { ...op(), version: 1, phone: '13700009999' };
    await care.people.handlers.edit({ params, query: {}, body: lower }, { actor: care.clerk });
    expect((await settle(true)).correction).toMatchObject({ state: 'done', version: 2 });
    await refusal(settle(false, 2), 'in_use');
    expect(await rightsHandlers.open({ params: one, query: {}, body: op() }, { actor: worker })).toEqual({
      said: null,
    });
    const { items } = await rightsHandlers.corrections(
      { params: {}, query: { person: person.id }, body: {} },
      { actor: worker },
    );
    expect(items).toHaveLength(1);
  });

  test('cannot be called done while nothing was changed', async () => {
    const person = await care.add({ idNumber: null });
    care.clock.advance(1000);
    const body = { ...op(), fields: ['name' as const], said: '名字写错了一个字' };
    const { correction } = await care.people.rightsHandlers.ask(
      { params: { id: person.id }, query: {}, body },
      { actor: secretary },
    );
    const wish = { ...op(), version: 1, done: true, reason: '已改' };
    await refusal(
      care.people.rightsHandlers.settle({ params: { id: correction.id }, query: {}, body: wish }, { actor: secretary }),
      'bad_input',
    );
  });
});

describe('an erasure', () => {
  test('says beforehand what goes, takes it here and above, and leaves a ledger that still proves itself', async () => {
    const person = await care.add();
    const taken: string[] = [];
    care.people.alsoErase({
      name: 'visits',
      count: async () => [{ kind: 'visits', rows: 3 }],
      erase: async (_tx, id) => void taken.push(id),
    });
    const { rightsHandlers } = care.people;
    const params = { id: person.id };
    await rightsHandlers.ask(
      { params, query: {}, body: { ...op(), fields: ['phone'], said: `我叫${careWish.name}` } },
      { actor: secretary },
    );
    await reveal(person.id, secretary);
    await care.people.handlers.retire(
      { params, query: {}, body: { ...op(), version: 1, reason: `${careWish.name}已迁出` } },
      { actor: secretary },
    );
    const before = await dump();
    const plan = await rightsHandlers.erasure({ params, query: {}, body: {} }, { actor: secretary });
    expect(await dump()).toBe(before);
    expect(Object.fromEntries(plan.gone.map(({ holder, kind, rows }) => [`${holder}.${kind}`, rows]))).toEqual({
      'people.sealed': 6,
      'people.indexes': 3,
      'people.place': 1,
      'people.tags': 2,
      'people.corrections': 1,
      'people.answers': 2,
      'ledger.words': 1,
      'visits.visits': 3,
    });
    const erase = (fields: object = {}, actor = secretary) =>
      rightsHandlers.erase(
        {
          params,
          query: {},
          body: { ...op(), version: plan.version, ground: 'withdrawn', reason: '本人书面撤回', ...fields },
        },
        { actor },
      );
    await refusal(erase({ ground: 'whim' }), 'bad_input');
    await refusal(erase({ version: 1 }), 'version_conflict');
    await refusal(erase({}, await care.member('secretary', east)), 'not_found');
    expect((await erase()).gone).toEqual(plan.gone);
    expect(taken).toEqual([person.id]);
    const row = await care.town.database.read(systemScope, ({ db }) =>
      db.selectFrom('care_person').selectAll().where('id', '=', person.id).executeTakeFirstOrThrow(),
    );
    expect(care.vault.open(row.name, 'care_person.name')).toBe('');
    const {
      name: _name,
      id,
      area_code,
      path,
      district: d,
      version,
      import_id,
      restricted,
      ...rest
    } = row as typeof row & {
      restricted?: boolean;
    };
    const kept = Object.entries(rest).filter(
      ([key, value]) =>
        !key.endsWith('_at') &&
        value !== null &&
        value !== '' &&
        value !== 0 &&
        !(Array.isArray(value) && value.length === 0) &&
        !(value instanceof Uint8Array && value.length === 0),
    );
    expect(kept).toEqual([]);
    expect([id, area_code, path, d, version > 1, import_id, restricted === true]).toEqual([
      person.id, `${west}001`, expect.any(Array), district, true, null, false,
    ]); // prettier-ignore
    const after = await dump();
    for (const secret of careCanaries) expect(after).not.toContain(secret);
    expect(await seenBy(person.id)).toMatchObject({ erasedAt: expect.any(String), tags: [] });
    await refusal(erase({ version: row.version }), 'in_use');
    expect(await provenLines()).toBeGreaterThan(10);
  });

  test('is due when the term has run out since somebody left care', async () => {
    const person = await care.add({ idNumber: null });
    const retire = { ...op(), version: 1, reason: '迁出' };
    await care.people.handlers.retire({ params: { id: person.id }, query: {}, body: retire }, { actor: secretary });
    const due = () => care.people.rightsHandlers.retention({ ...at, body: {} }, { actor: secretary });
    const { rules } = await due();
    expect((await due()).dueTotal).toBe(0);
    care.clock.advance(((rules[0]?.days ?? 0) + 1) * 86_400_000);
    expect((await due()).due.map(({ id }) => id)).toContain(person.id);
  });

  test('of words is nothing the program can do by itself: only with the line that says so', async () => {
    const person = await care.add({ idNumber: null });
    await expect(
      care.town.database.inTx(systemScope, ({ db }) =>
        db.selectNoFrom((eb) => eb.fn('huangge_erase_care_words', [eb.val(person.id)]).as('gone')).execute(),
      ),
    ).rejects.toThrow('care.erase');
  });
});
