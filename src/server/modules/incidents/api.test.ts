import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventRoutes } from '#contract/events.ts';
import { incidentRoutes, type WrittenKind } from '#contract/incidents.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { createEventsWorld, startMs, type World } from '#test/helpers/events-world.ts';
import { createIncidents, seedIncidentRules, type Incidents } from './index.ts';

let world: World;
let incidents: Incidents;
beforeAll(async () => {
  world = await createEventsWorld();
  await seedIncidentRules(world.database, world.clock);
  incidents = createIncidents(world);
});
afterAll(() => world.close());
beforeEach(() => world.clock.set(startMs));

const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

type Command = 'declare' | 'regrade' | 'phone' | 'issue';
type Answer = { version: number; ledgerId: string; reportId: string };

/** Sends a command the way the door does: body parsed by the contract. */
async function send(who: Actor, id: string, name: Command, body: Record<string, unknown>): Promise<Answer> {
  const parsed = incidentRoutes[name].body.parse({ opId: randomUUID(), ...body });
  const handler = incidents.handlers[name] as (input: unknown, ctx: { actor: Actor }) => Promise<Answer>;
  return handler({ params: { id }, query: {}, body: parsed }, { actor: who });
}
const get = async (who: Actor, id: string) =>
  incidentRoutes.get.response.parse(
    await incidents.handlers.get({ params: { id }, query: {}, body: {} }, { actor: who }),
  );
const incidentOf = async (id: string) => {
  const { incident } = await get(world.as.dispatcher, id);
  if (incident === null) throw new Error('Expected an incident.');
  return incident;
};
const draftOf = async (id: string, kind: WrittenKind, who: Actor = world.as.dispatcher) =>
  incidentRoutes.draft.response.parse(
    await incidents.handlers.draft({ params: { id }, query: { kind }, body: {} }, { actor: who }),
  ).fields;

async function fire(): Promise<string> {
  const body = eventRoutes.report.body.parse({
    opId: randomUUID(),
    categoryCode: 'E0511',
    title: '电缆井冒烟',
    lon: 106.505,
    lat: 29.505,
    placeWords: '小游园旁',
  });
  const { id } = await world.events.handlers.report({ params: {}, query: {}, body }, { actor: world.as.gridWorker });
  return id;
}

async function declared(more: Record<string, unknown> = {}): Promise<string> {
  const id = await fire();
  await send(world.as.dispatcher, id, 'declare', { ruleCode: 'common', level: 4, ...more });
  return id;
}

const call = (atMs: number) => ({
  fields: {
    at: iso(atMs),
    to: '区政府总值班室',
    answeredBy: '值班员',
    informed: '',
    summary: '电缆井冒烟，已拨打119，正在疏散。',
  },
});
const written = async (id: string, kind: WrittenKind, more: Record<string, unknown> = {}) => ({
  kind,
  fields: { ...(await draftOf(id, kind)), to: '区政府总值班室', ...more },
});

describe('the story of a reported incident', () => {
  it('phones in 30 minutes, writes within the hour, continues, ends', async () => {
    const { as, clock } = world;
    const id = await fire();
    expect(await get(as.dispatcher, id)).toEqual({ incident: null, mayReport: true });

    clock.advance(10 * minute);
    await send(as.dispatcher, id, 'declare', { ruleCode: 'common', level: 4 });
    expect((await incidentOf(id)).duties).toMatchObject([
      { kind: 'phone', startedAt: iso(startMs), dueAt: iso(startMs + 30 * minute), doneAt: null, late: false },
      { kind: 'first', dueAt: iso(startMs + 60 * minute), doneAt: null, late: false },
    ]);

    await send(as.dispatcher, id, 'phone', { version: 1, ...call(startMs + 9 * minute) });
    clock.set(startMs + 50 * minute);
    await send(as.dispatcher, id, 'issue', { version: 2, ...(await written(id, 'first')) });
    expect((await incidentOf(id)).duties).toMatchObject([
      { kind: 'phone', doneAt: iso(startMs + 9 * minute), late: false },
      { kind: 'first', doneAt: iso(startMs + 50 * minute), late: false },
      { kind: 'continued', dueAt: iso(startMs + 50 * minute + 8 * 60 * minute) },
      { kind: 'final', dueAt: null, doneAt: null },
    ]);

    clock.set(startMs + 10 * 60 * minute);
    await send(as.dispatcher, id, 'issue', { version: 3, ...(await written(id, 'continued')) });
    await send(as.dispatcher, id, 'issue', { version: 4, ...(await written(id, 'continued')) });
    await send(as.dispatcher, id, 'issue', { version: 5, ...(await written(id, 'final')) });
    const ended = await incidentOf(id);
    expect(ended.reports.map(({ kind, ordinal, late }) => [kind, ordinal, late])).toEqual([
      ['phone', 0, false],
      ['first', 0, false],
      ['continued', 1, true],
      ['continued', 2, false],
      ['final', 0, false],
    ]);
    expect(ended.finalAt).toBe(iso(startMs + 10 * 60 * minute));
    await expect(
      send(as.dispatcher, id, 'issue', { version: 6, ...(await written(id, 'continued')) }),
    ).rejects.toMatchObject({ code: 'transition_not_allowed' });
  });

  it('drafts from what the platform knows, without names and words of people', async () => {
    const id = await declared();
    const fields = await draftOf(id, 'first');
    expect(fields).toMatchObject({
      source: '网格员上报',
      place: '中区两江街道东村社区小游园旁',
      nature: '电缆井火情',
      process: '10时00分，接网格员上报。',
      cause: '',
    });
    expect(JSON.stringify(fields)).not.toContain('gridWorker');
  });

  it('keeps what the last report said and asks only for news', async () => {
    const id = await declared();
    await send(world.as.dispatcher, id, 'issue', {
      version: 1,
      ...(await written(id, 'first', { cause: '电缆老化（初步判断）', contact: '值班室 023-0000' })),
    });
    expect(await draftOf(id, 'continued')).toMatchObject({
      cause: '电缆老化（初步判断）',
      contact: '值班室 023-0000',
      process: '自2026年6月15日10时00分上次报告以来，暂无新情况。',
    });
  });
});

describe('refusals say what to do', () => {
  it.each([
    ['a rule set nobody knows', { ruleCode: 'none', level: 4 }, 'bad_input', /expected one of common, graded, tight/],
    [
      'a time before the report',
      { ruleCode: 'common', level: 4, knownAt: iso(startMs - 3_600_000) },
      'bad_input',
      /knownAt/,
    ],
    ['a time to come', { ruleCode: 'common', level: 4, knownAt: iso(startMs + minute) }, 'bad_input', /until now/],
  ])('%s', async (_, body, code, message) => {
    const id = await fire();
    const attempt = send(world.as.dispatcher, id, 'declare', body);
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('declares once, and the same opId gets the first answer', async () => {
    const id = await fire();
    const body = { opId: randomUUID(), ruleCode: 'common', level: 4 };
    const first = await send(world.as.dispatcher, id, 'declare', body);
    expect(await send(world.as.dispatcher, id, 'declare', body)).toEqual(first);
    await expect(send(world.as.dispatcher, id, 'declare', { ...body, opId: randomUUID() })).rejects.toMatchObject({
      code: 'already_exists',
    });
  });

  it('wants the first report before a continued one, one phone report, and the newest version', async () => {
    const id = await declared();
    const early = send(world.as.dispatcher, id, 'issue', { version: 1, ...(await written(id, 'continued')) });
    await expect(early).rejects.toMatchObject({ code: 'transition_not_allowed' });
    await send(world.as.dispatcher, id, 'phone', { version: 1, ...call(startMs) });
    const stale = send(world.as.dispatcher, id, 'phone', { version: 1, ...call(startMs) });
    await expect(stale).rejects.toMatchObject({ code: 'version_conflict' });
    const twice = send(world.as.dispatcher, id, 'phone', { version: 2, ...call(startMs) });
    await expect(twice).rejects.toMatchObject({ code: 'already_exists' });
  });

  it('looks absent to a stranger and refuses those who see it but may not report', async () => {
    const id = await declared();
    await expect(get(world.as.northIntake, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await get(world.as.gridWorker, id)).mayReport).toBe(false);
    const body = { version: 1, level: 3, reason: '扩大' };
    await expect(send(world.as.gridWorker, id, 'regrade', body)).rejects.toMatchObject({ code: 'not_allowed' });
  });

  it('never changes an issued report: the database itself refuses', async () => {
    const id = await declared();
    await send(world.as.dispatcher, id, 'issue', { version: 1, ...(await written(id, 'first')) });
    const client = await world.database.pool.connect();
    try {
      await expect(client.query("update incident_report set level = 1 where kind = 'first'")).rejects.toThrow(
        /permission denied/,
      );
    } finally {
      client.release();
    }
  });
});

describe('another level', () => {
  it('moves the limits of what is not yet reported', async () => {
    const id = await declared({ ruleCode: 'graded' });
    expect((await incidentOf(id)).duties[0]?.dueAt).toBe(iso(startMs + 60 * minute));
    await send(world.as.dispatcher, id, 'phone', { version: 1, ...call(startMs) });
    await send(world.as.dispatcher, id, 'regrade', { version: 2, level: 2, reason: '有人被困' });
    expect((await incidentOf(id)).duties).toMatchObject([
      { kind: 'phone', dueAt: iso(startMs + 60 * minute), doneAt: iso(startMs) },
      { kind: 'first', dueAt: iso(startMs + 35 * minute) },
    ]);
  });
});

describe('reminders', () => {
  it('ring at 80 and 100 per cent of each duty, once', async () => {
    const id = await declared();
    const rung = async () =>
      (
        await world.owner.query<{ rung: string }>(
          `select concat(data->>'duty', ' ', data->>'rung') as rung from ledger_entry
           where action = 'incident.remind' and data->>'eventId' = $1 order by id`,
          [id],
        )
      ).rows.map((row) => row.rung);
    world.clock.set(startMs + 23 * minute);
    await incidents.remind();
    expect(await rung()).toEqual([]);
    world.clock.set(startMs + 24 * minute);
    await incidents.remind();
    await incidents.remind();
    expect(await rung()).toEqual(['phone 80']);
    world.clock.set(startMs + 48 * minute);
    await Promise.all([incidents.remind(), incidents.remind()]);
    expect(await rung()).toEqual(['phone 80', 'phone 100', 'first 80']);
  });
});

describe('documents', () => {
  it('are PDF and docx of the issued words, the same PDF bytes each time, absent to strangers', async () => {
    const { as } = world;
    const id = await declared();
    const { reportId } = await send(as.dispatcher, id, 'issue', { version: 1, ...(await written(id, 'first')) });
    const where = { id, reportId };
    const [pdf, again, docx] = await Promise.all([
      incidents.document(as.dispatcher, where, 'pdf'),
      incidents.document(as.dispatcher, where, 'pdf'),
      incidents.document(as.dispatcher, where, 'docx'),
    ]);
    expect(pdf.name).toMatch(/-初报\.pdf$/);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(again.bytes.equals(pdf.bytes)).toBe(true);
    expect(docx.bytes.subarray(0, 2).toString()).toBe('PK');
    await expect(incidents.document(as.northIntake, where, 'pdf')).rejects.toMatchObject({ code: 'not_found' });
    await expect(incidents.document(as.dispatcher, { id, reportId: randomUUID() }, 'pdf')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('rule sets', () => {
  const save = (code: string, version: number, more: Record<string, unknown> = {}) => {
    const level = { phoneMinutes: 5, writtenMinutes: 10, continueHours: 1, continueAt: [], certainty: 'K', note: '' };
    const body = incidentRoutes.saveRule.body.parse({
      opId: randomUUID(),
      version,
      name: '演练规则',
      nameEn: 'Drill rule',
      levels: [1, 2, 3, 4].map((n) => ({ ...level, level: n })),
      ...more,
    });
    return incidents.handlers.saveRule({ params: { code }, query: {}, body }, { actor: world.as.dispatcher });
  };

  it('are added and changed by version; a declared incident keeps its limits', async () => {
    await save('drill', 0);
    const id = await declared({ ruleCode: 'drill' });
    await expect(save('drill', 0)).rejects.toMatchObject({ code: 'version_conflict' });
    await save('drill', 1, {
      levels: [1, 2, 3, 4].map((level) => ({
        level,
        phoneMinutes: 90,
        writtenMinutes: 100,
        continueHours: null,
        continueAt: ['08:00'],
        certainty: '',
        note: '',
      })),
    });
    expect((await incidentOf(id)).duties[0]?.dueAt).toBe(iso(startMs + 5 * minute));
    const { rules } = await incidents.handlers.rules(
      { params: {}, query: {}, body: {} },
      { actor: world.as.dispatcher },
    );
    expect(rules.find(({ code }) => code === 'drill')).toMatchObject({
      version: 2,
      levels: [{ phoneMinutes: 90 }, {}, {}, {}],
    });
  });

  it('name every level once', async () => {
    const level = {
      level: 1,
      phoneMinutes: 5,
      writtenMinutes: 10,
      continueHours: 1,
      continueAt: [],
      certainty: '',
      note: '',
    };
    await expect(save('odd', 0, { levels: [level, level, level, level] })).rejects.toMatchObject({ code: 'bad_input' });
  });
});
