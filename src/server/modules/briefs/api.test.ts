import { createHash, randomUUID } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { briefRoutes } from '#contract/briefs.ts';
import type { ClientInput, ClientOutput } from '#contract/route.ts';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { buildBriefs, type BriefsWorld } from './briefs.fixture.ts';

let world: BriefsWorld;
beforeAll(async () => {
  // Monday to Wednesday: three closed, one open, one of the district; then it is Monday again.
  world = await buildBriefs();
  await world.analytics.refresh();
  await world.closed();
  await world.closed();
  await world.closed();
  await world.handled();
  await world.report({ categoryCode: 'G1501', title: '一件' });
  world.clock.set(Date.parse('2026-06-22T00:30:00Z'));
  await world.follow();
});
afterAll(() => world.close());

type Body<K extends keyof typeof briefRoutes> = Omit<NonNullable<ClientInput<(typeof briefRoutes)[K]>['body']>, 'opId'>;
type Brief = ClientOutput<(typeof briefRoutes)['get']>;

const make = (actor: Actor, body: Partial<Body<'make'>> = {}, opId = randomUUID()) =>
  world.briefs.handlers.make(
    { params: {}, query: {}, body: { opId, kind: 'weekly', areaCode: '500103004', day: '2026-06-17', ...body } },
    { actor },
  );
const write = (actor: Actor, { id, version }: Pick<Brief, 'id' | 'version'>, text: string, section: 'advice' | 'sources' = 'advice', machine = false) => // prettier-ignore
  world.briefs.handlers.write({ params: { id }, query: {}, body: { opId: randomUUID(), version, section, text, machine } }, { actor }); // prettier-ignore
const issue = (actor: Actor, { id, version }: Pick<Brief, 'id' | 'version'>, recipients: string[] = []) =>
  world.briefs.handlers.issue({ params: { id }, query: {}, body: { opId: randomUUID(), version, recipients } }, { actor }); // prettier-ignore
const get = (actor: Actor, id: string) => world.briefs.handlers.get({ params: { id }, query: {}, body: {} }, { actor });
const list = async (actor: Actor) =>
  (await world.briefs.handlers.list({ params: {}, query: { limit: 50 }, body: {} }, { actor })).items;
const wordsOf = (bytes: Uint8Array) =>
  strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).replaceAll(/<[^>]+>/g, '');

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}

let brief: Brief;

describe('a draft', () => {
  test('tells the numbers of its area and its week, each with the cases behind it', async () => {
    brief = (await make(world.street)).brief as Brief;
    expect(brief).toMatchObject({ kind: 'weekly', state: 'draft', firstDay: '2026-06-15', lastDay: '2026-06-21', number: null }); // prettier-ignore
    const [overview] = brief.body.sections;
    expect(overview?.text[0]).toContain('共接报事件 5 件');
    expect(overview?.table?.rows).toEqual([['接报事件', 5], ['其中已结案', 3], ['超期未结案', 0], ['挂账（缓办）', 0]]); // prettier-ignore
    expect(overview?.table?.links[1]?.[1]).toEqual({ indicator: 'closed_rate', part: 'numerator', from: '2026-06-15', to: '2026-06-21', area: '500103004' }); // prettier-ignore
    expect(overview?.chart?.values).toEqual([5, 0, 0, 0, 0, 0, 0]);
  });

  test('says of each number by what formula it was reckoned and how far the ledger was followed', () => {
    const sources = brief.body.sections.at(-1);
    const row = sources?.table?.rows.find(([code]) => code === 'closed_on_time_rate');
    expect(row?.slice(1, 5)).toEqual(['按期结案率', '按期结案数 ÷ 应结案数（已结案或处置时限已到；缓办不计）', 3, 3]);
    expect(brief.ledger.seq).toBeGreaterThan(20);
    // What was said about a rate of 100 % beside it.
    expect(brief.body.sections[0]?.text[1]).toContain('须与返工率');
    for (const section of brief.body.sections)
      for (const [at, cells] of (section.table?.rows ?? []).entries())
        expect(section.table?.links[at]).toHaveLength(cells.length);
  });

  test('hides a single case of a withheld class, and telephones in the title of an issue', () => {
    const text = JSON.stringify(brief.body);
    expect(text).not.toContain('未成年人');
    expect(text).not.toContain('13912345678');
    expect(text).toContain('反映树要倒');
  });

  test('opens the hot issue and the anomaly it tells of', () => {
    const linksOf = (key: string) => brief.body.sections.find((one) => one.key === key)?.table?.links[0];
    expect(linksOf('issues')).toEqual([{ issue: '018f0000-0000-7000-8000-000000000001' }, null, null, null, null]);
    expect(linksOf('anomalies')?.[2]).toEqual({ anomaly: '018f0000-0000-7000-8000-000000000002' });
  });

  test('is made once for an opId, and once for its days', async () => {
    const opId = randomUUID();
    const first = await make(world.street, { day: '2026-06-08' }, opId);
    expect((await make(world.street, { day: '2026-06-08' }, opId)).brief.id).toBe(first.brief.id);
    await refusal(make(world.street, { day: '2026-06-09' }), 'already_exists');
  });

  test('of days that are not over, or of a foreign area, is refused', async () => {
    await refusal(make(world.street, { day: '2026-06-22' }), 'bad_input');
    await refusal(make(world.street, { kind: 'special', day: '2026-01-01', to: '2026-06-01' }), 'bad_input');
    await refusal(make(world.north), 'not_found');
    await refusal(make(world.street, { areaCode: '500103' }), 'not_found');
  });

  test('is its own area’s: another street sees nothing, the district above does', async () => {
    await refusal(get(world.north, brief.id), 'not_found');
    expect(await list(world.north)).toEqual([]);
    expect((await get(world.whole, brief.id)).id).toBe(brief.id);
    await refusal(write(world.north, brief, '改一改'), 'not_found');
  });

  test('takes words in its own sections only, without personal data, seen by version', async () => {
    await refusal(write(world.street, brief, '请联系王师傅 13800138000'), 'personal_data');
    await refusal(write(world.street, brief, '数字', 'sources'), 'bad_input');
    const saved = (await write(world.street, brief, '下周重点巡查行道树。')).brief as Brief;
    expect(saved.remarks['advice']).toMatchObject({ text: '下周重点巡查行道树。', machine: false });
    await refusal(write(world.street, brief, '旧版本'), 'version_conflict');
    brief = saved;
    const { rows } = await world.owner.query<{ data: object }>("select data from ledger_entry where action = 'brief.write'"); // prettier-ignore
    expect(JSON.stringify(rows)).not.toContain('行道树');
  });

  test('is reckoned again on demand: its words stay, its numbers follow the record', async () => {
    world.clock.set(Date.parse('2026-06-19T02:00:00Z'));
    await world.closed();
    world.clock.set(Date.parse('2026-06-22T01:00:00Z'));
    await world.follow();
    const again = await world.briefs.handlers.reckon(
      { params: { id: brief.id }, query: {}, body: { opId: randomUUID(), version: brief.version } },
      { actor: world.street },
    );
    brief = again.brief as Brief;
    expect(brief.body.sections[0]?.table?.rows[0]).toEqual(['接报事件', 6]);
    expect(brief.remarks['advice']?.text).toBe('下周重点巡查行道树。');
  });

  test('can be downloaded, and says that it is one', async () => {
    const { bytes, name } = await world.briefs.file(world.street, { id: brief.id, format: 'docx' });
    expect(name).toContain('（草稿）');
    expect(wordsOf(bytes)).toContain('草　稿');
  });

  test('takes words of the assistant only through a person, marked as such', async () => {
    const ask = () => world.briefs.handlers.suggest({ params: { id: brief.id }, query: {}, body: { section: 'overview' } }, { actor: world.street }); // prettier-ignore
    await refusal(ask(), 'not_found');
    world.setAssistant('本周接报平稳');
    const { text } = await ask();
    expect((await get(world.street, brief.id)).remarks['overview']).toBeUndefined();
    const body = { opId: randomUUID(), version: brief.version, section: 'overview' as const, text, machine: true };
    brief = (await world.briefs.handlers.write({ params: { id: brief.id }, query: {}, body }, { actor: world.street })).brief as Brief; // prettier-ignore
    const { bytes } = await world.briefs.file(world.street, { id: brief.id, format: 'docx' });
    expect(wordsOf(bytes)).toContain('由写作助手起草，经人工核定');
  });
});

describe('issuing', () => {
  test('numbers it, freezes three files and writes their digests into the ledger', async () => {
    const done = await issue(world.street, brief, [world.unit.districtCentre]);
    brief = done.brief as Brief;
    expect(brief).toMatchObject({ state: 'issued', number: '2026 年第 1 期', mayEdit: false });
    expect(brief.files.map(({ format }) => format)).toEqual(['docx', 'pdf', 'xlsx']);
    const { rows } = await world.owner.query<{ data: { sha256: Record<string, string> } }>('select data from ledger_entry where id = $1', [done.ledgerId]); // prettier-ignore
    for (const { format, sha256 } of brief.files) {
      const { bytes } = await world.briefs.file(world.street, { id: brief.id, format });
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
      expect(rows[0]?.data.sha256[format]).toBe(sha256);
    }
  });

  test('the paper says what the page says: every number and every word of it', async () => {
    const { bytes } = await world.briefs.file(world.street, { id: brief.id, format: 'docx' });
    const paper = wordsOf(bytes);
    for (const section of brief.body.sections)
      for (const one of [section, ...section.parts]) {
        expect(paper).toContain(one.heading);
        for (const text of one.text) expect(paper).toContain(text.replaceAll('&', '&amp;'));
        for (const cells of one.table?.rows ?? []) for (const cell of cells) expect(paper).toContain(String(cell));
      }
    expect(paper).toContain('下周重点巡查行道树。');
    expect(paper).toContain('送：区中心。');
    expect(paper).toContain('（2026 年第 1 期）');
  });

  test('is for ever: no words, no numbers, no second time, and the database refuses too', async () => {
    await refusal(write(world.street, brief, '再改'), 'transition_not_allowed');
    await refusal(issue(world.street, brief), 'transition_not_allowed');
    await expect(world.database.pool.query("update brief_file set sha256 = ''")).rejects.toThrow(/permission denied/);
    const before = await world.briefs.file(world.street, { id: brief.id, format: 'xlsx' });
    await world.closed();
    await world.follow();
    expect((await world.briefs.file(world.street, { id: brief.id, format: 'xlsx' })).bytes).toEqual(before.bytes);
  });

  test('reaches the units it was sent to, though it lies outside their area', async () => {
    const other = (await make(world.street, { kind: 'daily', day: '2026-06-20' })).brief as Brief;
    expect(await list(world.north)).toEqual([]);
    const sent = (await issue(world.street, other, [world.unit.northCentre])).brief as Brief;
    expect((await list(world.north)).map(({ id }) => id)).toEqual([sent.id]);
    const seen = await get(world.north, sent.id);
    expect(seen).toMatchObject({ number: '2026 年第 1 期', issuedBy: null, mayEdit: false });
  });

  test('counts on: the next of its kind is number two', async () => {
    const next = (await make(world.street, { kind: 'daily', day: '2026-06-21' })).brief as Brief;
    expect(((await issue(world.street, next)).brief as Brief).number).toBe('2026 年第 2 期');
  });

  test('a discarded draft leaves its days free', async () => {
    const draft = (await make(world.street, { kind: 'daily', day: '2026-06-19' })).brief as Brief;
    const body = { opId: randomUUID(), version: draft.version };
    await world.briefs.handlers.discard({ params: { id: draft.id }, query: {}, body }, { actor: world.street });
    expect((await make(world.street, { kind: 'daily', day: '2026-06-19' })).brief.id).not.toBe(draft.id);
  });
});

describe('a schedule', () => {
  const set = (version: number, more: Partial<Body<'schedule'>> = {}) =>
    world.briefs.handlers.schedule(
      {
        params: {},
        query: {},
        body: { opId: randomUUID(), version, areaCode: '500103004', kind: 'daily', at: '08:10', workdaysOnly: true, recipients: [], enabled: true, ...more }, // prettier-ignore
      },
      { actor: world.street },
    );

  test('drafts by itself, once, when its time has come', async () => {
    await set(0);
    await refusal(set(0), 'version_conflict');
    world.clock.set(Date.parse('2026-06-23T00:05:00Z'));
    expect(await world.briefs.makeDue()).toBe(0);
    world.clock.set(Date.parse('2026-06-23T00:12:00Z'));
    expect(await world.briefs.makeDue()).toBe(1);
    expect(await world.briefs.makeDue()).toBe(0);
    const [made] = await list(world.street);
    expect(made).toMatchObject({ kind: 'daily', state: 'draft', firstDay: '2026-06-22', lastDay: '2026-06-22' });
  });

  test('two processes at once make one draft', async () => {
    world.clock.set(Date.parse('2026-06-24T00:12:00Z'));
    const made = await Promise.all([world.briefs.makeDue(), world.briefs.makeDue()]);
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1);
  });

  test('passes over days that a person has drafted already, and can be switched off', async () => {
    world.clock.set(Date.parse('2026-06-25T00:12:00Z'));
    await make(world.street, { kind: 'daily', day: '2026-06-24' });
    expect(await world.briefs.makeDue()).toBe(0);
    world.clock.set(Date.parse('2026-06-26T00:12:00Z'));
    const { schedules } = await world.briefs.handlers.choices({ params: {}, query: {}, body: {} }, { actor: world.street }); // prettier-ignore
    await set(schedules[0]?.version ?? 0, { enabled: false });
    expect(await world.briefs.makeDue()).toBe(0);
  });
});
