import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVolunteersWorld, type VolunteersWorld } from './world.fixture.ts';

let world: VolunteersWorld;
beforeAll(async () => {
  world = await createVolunteersWorld();
});
afterAll(() => world.close());

/** How often; `npm run bench` would do 200, a test a few. */
const rounds = Number(process.env['SIGN_UP_ROUNDS'] ?? '3');
const people = 50;

test('of fifty who want the last place at once exactly one gets it, every time', async () => {
  const secrets = await Promise.all(
    Array.from({ length: people }, (_, k) => world.register({ name: `志愿者${k}`, phone: String(15_000_000_000 + k) })),
  );
  await world.owner.query("update volunteer set state = 'known'");
  for (let round = 0; round < rounds; round++) {
    const day = new Date(Date.parse('2026-06-16T00:00:00Z') + (round % 13) * 86_400_000).toISOString().slice(0, 10);
    const from = 8 + (Math.floor(round / 13) % 11);
    const post = ['guide', 'counter'][Math.floor(round / 143)] ?? 'patrol';
    const shiftId = await world.shift({ day, from, until: from + 1, most: 1, post });
    // Who has another round's place at that hour would be refused for that; only places are asked about here.
    await world.owner.query("update shift_sign_up set state = 'swapped' where state = 'signed'");
    const answers = await Promise.allSettled(secrets.map((secret) => world.signUp(secret, shiftId)));
    const refused = answers.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(new Set(refused)).toEqual(new Set(['places_taken']));
    const { rows } = await world.owner.query<{ taken: number; held: number }>(
      `select open_taken as taken, (select count(*)::int from shift_sign_up s where s.shift_id = f.id and s.state = 'signed') as held
         from shift f where id = $1`,
      [shiftId],
    );
    expect(rows).toEqual([{ taken: 1, held: 1 }]);
  }
}, 600_000);
