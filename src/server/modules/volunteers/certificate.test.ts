import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVolunteersWorld, isoAt, type VolunteersWorld } from './world.fixture.ts';

let world: VolunteersWorld;
let secret: string;
let signUpId: string;
beforeAll(async () => {
  world = await createVolunteersWorld();
  const shiftId = await world.shift({ from: 9, until: 12 });
  secret = await world.register({ name: '王小红', phone: '13800001111', shiftId });
  signUpId = (await world.page(secret)).coming[0]?.id ?? '';
  world.at('2026-06-16', 13);
  await world.volunteers.handlers.confirm(
    {
      params: { id: signUpId },
      query: {},
      body: {
        ...op(),
        version: 1,
        presence: 'came',
        arrivedAt: isoAt('2026-06-16', 9),
        leftAt: isoAt('2026-06-16', 11.75),
      },
    },
    { actor: world.head },
  );
});
afterAll(() => world.close());

const op = () => ({ opId: randomUUID() });
const check = (number: string) =>
  world.volunteers.publicHandlers.check({ params: { number }, query: {}, body: {} }, {});
async function issue(): Promise<{ id: string; number: string }> {
  const unitId = (await world.page(secret)).issuers[0]?.unitId ?? '';
  const body = { ...op(), unitId, from: '2026-06-01', until: '2026-06-16' };
  return world.volunteers.publicHandlers.certify({ params: { secret }, query: {}, body }, {});
}

describe('a certificate', () => {
  test('says the confirmed hours, rounded down, and anybody may check it without learning the name', async () => {
    const { id, number } = await issue();
    const found = await check(number.toLowerCase());
    expect(found).toMatchObject({ verdict: 'genuine', holder: '王*', hours: 2.5, noticeUntil: '2026-06-23' });
    expect(JSON.stringify(found)).not.toMatch(/小红|13800001111/);
    const { bytes } = await world.volunteers.files.ownCertificate({ secret, id });
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await world.volunteers.files.ownCertificate({ secret, id })).toEqual({
      name: expect.stringContaining(number) as string,
      type: 'application/pdf',
      bytes,
    });
  });

  test('is in public notice for seven days, masked, and not longer', async () => {
    const { number } = await issue();
    const listed = async () =>
      (await world.volunteers.publicHandlers.notices({ params: { code: 'east' }, query: {}, body: {} }, {})).items;
    expect(await listed()).toContainEqual(expect.objectContaining({ number, holder: '王*' }));
    world.at('2026-06-24', 9);
    expect(await listed()).toEqual([]);
    world.at('2026-06-16', 13);
  });

  test('of a number that was never issued is unknown; one tampered with underneath is not to be trusted', async () => {
    await expect(check('ZY500103-20260616-22222222')).rejects.toMatchObject({ code: 'not_found' });
    const { id, number } = await issue();
    await world.owner.query('update volunteer_certificate set minutes = 6000 where id = $1', [id]);
    expect((await check(number)).verdict).toBe('broken');
    const other = await issue();
    await world.owner.query(
      'update volunteer_certificate set body = (select body from volunteer_certificate where id = $2) where id = $1',
      [other.id, id],
    );
    expect((await check(other.number)).verdict).toBe('broken');
  });

  test('is for nobody else: another link opens no file, another head withdraws nothing', async () => {
    const { id } = await issue();
    const stranger = await world.register({ phone: '13700000000' });
    await expect(world.volunteers.files.ownCertificate({ secret: stranger, id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(world.volunteers.files.certificate(world.northHead, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('without a confirmed half hour there is none', async () => {
    const stranger = await world.register({ phone: '13600000000' });
    const body = { ...op(), unitId: world.stations.east.unitId, from: '2026-06-01', until: '2026-06-16' };
    await expect(
      world.volunteers.publicHandlers.certify({ params: { secret: stranger }, query: {}, body }, {}),
    ).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('ends when the head withdraws it, and when a record it counted is put right', async () => {
    const [one, two] = [await issue(), await issue()];
    await world.volunteers.handlers.withdrawCertificate(
      { params: { id: one.id }, query: {}, body: { ...op(), reason: '重复开具' } },
      { actor: world.head },
    );
    expect(await check(one.number)).toMatchObject({ verdict: 'withdrawn', withdrawnWhy: '重复开具' });
    await world.volunteers.handlers.correct(
      {
        params: { id: signUpId },
        query: {},
        body: {
          ...op(),
          version: 2,
          presence: 'came',
          arrivedAt: isoAt('2026-06-16', 10),
          leftAt: isoAt('2026-06-16', 11),
          reason: '核对登记',
        },
      },
      { actor: world.head },
    );
    expect((await check(two.number)).verdict).toBe('withdrawn');
    expect((await world.page(secret)).hours).toBe(1);
  });
});
