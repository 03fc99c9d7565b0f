import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError, type ErrorCode } from '#kit/errors.ts';
import { rolePermissions, systemActor, type Actor, type Role } from '#server/modules/identity/index.ts';
import { buildVisits, eastGrid, type VisitsWorld } from './visits.fixture.ts';

let world: VisitsWorld;
/** As the fixture's appointments say, with what a role of today may do. */
let as: Record<'worker' | 'secretary' | 'street' | 'seat' | 'elsewhere', Actor>;
beforeAll(async () => {
  world = await buildVisits();
  const grant = (role: Role, areaCode: string) => [
    { role, areaCode, unitId: world.unit.east, permissions: new Set(rolePermissions[role]) },
  ];
  const { gridWorker, secretary, intake, otherGridWorker } = world.as;
  as = {
    worker: gridWorker,
    secretary: { ...secretary, grants: grant('secretary', eastGrid.slice(0, 12)) },
    street: { ...secretary, grants: grant('secretary', eastGrid.slice(0, 9)) },
    seat: { ...intake, grants: grant('duty_chief', eastGrid.slice(0, 9)) },
    elsewhere: otherGridWorker,
  };
});
afterAll(() => world.close());

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(isAppError(error, code) ? code : String(error)).toBe(code);
}

/** Somebody visited today, with a note, a changed answer and a photo. */
async function visited(outcome: 'changed' | 'moved_away' | 'died' = 'changed') {
  const personId = await world.addPerson(['elder_alone', 'oxygen'], { name: '公孙大娘' });
  await world.visits.jobs.plan();
  await world.makeDue(personId);
  const taskId = await openTaskOf(personId);
  const digest = createHash('sha256').update(taskId).digest();
  const kept = { sha256: digest, storedSha256: digest, full: new Uint8Array(10), width: 4, height: 3 };
  const photo = await world.events.photos.keep({ ...systemActor, accountId: as.worker.accountId }, 'evidence', kept, `p/${taskId}`); // prettier-ignore
  const changes = outcome === 'changed' ? { changes: { health: '血压偏高' } } : {};
  await world.record(as.worker, taskId, { outcome, note: '女儿下周来', attachments: [photo], ...changes });
  return { personId, photoId: photo.id };
}

async function openTaskOf(personId: string): Promise<string> {
  const [task] = await world.rows<{ id: string }>(
    'select id from visit_task where person_id = $1 and ended_at is null',
    [personId],
  );
  return task?.id ?? '';
}

const { past, open, held, resume, waiting } = {
  past: (actor: Actor, id: string) =>
    world.visits.pastHandlers.past({ params: { id }, query: { limit: 20 }, body: {} }, { actor }),
  open: (actor: Actor, id: string) =>
    world.visits.pastHandlers.open(
      { params: { id }, query: {}, body: { opId: randomUUID(), purpose: '准备上门', limit: 20 } },
      { actor },
    ),
  held: (actor: Actor) => world.visits.pastHandlers.held({ params: {}, query: {}, body: {} }, { actor }),
  resume: (actor: Actor, id: string, opId: string = randomUUID()) =>
    world.visits.pastHandlers.resume({ params: { id }, query: {}, body: { opId, reason: '' } }, { actor }),
  waiting: (actor: Actor) => world.visits.pastHandlers.waiting({ params: {}, query: {}, body: {} }, { actor }),
};

describe("a person's past", () => {
  test('says when, how and by which post, and holds back what was said', async () => {
    const { personId } = await visited();
    const seen = await past(as.secretary, personId);
    expect(seen).toMatchObject({
      mayOpen: true,
      total: 1,
      items: [
        { method: 'home', outcome: 'changed', changed: ['health'], hasNote: true, photos: 1, byRole: 'full_time' },
      ],
    });
    expect(JSON.stringify(seen)).not.toMatch(/女儿|血压/);
    expect((await past(as.street, personId)).mayOpen).toBe(false);
    await refusal(past(as.elsewhere, personId), 'not_found');
    await refusal(past(as.seat, personId), 'not_found');
    await refusal(past(as.secretary, randomUUID()), 'not_found');
  });

  test('opens for those with the duty, each time a line about the person, its purpose beside it', async () => {
    const { personId, photoId } = await visited();
    const opened = await open(as.secretary, personId);
    expect(opened.items).toMatchObject([
      { note: '女儿下周来', changes: { health: '血压偏高' }, photos: [{ id: photoId }] },
    ]);
    const lines = (await world.lines('care.reveal')).filter(({ subject_id: id }) => id === personId);
    expect(lines.map(({ data, audience }) => ({ data, audience }))).toEqual([
      { data: { areaCode: eastGrid, visits: 1 }, audience: [] },
    ]);
    await refusal(open(as.street, personId), 'not_allowed');
    await refusal(open(as.elsewhere, personId), 'not_found');
    await refusal(open(as.seat, personId), 'not_found');
    expect((await world.lines('care.reveal')).filter(({ subject_id: id }) => id === personId)).toHaveLength(1);
  });

  test('shows its photos on the day it was opened, to those with the duty', async () => {
    const { personId, photoId } = await visited();
    const id = (await past(as.secretary, personId)).items[0]?.id ?? '';
    const photo = (actor: Actor) => world.visits.findPhoto(actor, { id, photoId });
    expect(await photo(as.secretary)).toBeUndefined();
    await open(as.secretary, personId);
    expect(await photo(as.secretary)).toHaveProperty('storageKey');
    expect(await photo(as.street)).toBeUndefined();
    expect(await photo(as.elsewhere)).toBeUndefined();
    expect(await photo(systemActor)).toBeUndefined();
    expect(await world.visits.findPhoto(as.secretary, { id: randomUUID(), photoId })).toBeUndefined();
    world.clock.advance(86_400_000);
    expect(await photo(as.secretary)).toBeUndefined();
  });
});

describe('moved away or died', () => {
  test('waits on the list, masked, until it was a mistake: then the planner gives a visit again, once', async () => {
    const { personId } = await visited('moved_away');
    expect(await openTaskOf(personId)).toBe('');
    const mine = (await held(as.secretary)).items.find((one) => one.personId === personId);
    expect(mine).toMatchObject({ outcome: 'moved_away', mayRetire: true, careVersion: 1 });
    expect(mine?.name).not.toContain('大娘');
    expect((await held(as.elsewhere)).items).toEqual([]);
    await refusal(resume(as.elsewhere, personId), 'not_found');
    const opId = randomUUID();
    const first = await resume(as.secretary, personId, opId);
    expect(await resume(as.secretary, personId, opId)).toEqual(first);
    await refusal(resume(as.secretary, personId), 'not_found');
    await world.visits.jobs.plan();
    expect(await openTaskOf(personId)).not.toBe('');
    const told = (await world.lines('visit.plan')).filter(({ data }) => data['resumed'] === true);
    expect(told).toHaveLength(1);
  });

  test('leaves the list with the record', async () => {
    const { personId } = await visited('died');
    const listed = async () => (await held(as.secretary)).items.some((one) => one.personId === personId);
    expect(await listed()).toBe(true);
    const at = new Date(world.clock.now() + 1);
    await world.rows('update care_person set retired_at = $2, updated_at = $2 where id = $1', [personId, at]);
    expect(await listed()).toBe(false);
    await refusal(resume(as.secretary, personId), 'not_found');
  });
});

test('what waits too long is told above by category and grid, never who', async () => {
  const personId = await world.addPerson(['elder_alone'], { name: '尉迟恭' });
  await world.visits.jobs.plan();
  await world.makeDue(personId);
  const id = await openTaskOf(personId);
  await world.record(as.worker, id, { outcome: 'no_answer' });
  const seen = await waiting(as.seat);
  const mine = seen.items.find((one) => one.id === id);
  expect(mine).toMatchObject({ areaCode: eastGrid, tags: ['elder_alone'], state: 'no_answer', stepLate: false });
  expect(seen.noAnswer).toBe(seen.items.filter(({ state }) => state !== 'due').length);
  expect(JSON.stringify(seen)).not.toMatch(/尉迟|样街|1000000000/);
  expect((await waiting({ ...as.elsewhere, grants: [] })).items).toEqual([]);
});
