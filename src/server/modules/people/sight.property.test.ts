import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixedClock } from '#kit/clock.ts';
import { isAppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { asOwner, buildTown, district, east, street, west, type Town } from '#server/modules/grids/town.fixture.ts';
import { rolePermissions, roles, scopeFor, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createPeople, type People } from './index.ts';
import { isIdNumber } from './rules.ts';
import { careFields, levelOf, type CareField, type Circumstance, type Standing } from './rules-sight.ts';
import { openField } from './sealing.ts';
import { findCare } from './store.ts';

/** One person of the test: every value occurs once in the world, so that its appearance anywhere tells whose it is. */
interface Known {
  id: string;
  restricted: boolean;
  area: string;
  responsible: string | null;
  /** Of a restricted record. */
  tag: string | null;
  full: Partial<Record<CareField, string>>;
  masked: Partial<Record<CareField, string>>;
}

let town: Town;
let people: People;
let known: Known[];
const vault = createVault([randomBytes(32)]);
const helper = randomUUID();
const grid = `${west}001`;

function actorOf(role: Role, areaCode: string, accountId: string = randomUUID()): Actor {
  const grant = { role, unitId: randomUUID(), areaCode, permissions: new Set(rolePermissions[role]) };
  return { kind: 'account', accountId, name: role, adminKind: null, grants: [grant], limitedTo: null };
}
const special = actorOf('special_care', district);
const ask = (body: object = {}, params: object = {}, query: object = {}) => ({ body, params, query }) as never;

const surnames = '赵钱孙李周吴';
/** These 17 digits with the last sign that fits them. */
const numbered = (digits: string): string =>
  [...'0123456789X'].map((last) => `${digits}${last}`).find((number) => isIdNumber(number)) ?? '';
const idNumbers = [
  numbered('11010519491231002'),
  numbered('11010119900101123'),
  numbered('11010119400101001'),
  null,
  null,
  null,
];
const places = [
  { lon: 104.00111, lat: 30.00111, area: grid },
  { lon: 104.00122, lat: 30.00122, area: grid },
  { lon: 104.00733, lat: 30.00733, area: `${west}004` },
  { lon: 104.01544, lat: 30.00544, area: east },
  { lon: 104.00155, lat: 30.00155, area: grid },
  { lon: 104.01566, lat: 30.00566, area: east },
] as const;

/** The last two are restricted; the third is answered for by a helper without any other appointment there. */
async function register(k: number): Promise<Known> {
  const at = places[k] ?? places[0];
  const restricted = k >= 4;
  const surname = surnames[k] ?? '';
  const secret = {
    name: `${surname}金丝雀${k}`,
    phone: `1390000${k}${k}${k}${k}`,
    addressDetail: `${k}单元${k}${k}-${k}`,
    contact: `女儿 1370000${k}${k}${k}${k}`,
    guardian: `监护人${k}号`,
    health: `病情${k}号`,
  };
  const idNumber = idNumbers[k] ?? null;
  const responsibleId = k === 2 ? helper : null;
  const tags = restricted ? [k === 4 ? 'correction' : 'released'] : k === 0 ? ['elder_alone', 'oxygen'] : ['child'];
  const { area, ...spot } = at;
  const wish = { ...secret, ...spot, idNumber, birthYear: 1900 + k, address: `金丝路${k}号`, tags, responsibleId };
  const clerk = restricted ? special : actorOf('secretary', area);
  const { person } = await people.handlers.create(ask({ opId: randomUUID(), ...wish }), { actor: clerk });
  const full = {
    ...secret,
    id: person.id,
    address: wish.address,
    place: String(spot.lon),
    ...(idNumber === null ? {} : { idNumber }),
  };
  const masked = { name: `${surname}**`, phone: `139****${k}${k}${k}${k}` };
  return {
    id: person.id,
    restricted,
    area,
    responsible: responsibleId,
    tag: restricted ? (tags[0] ?? null) : null,
    full,
    masked,
  };
}

beforeAll(async () => {
  town = await buildTown();
  await asOwner(town.url, async (tx) => {
    await tx.db.insertInto('account').values({ id: helper, login: 'helper', display_name: '样帮手' }).execute();
  });
  const { database, territory } = town;
  people = createPeople({ database, territory, vault, clock: fixedClock(Date.UTC(2026, 5, 1)) });
  known = [];
  for (let k = 0; k < places.length; k++) known.push(await register(k));
});
afterAll(() => town.close());

/** How somebody stands to a person, told once more and more simply: by the digits of codes. */
function standing(role: Role, areaCode: string, accountId: string | null, one: Known): Standing {
  const words: readonly string[] = rolePermissions[role];
  const over = one.area.startsWith(areaCode);
  const reads = words.includes('care.read') && (over || one.responsible === accountId);
  if (one.restricted) return words.includes('care.restricted') && over ? 'duty' : 'none';
  if (reads && (areaCode.length >= 12 || one.responsible === accountId)) return 'duty';
  if (reads) return 'register';
  return words.includes('care.glance') && over ? 'glance' : 'none';
}

type Door = (actor: Actor, one: Known) => Promise<unknown>;
const circle = (one: Known) => {
  const at = places[known.indexOf(one)] ?? places[0];
  return { lon: at.lon + 0.0003, lat: at.lat, radiusM: 2000 };
};
/** Every way to be shown somebody, the circumstance it stands for, and whether it is about one person only. */
const doors: Record<string, { circumstance: Circumstance; door: Door }> = {
  list: { circumstance: 'plain', door: (actor) => people.handlers.list(ask({}, {}, { limit: 50 }), { actor }) },
  findName: { circumstance: 'plain', door: (actor, one) => people.handlers.find(ask({ q: one.full.name }), { actor }) },
  findPhone: {
    circumstance: 'plain',
    door: (actor, one) => people.handlers.find(ask({ q: one.full.phone }), { actor }),
  },
  near: { circumstance: 'plain', door: (actor, one) => people.handlers.near(ask({}, {}, circle(one)), { actor }) },
  room: { circumstance: 'room', door: (actor, one) => people.listCareNear(actor, circle(one), 'room') },
  glance: { circumstance: 'plain', door: (actor) => people.handlers.glance(ask(), { actor }) },
  around: {
    circumstance: 'plain',
    door: (actor, one) => people.countCareAround(actor, { ...circle(one), radiiM: [100, 2000] }),
  },
  get: { circumstance: 'plain', door: (actor, one) => people.handlers.get(ask({}, { id: one.id }), { actor }) },
  tags: { circumstance: 'plain', door: (actor) => people.handlers.tags(ask(), { actor }) },
  reveal: {
    circumstance: 'purpose',
    door: (actor, one) =>
      people.handlers.reveal(ask({ opId: randomUUID(), purpose: '核对是否安全' }, { id: one.id }), { actor }),
  },
};

/** What an answer carries of anybody beyond the table; a refusal carries nothing but its own words. */
async function leaks(role: Role, areaCode: string, asHelper: boolean, doorName: string, one: Known, crooked?: Door) {
  const actor = actorOf(role, areaCode, asHelper ? helper : undefined);
  const { circumstance, door } = doors[doorName] ?? { circumstance: 'plain' as const, door: async () => null };
  const text = await (crooked ?? door)(actor, one).then(
    (answer) => JSON.stringify(answer),
    (error: unknown) => {
      if (isAppError(error)) return JSON.stringify([error.message, error.detail]).replaceAll(one.id, '');
      throw error;
    },
  );
  // Those in special care know what restricted kinds there are, not who is.
  if (doorName === 'tags' && (rolePermissions[role] as readonly string[]).includes('care.restricted')) return '';
  const found = known.flatMap((who) => {
    const stands = standing(role, areaCode, actor.accountId, who);
    const seen = who === one || circumstance !== 'purpose' ? circumstance : 'plain';
    return careFields.flatMap((field) => {
      const level = levelOf(field, stands, seen);
      const [full, masked] = [who.full[field], who.masked[field]];
      const tooMuch = full !== undefined && level !== 'full' && text.includes(full);
      const anything = masked !== undefined && (level === 'none' || level === 'kept') && text.includes(masked);
      const word = who.tag !== null && field === 'tags' && level === 'none' && text.includes(who.tag);
      return tooMuch || anything || word
        ? [`${doorName} shows ${role} over ${areaCode} the ${field} of ${who.area}`]
        : [];
    });
  });
  return found.join('; ');
}

const world = () =>
  [
    fc.constantFrom(...roles),
    fc.constantFrom(district, street, west, east, grid),
    fc.boolean(),
    fc.constantFrom(...known),
  ] as const;

describe('the table of who sees what', () => {
  test('no role × route × field × circumstance gives more than it says', async () => {
    const property = fc.asyncProperty(
      ...world(),
      fc.constantFrom(...Object.keys(doors)),
      async (role, area, own, one, door) => {
        expect(await leaks(role, area, own, door, one)).toBe('');
      },
    );
    await fc.assert(property, { numRuns: 1_500 });
  }, 120_000);

  test('gives what it says: somebody on duty reads the mask, and with a purpose the whole', async () => {
    const [one] = known;
    if (one === undefined) throw new Error('Nobody is registered.');
    const actor = actorOf('full_time', grid);
    expect(await doors['get']?.door(actor, one)).toMatchObject({ ...one.masked, exact: true, birthYear: 1949 });
    const whole = await doors['reveal']?.door(actor, one);
    for (const field of ['name', 'phone', 'idNumber', 'addressDetail', 'contact', 'guardian', 'health'] as const)
      expect(whole).toMatchObject({ [field]: one.full[field] });
  });

  test.each<[string, Door]>([
    [
      'forgets the mask',
      async (actor, one) =>
        town.database.read(scopeFor(actor, 'care.read'), async (tx) => {
          const row = await findCare(tx, scopeFor(actor, 'care.read'), one.id);
          return row === undefined ? null : { id: row.id, name: openField(vault, row, 'name') };
        }),
    ],
    [
      'takes a scope that is too wide',
      async (_actor, one) => people.handlers.get(ask({}, { id: one.id }), { actor: actorOf('secretary', one.area) }),
    ],
    [
      'tells the house to a seat',
      async (actor, one) => ({ near: await people.listCareNear(actor, circle(one)), lon: Number(one.full.place) }),
    ],
  ])(
    'a planted door that %s is found',
    async (_what, crooked) => {
      const property = fc.asyncProperty(...world(), async (role, area, own, one) => {
        expect(await leaks(role, area, own, 'get', one, crooked)).toBe('');
      });
      await expect(fc.assert(property, { numRuns: 500 })).rejects.toThrow('Property failed');
    },
    60_000,
  );

  test('whoever asks a seat’s question from anywhere learns of a house no more than its square', async () => {
    const seat = actorOf('intake_seat', street);
    const answers = new Set<string>();
    for (const shift of [0, 0.0001, 0.0002, 0.0003]) {
      const near = await people.listCareNear(seat, { lon: 104.0065 + shift, lat: 30.0069, radiusM: 300 });
      expect(near.every(({ exact, distanceM }) => !exact && distanceM % 50 === 0)).toBe(true);
      near.forEach(({ lon, lat }) => answers.add(`${lon} ${lat}`));
    }
    expect(answers.size).toBe(1);
  });
});

describe('a restricted record', () => {
  const others = roles.filter((role) => !(rolePermissions[role] as readonly string[]).includes('care.restricted'));
  /** Everything anybody else may be told, by any door, from any area. */
  async function everything(): Promise<string> {
    const told: unknown[] = [];
    for (const role of others)
      for (const area of [district, west, east])
        for (const [name, { door }] of Object.entries(doors)) {
          if (name === 'reveal') continue; // leaves lines of its own
          for (const one of known.slice(0, 4)) told.push(await door(actorOf(role, area), one).catch(String));
        }
    return JSON.stringify(told);
  }

  test('comes and goes without any other answer changing, and refuses nobody the same number', async () => {
    const before = await everything();
    const idNumber = numbered('11010519800101001');
    const secret = { addressDetail: null, contact: null, guardian: null, health: null, birthYear: null, phone: null };
    const wish = {
      ...secret,
      name: '郑某',
      idNumber,
      address: '金丝路9号',
      lon: 104.0021,
      lat: 30.0021,
      responsibleId: null,
    };
    const create = (actor: Actor, tags: string[]) =>
      people.handlers.create(ask({ opId: randomUUID(), ...wish, tags }), { actor });
    const { person } = await create(special, ['drugs', 'petitioner']);
    expect(await everything()).toBe(before);
    await expect(create(special, ['drugs'])).rejects.toMatchObject({ code: 'already_exists' });
    const ordinary = await create(actorOf('secretary', west), ['elder_alone']);
    expect([person.restricted, ordinary.person.restricted]).toEqual([true, false]);
    const retire = { opId: randomUUID(), version: 1, reason: '测试结束' };
    await people.handlers.retire(ask(retire, { id: ordinary.person.id }), { actor: actorOf('secretary', west) });
    expect(await everything()).toBe(before);
  }, 60_000);

  test('mixes with no other tag, and its tags are unknown words to those without the right', async () => {
    const one = known[4];
    const edit = (tags: string[], actor: Actor, id: string) =>
      people.handlers.edit(ask({ opId: randomUUID(), version: 1, tags }, { id }), { actor });
    await expect(edit(['correction', 'child'], special, one?.id ?? '')).rejects.toMatchObject({ code: 'bad_input' });
    const clerk = actorOf('secretary', west);
    const said = (word: string) =>
      edit([word], clerk, known[0]?.id ?? '').catch((error: Error) => error.message.replace(word, '…'));
    expect(await said('correction')).toBe(await said('dragon'));
  });

  test('leaves a line that names no area and that nobody hears', async () => {
    const lines = await town.ledgerLines('care.create');
    const ids = new Set(known.filter(({ restricted }) => restricted).map(({ id }) => id));
    const own = lines.filter((line) => ids.has(String(line['subject_id'])));
    expect(own).toHaveLength(2);
    for (const line of own) expect([line['data'], line['audience']]).toEqual([{}, []]);
  });

  test('is not even shown to the program itself, unless it says so', async () => {
    const seen = (restricted?: '*') =>
      town.database.read({ ...systemScope, ...(restricted === undefined ? {} : { restricted }) }, async ({ db }) =>
        db.selectFrom('care_person').select('id').where('restricted', '=', true).execute(),
      );
    expect(await seen()).toEqual([]);
    expect((await seen('*')).length).toBeGreaterThan(1);
  });
});
