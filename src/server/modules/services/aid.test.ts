import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { buildServices, type ServicesWorld } from './services.fixture.ts';

let world: ServicesWorld;
beforeAll(async () => {
  world = await buildServices();
});
afterAll(() => world.close());

async function refused(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
}
const volunteer = () => world.at['gate volunteer'];
const eventOf = (id: string) =>
  world.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor: world.as.intake });
const faint = (more: Record<string, unknown> = {}, aid: Record<string, unknown> = {}) =>
  world.one('first_aid', {
    visitor: 'tourist',
    aid: {
      card: 'heatstroke',
      serious: true,
      called120At: new Date(world.clock.now() - 1000).toISOString(),
      consent: true,
      ...aid,
    },
    ...more,
  });

describe('a serious case', () => {
  test('is an event of the right priority at the street’s console, with the call, in the act of the record', async () => {
    await world.stock('gate', 'huoxiang', 3);
    await world.stock('gate', 'water', 3);
    const take = [
      { itemCode: 'huoxiang', quantity: 1 },
      { itemCode: 'water', quantity: 1 },
    ];
    const given = faint({ take });
    const answer = await world.record(volunteer(), 'gate', [given]);
    expect(await world.left('gate', 'huoxiang')).toBe(2);
    expect(await world.left('gate', 'water')).toBe(2);
    const event = await eventOf(answer.eventId ?? '');
    expect(event).toMatchObject({ categoryCode: 'G1604', priority: 1, channel: 'station', status: 'reported' });
    expect(event.ownerUnit.id).toBe(world.unit.streetCentre);
    expect(event.calls).toEqual([expect.objectContaining({ number: '120' })]);
    expect(event.description).toMatch(/一名游客中暑，已于09:59拨打120/);
    const { rows } = await world.owner.query<{ data: Record<string, unknown> }>(
      "select data from ledger_entry where action = 'event.report' and subject_id = $1",
      [answer.eventId],
    );
    expect(rows[0]?.data).toMatchObject({ callNumber: '120' });
  });

  test('that cannot become an event takes nothing and counts nothing', async () => {
    const before = await world.left('gate', 'water');
    const given = faint({ take: [{ itemCode: 'water', quantity: 1 }] });
    // The photo was never uploaded: the event falls, and everything with it.
    const attachments = [{ id: randomUUID(), token: 'never-uploaded' }];
    await refused(world.record(volunteer(), 'gate', [given], { attachments }), 'bad_input');
    expect(await world.left('gate', 'water')).toBe(before);
    expect((await world.list(volunteer(), 'gate')).items.map(({ id }) => id)).not.toContain(given.id);
  });

  test('sent twice is one event and one call', async () => {
    const given = faint();
    const opId = randomUUID();
    const before = await world.count('event');
    const answer = await world.record(volunteer(), 'gate', [given], { opId });
    expect(await world.record(volunteer(), 'gate', [given], { opId })).toEqual(answer);
    expect((await world.record(volunteer(), 'gate', [given])).items[0]?.state).toBe('already');
    expect(await world.count('event')).toBe(before + 1);
    expect((await eventOf(answer.eventId ?? '')).calls).toHaveLength(1);
  });

  test('may call 120 later: the call joins the event', async () => {
    const given = faint({}, { called120At: null });
    const { eventId } = await world.record(volunteer(), 'gate', [given]);
    expect((await eventOf(eventId ?? '')).calls).toEqual([]);
    const called = { opId: randomUUID(), calledAt: new Date(world.clock.now()).toISOString() };
    const call = () =>
      world.services.handlers.called({ params: { id: given.id }, query: {}, body: called }, { actor: volunteer() });
    expect((await call()).eventId).toBe(eventId);
    await call();
    expect((await eventOf(eventId ?? '')).calls).toHaveLength(1);
  });
});

describe('a case that is not serious', () => {
  test('makes no event, and has none to call for', async () => {
    const given = faint({}, { serious: false, called120At: null });
    const answer = await world.record(volunteer(), 'gate', [given]);
    expect(answer.eventId).toBeNull();
    const body = { opId: randomUUID(), calledAt: new Date(world.clock.now()).toISOString() };
    await refused(
      world.services.handlers.called({ params: { id: given.id }, query: {}, body }, { actor: volunteer() }),
      'transition_not_allowed',
    );
  });
  test('gives medicine only to who was asked', async () => {
    const take = [{ itemCode: 'huoxiang', quantity: 1 }];
    await refused(
      world.record(volunteer(), 'gate', [faint({ take }, { consent: false, serious: false })]),
      'bad_input',
    );
  });
});

describe('how it ended', () => {
  test('what was given meanwhile leaves stock, and whoever rests here is asked after in time, once', async () => {
    await world.stock('bridge', 'ice_pack', 4);
    const actor = world.at['bridge volunteer'];
    const given = faint({}, { serious: false, called120At: null });
    await world.record(actor, 'bridge', [given]);
    const end = { steps: ['shade', 'cool'], take: [{ itemCode: 'ice_pack', quantity: 2 }] };
    const { next } = await world.aid(actor, given.id, end);
    expect(Date.parse(next?.at ?? '') - world.clock.now()).toBe(2 * 3_600_000);
    expect(await world.left('bridge', 'ice_pack')).toBe(2);
    expect((await world.counter(actor)).stations[0]?.waiting).toEqual([
      expect.objectContaining({ recordId: given.id, card: 'heatstroke' }),
    ]);
    await refused(world.aid(actor, given.id, end), 'transition_not_allowed');
    world.clock.advance(1);
    await world.aid(actor, given.id, { act: 'asked', outcome: 'better' });
    expect((await world.counter(actor)).stations[0]?.waiting).toEqual([]);
    await refused(world.aid(actor, given.id, { act: 'asked', outcome: 'better' }), 'transition_not_allowed');
  });
  test('corrected, everything it took comes back', async () => {
    await world.stock('bridge', 'towel', 4);
    const actor = world.at['bridge volunteer'];
    const given = faint({ take: [{ itemCode: 'towel', quantity: 1 }] }, { serious: false, called120At: null });
    await world.record(actor, 'bridge', [given]);
    await world.aid(actor, given.id, { take: [{ itemCode: 'towel', quantity: 2 }], outcome: 'better' });
    expect(await world.left('bridge', 'towel')).toBe(1);
    await world.correct(actor, given.id, { reason: 'not_given' });
    expect(await world.left('bridge', 'towel')).toBe(4);
  });
  test('a step that is not of the card is refused, and so is the end of what was no first aid', async () => {
    const given = faint({}, { serious: false, called120At: null });
    await world.record(volunteer(), 'gate', [given]);
    await refused(world.aid(volunteer(), given.id, { steps: ['surgery'] }), 'bad_input');
    const rest = world.one('rest');
    await world.record(volunteer(), 'gate', [rest]);
    await refused(world.aid(volunteer(), rest.id), 'transition_not_allowed');
  });
});
