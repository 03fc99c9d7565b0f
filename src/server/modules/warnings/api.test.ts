import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { district, east, street, west } from '#server/modules/grids/town.fixture.ts';
import { bytes, capXml, type Wording } from './cap.fixture.ts';
import { readCap } from './cap-read.ts';
import { buildWorld, t0, type World } from './town.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await buildWorld();
});
afterAll(() => world.town.close());
beforeEach(() => world.clock.set(t0));

const hour = 3_600_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const cap = (ms: number): string => `${iso(ms + 8 * hour).slice(0, 19)}+08:00`;

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

let sender = 0;
/** Another sender each time, so that tests do not meet one another's messages. */
const nextSender = (): string => `s${++sender}@example.org`;
const inEast = `<geocode><valueName>GB/T 2260</valueName><value>${east}</value></geocode>`;

function upload(wording: Wording, areaCode: string | null = null) {
  const base64 = Buffer.from(capXml(wording)).toString('base64');
  return world.warnings.handlers.upload(
    { params: {}, query: {}, body: { opId: randomUUID(), base64, areaCode } },
    world.chief,
  );
}
const read = (id: string, who = world.chief) =>
  world.warnings.handlers.get({ params: { id }, query: {}, body: {} }, who);
const list = (query: object, who = world.chief) =>
  world.warnings.handlers.list({ params: {}, query: { limit: 50, ...query }, body: {} }, who);

describe('coming in', () => {
  it('keeps a message once, with its place, colour, kind and original text', async () => {
    const head = { sender: nextSender() };
    const first = await upload({ head, area: inEast });
    expect(first).toMatchObject({ duplicate: false, state: 'active', outside: false });
    expect(await upload({ head, area: inEast })).toEqual({ ...first, duplicate: true });
    const detail = await read(first.id);
    expect(detail).toMatchObject({
      kind: 'rain',
      colour: 'orange',
      areas: [{ code: east, name: '东社区' }],
      issuer: { division: '510104' },
      mayIssue: false,
    });
    expect(detail.xml).toContain('<headline>暴雨橙色预警</headline>');
    const [line] = (await world.lines('warning.receive')).filter(({ subject }) => subject === first.id);
    expect(line).toMatchObject({ origin: 'upload', kind: 'rain', colour: 'orange', areas: [east] });
    expect(JSON.stringify(line)).not.toContain('暴雨橙色');
  });
  it('is seen above and below, not beside; one of elsewhere is kept, marked, and seen by the district', async () => {
    const { id } = await upload({ head: { sender: nextSender() }, area: inEast });
    expect((await read(id, world.eastClerk)).id).toBe(id);
    await refusal(read(id, world.westClerk), 'not_found');
    const ofStreet = await upload({ head: { sender: nextSender() }, area: inEast.replace(east, street) });
    expect((await read(ofStreet.id, world.westClerk)).id).toBe(ofStreet.id);
    const away = await upload({ head: { sender: nextSender() }, area: inEast.replace(east, '440100') });
    expect(away).toMatchObject({ outside: true });
    expect((await read(away.id)).effects).toEqual([]);
    await refusal(read(away.id, world.eastClerk), 'not_found');
  });
  it('refuses an unreadable file with its sentence and keeps nothing of it', async () => {
    const before = await world.count('warning');
    const error = await refusal(upload({ head: { scope: null } }), 'bad_input');
    expect(error.message).toBe('alert.scope: expected the element with a value, found none.');
    expect([await world.count('warning'), await world.count('warning_letter')]).toEqual([before, 0]);
  });
  it('pages through the list', async () => {
    const one = await list({ limit: 2 });
    expect(one.items).toHaveLength(2);
    const two = await list({ limit: 2, cursor: one.next });
    expect(two.items.map(({ id }) => id)).not.toContain(one.items[0]?.id);
    expect(
      (await list({ area: west })).items.every(({ areas }) => areas.some(({ code }) => west.startsWith(code))),
    ).toBe(true);
    await refusal(list({ cursor: 'x' }), 'bad_input');
  });
});

describe('chains and what they switch on', () => {
  it('an update before its original ends in the same state; effects run once', async () => {
    const from = nextSender();
    const original = { identifier: 'A1', sender: from, sent: cap(t0 - hour) };
    const update = {
      identifier: 'A2',
      sender: from,
      sent: cap(t0),
      msgType: 'Update',
      references: `${from},A1,${cap(t0 - hour)}`,
    };
    const b = await upload({ head: update, area: inEast });
    expect(b.state).toBe('active');
    const a = await upload({ head: original, area: inEast });
    expect(a.state).toBe('replaced');
    expect((await read(a.id)).effects).toEqual([]);
    const detail = await read(b.id);
    expect(detail.chain.map(({ identifier, state }) => [identifier, state])).toEqual([['A1', 'replaced'], ['A2', 'active']]); // prettier-ignore
    expect(
      detail.effects
        .map(({ effect, target, matched, few }) => `${effect} ${target} ${few ? 'few' : matched}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['contact elder_alone few', 'rounds building null', 'rounds flood 3', 'rounds slope 3']);
    const cancel = {
      identifier: 'A3',
      sender: from,
      sent: cap(t0 + hour),
      msgType: 'Cancel',
      references: `${from},A2,${cap(t0)}`,
    };
    await upload({ head: cancel, area: inEast });
    const ended = await read(b.id);
    expect(ended.state).toBe('cancelled');
    expect(ended.effects.every(({ offAt }) => offAt !== null)).toBe(true);
    const on = (await world.lines('warning.effect_on')).filter(({ subject }) => subject === b.id);
    const off = (await world.lines('warning.effect_off')).filter(({ subject }) => subject === b.id);
    expect([on.length, off.length]).toEqual([4, 4]);
    expect(on[0]).toMatchObject({ areas: [east], colour: 'orange', kind: 'rain' });
    expect((await world.lines('warning.end')).find(({ subject }) => subject === b.id)).toMatchObject({
      state: 'cancelled',
    });
  });
  it.each(['Exercise', 'Test', 'System', 'Draft'])('%s switches nothing on', async (status) => {
    const { id, state } = await upload({ head: { sender: nextSender(), status }, area: inEast });
    expect([state, (await read(id)).effects]).toEqual(['active', []]);
  });
  it('time begins and ends a warning, and its effects', async () => {
    const times = { effective: cap(t0 + hour), expires: cap(t0 + 3 * hour) };
    const { id, state } = await upload({ head: { sender: nextSender() }, info: times, area: inEast });
    expect(state).toBe('coming');
    world.clock.set(t0 + hour);
    await world.warnings.jobs.settleDue();
    const begun = await read(id);
    expect([begun.state, begun.effects.length]).toEqual(['active', 4]);
    const running = await world.warnings.handlers.running(
      { params: {}, query: { effect: 'rounds', target: 'slope' }, body: {} },
      world.eastClerk,
    );
    expect(running.items.map(({ warningId }) => warningId)).toContain(id);
    const beside = await world.warnings.handlers.running({ params: {}, query: {}, body: {} }, world.westClerk);
    expect(beside.items.map(({ warningId }) => warningId)).not.toContain(id);
    world.clock.set(t0 + 3 * hour);
    await world.warnings.jobs.settleDue();
    const over = await read(id);
    expect([over.state, over.effects.filter(({ offAt }) => offAt === null)]).toEqual(['expired', []]);
    expect(await world.warnings.jobs.settleDue()).toBe(0);
  });
  it('a changed table acts at once on what is active', async () => {
    const { id } = await upload({ head: { sender: nextSender() }, area: inEast });
    const { items } = await world.warnings.handlers.effects({ params: {}, query: {}, body: {} }, world.chief);
    const row = items.find(({ kind, effect, target }) => kind === 'rain' && effect === 'rounds' && target === 'slope');
    if (row === undefined) throw new Error('The first table has rounds at slopes in rain.');
    const { id: effectId, version, ...rest } = row;
    const edit = (change: object, seen: number) =>
      world.warnings.handlers.editEffect(
        { params: { id: effectId }, query: {}, body: { opId: randomUUID(), ...rest, ...change, version: seen } },
        world.chief,
      );
    const slopes = async () => (await read(id)).effects.filter(({ target, offAt }) => target === 'slope' && offAt === null).length; // prettier-ignore
    await edit({ enabled: false }, version);
    expect(await slopes()).toBe(0);
    await refusal(edit({}, version), 'version_conflict');
    await edit({}, version + 1);
    expect(await slopes()).toBe(1);
    const twin = { opId: randomUUID(), ...rest };
    await refusal(
      world.warnings.handlers.addEffect({ params: {}, query: {}, body: twin }, world.chief),
      'already_exists',
    );
    await refusal(world.warnings.handlers.addEffect({ params: {}, query: {}, body: { ...twin, opId: randomUUID(), kind: 'ufo' } }, world.chief), 'bad_input'); // prettier-ignore
  });
});

const draft = (change: object = {}) => ({
  opId: randomUUID(),
  status: 'Actual' as const,
  kind: 'heat',
  colour: 'orange' as const,
  urgency: 'Expected' as const,
  certainty: 'Likely' as const,
  headline: '高温橙色预警 <"&">',
  description: '最高气温将达 39 度。',
  instruction: '避免午后外出。',
  areas: [street],
  startsAt: iso(t0),
  endsAt: iso(t0 + 12 * hour),
  ...change,
});
const issue = (change: object = {}) =>
  world.warnings.handlers.issue({ params: {}, query: {}, body: draft(change) }, world.chief);

describe('going out', () => {
  it('issues, updates, cancels: each a message that names those before it', async () => {
    const first = await issue();
    expect(first.identifier).toMatch(/^51010000000000_20260615090000_\d$/);
    const { status: _status, ...change } = draft({ colour: 'red', headline: '高温红色预警' });
    const second = await world.warnings.handlers.update(
      { params: { id: first.id }, query: {}, body: change },
      world.chief,
    );
    const end = (id: string) =>
      world.warnings.handlers.cancel(
        { params: { id }, query: {}, body: { opId: randomUUID(), reason: '气温回落' } },
        world.chief,
      );
    await refusal(end(first.id), 'transition_not_allowed');
    expect((await read(second.id)).mayIssue).toBe(true);
    const third = await end(second.id);
    const detail = await read(third.id);
    expect(detail.chain.map(({ msgType, state }) => [msgType, state])).toEqual([
      ['Alert', 'cancelled'],
      ['Update', 'cancelled'],
      ['Cancel', 'message'],
    ]);
    expect(readCap(bytes(detail.xml)).references.map(({ identifier }) => identifier)).toEqual([
      first.identifier,
      second.identifier,
    ]);
    expect((await world.lines('warning.issue')).filter(({ subject }) => [first.id, second.id, third.id].includes(String(subject)))).toHaveLength(3); // prettier-ignore
  });
  it('is public as CAP and Atom, in the same words', async () => {
    const { id } = await issue();
    const document = await world.warnings.doors.document(`${id}.xml`);
    const alert = readCap(bytes(document.body));
    expect(alert).toMatchObject({
      sender: 'huangge@town.example.org',
      scope: 'Public',
      info: [{ severity: 'Severe', headline: '高温橙色预警 <"&">' }],
    });
    expect(alert.info[0]?.area[0]).toMatchObject({ areaDesc: '样街街道', geocodes: [{ value: street }] });
    expect(alert.info[0]?.area[0]?.polygons[0]).toHaveLength(5);
    const feed = await world.warnings.doors.feed();
    expect(feed.body).toContain(
      `<link rel="alternate" type="application/cap+xml" href="https://town.example.org/api/public/warnings/${id}.xml"/>`,
    );
    expect(feed.body).toContain(
      '<link rel="self" type="application/atom+xml" href="https://town.example.org/api/public/warnings.atom"/>',
    );
    expect(feed.etag).toBe((await world.warnings.doors.feed()).etag);
    const received = await upload({ head: { sender: nextSender() }, area: inEast });
    await refusal(world.warnings.doors.document(`${received.id}.xml`), 'not_found');
    await refusal(world.warnings.doors.document('x.xml'), 'not_found');
  });
  it('refuses foreign ground, foreign messages, wrong times, and others under our name', async () => {
    await refusal(
      world.warnings.handlers.issue({ params: {}, query: {}, body: draft() }, world.eastClerk),
      'not_allowed',
    );
    await refusal(issue({ areas: ['510104999'] }), 'bad_input');
    await refusal(issue({ endsAt: iso(t0 - hour) }), 'bad_input');
    await refusal(issue({ kind: 'ufo' }), 'bad_input');
    const { id } = await upload({ head: { sender: nextSender() }, area: inEast });
    await refusal(world.warnings.handlers.cancel({ params: { id }, query: {}, body: { opId: randomUUID(), reason: '不再' } }, world.chief), 'not_allowed'); // prettier-ignore
    await refusal(upload({ head: { sender: 'huangge@town.example.org' } }), 'bad_input');
    const opId = randomUUID();
    const [one, two] = [await issue({ opId }), await issue({ opId })];
    expect(two).toEqual(one);
  });
});

describe('sources', () => {
  const sources = () => world.warnings.sourceHandlers;
  const wish = {
    name: '气象台',
    url: null as string | null,
    everyMinutes: 5,
    areaCode: null as string | null,
    enabled: true,
  };
  const add = (code: string, way: 'push' | 'poll', change: object = {}) =>
    sources().addSource({ params: {}, query: {}, body: { ...wish, code, way, ...change } }, world.chief);
  const stateOf = async (id: string) =>
    (await sources().sources({ params: {}, query: {}, body: {} }, world.chief)).items.find((one) => one.id === id);

  it('a push shows its secret before its body is read; what cannot be read is kept and can be read again', async () => {
    const { id, secret } = await add('push-a', 'push', { areaCode: district });
    expect(secret).toMatch(/^hgcap_[\w-]{43}$/);
    const push = (key: string | null, text: string) =>
      world.warnings.doors.push('push-a', key, async () => bytes(text));
    const unread = world.warnings.doors.push('push-a', 'wrong', () => Promise.reject(new Error('The body was read.')));
    await refusal(unread, 'bad_credentials');
    await refusal(
      world.warnings.doors.push('push-x', secret, async () => bytes('')),
      'bad_credentials',
    );
    const good = await push(secret, capXml({ head: { sender: nextSender() } }));
    expect(good).toMatchObject({ duplicate: false, outside: false });
    expect((await read(good.id)).source).toBe('气象台');

    const broken = capXml({ head: { sender: nextSender(), sent: '2026-06-15T08:00:00' } });
    await refusal(push(secret, broken), 'bad_input');
    await refusal(push(secret, broken), 'bad_input');
    expect(await stateOf(id)).toMatchObject({
      openLetters: 1,
      lastError: expect.stringContaining('alert.sent') as string,
    });
    const { items } = await sources().letters({ params: {}, query: {}, body: {} }, world.chief);
    const [letter] = items;
    expect(letter).toMatchObject({ times: 2, source: '气象台' });
    const letterId = { params: { id: letter?.id ?? '' }, query: {}, body: {} };
    expect((await sources().letter(letterId, world.chief)).text).toBe(broken);
    await refusal(sources().replayLetter(letterId, world.chief), 'bad_input');
    await sources().discardLetter({ ...letterId, body: { reason: '来源已更正' } }, world.chief);
    expect(await stateOf(id)).toMatchObject({ openLetters: 0 });
    await refusal(sources().discardLetter({ ...letterId, body: { reason: '再来' } }, world.chief), 'not_found');
    const renewed = await sources().newSecret({ params: { id }, query: {}, body: {} }, world.chief);
    await refusal(push(secret, broken), 'bad_credentials');
    expect((await push(renewed.secret, capXml({ head: { sender: nextSender() } }))).duplicate).toBe(false);
  });

  it('a feed is followed, each document once, with its tag; troubles stand at the source and pass', async () => {
    const feedUrl = 'https://cap.example.org/feed.atom';
    const { id } = await add('feed', 'poll', { url: feedUrl });
    const entry = (name: string) => `<entry><link rel="alternate" type="application/cap+xml" href="${name}"/></entry>`;
    const feed = (...names: string[]) => ({ status: 200, headers: { etag: '"1"' }, body: `<feed xmlns="http://www.w3.org/2005/Atom">${names.map(entry).join('')}</feed>` }); // prettier-ignore
    world.internet.set(feedUrl, feed('a.xml', 'b.xml'));
    world.internet.set('https://cap.example.org/a.xml', {
      status: 200,
      body: capXml({ head: { sender: nextSender() }, area: inEast }),
    });
    await world.warnings.jobs.pollDue();
    expect(await stateOf(id)).toMatchObject({ lastOkAt: null, lastError: 'cap.example.org did not answer.' });
    world.internet.set('https://cap.example.org/b.xml', { status: 200, body: '<alert/>' });
    world.asked.length = 0;
    await world.warnings.jobs.pollDue(); // not yet its turn
    expect(world.asked).toEqual([]);
    world.clock.advance(5 * 60_000);
    await world.warnings.jobs.pollDue();
    expect(world.asked.map(({ url }) => url)).toEqual([feedUrl, 'https://cap.example.org/b.xml']);
    expect(await stateOf(id)).toMatchObject({
      openLetters: 1,
      lastError: expect.stringContaining('alert.identifier') as string,
    });
    world.clock.advance(5 * 60_000);
    await world.warnings.jobs.pollDue();
    expect(await stateOf(id)).toMatchObject({ lastError: null });
    world.internet.set(feedUrl, { status: 304, body: '' });
    const turn = await sources().pollNow({ params: { id }, query: {}, body: {} }, world.chief);
    expect([turn, world.asked.at(-1)?.headers['if-none-match']]).toEqual([
      { received: 0, duplicates: 0, error: null },
      '"1"',
    ]);
    world.internet.set(feedUrl, { status: 500, body: '' });
    expect((await sources().pollNow({ params: { id }, query: {}, body: {} }, world.chief)).error).toBe(
      'Expected HTTP 200 or 304, found 500.',
    );
  });

  it('refuses addresses that may not be asked, twins and stale changes; the ledger holds no address', async () => {
    await refusal(add('poll-x', 'poll', { url: 'http://localhost/x' }), 'bad_input');
    await refusal(add('poll-y', 'poll'), 'bad_input');
    const { id } = await add('twin', 'push');
    await refusal(add('twin', 'push'), 'already_exists');
    const edit = (version: number) =>
      sources().editSource({ params: { id }, query: {}, body: { ...wish, enabled: false, version } }, world.chief);
    await edit(1);
    await refusal(edit(1), 'version_conflict');
    await refusal(sources().editSource({ params: { id: randomUUID() }, query: {}, body: { ...wish, version: 1 } }, world.chief), 'not_found'); // prettier-ignore
    expect(JSON.stringify(await world.lines('warning_source.add'))).not.toContain('https://');
  });
});

it('the first table of effects is put in once', async () => {
  const lines = await world.lines('warning_effect.seed');
  expect(lines).toHaveLength(1);
  const rows = await world.town.database.read(systemScope, ({ db }) =>
    db.selectFrom('warning_effect').select('id').execute(),
  );
  expect(rows.length).toBe(lines[0]?.['effects' as keyof (typeof lines)[0]]);
});
