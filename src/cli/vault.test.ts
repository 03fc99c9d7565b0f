import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { buildTown, street, west, type Town } from '#server/modules/grids/town.fixture.ts';
import { rolePermissions, type Actor, type Role } from '#server/modules/identity/index.ts';
import { createPeople } from '#server/modules/people/index.ts';
import { createVault, type Vault } from '#server/vault/vault.ts';
import { fixedClock } from '#kit/clock.ts';
import { resealColumn } from './reseal.ts';
import { runCli } from './run.ts';

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const hex = (keys: readonly Buffer[]) => keys.map((key) => key.toString('hex')).join(',');
const ledgerKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
let town: Town;
let database: Database;

const actorOf = (role: Role, areaCode: string): Actor => {
  const grant = { role, unitId: randomUUID(), areaCode, permissions: new Set(rolePermissions[role]) };
  return { kind: 'account', accountId: randomUUID(), name: '', adminKind: null, grants: [grant], limitedTo: null };
};
const clerk = actorOf('secretary', west);
const special = actorOf('special_care', street);
const peopleWith = (vault: Vault) =>
  createPeople({ database, territory: town.territory, vault, clock: fixedClock(Date.UTC(2026, 5, 1)) });

beforeAll(async () => {
  town = await buildTown();
  database = openDatabase(town.url, { max: 3 });
  const people = peopleWith(createVault([old]));
  for (let k = 0; k < 7; k++) {
    const secret = {
      name: `样员${k}`,
      phone: null,
      idNumber: null,
      addressDetail: null,
      contact: '女儿',
      guardian: null,
    };
    const tags = k < 6 ? ['child'] : ['drugs'];
    const wish = {
      ...secret,
      health: '哮喘',
      birthYear: 2015,
      address: '',
      tags,
      lon: 104.002,
      lat: 30.002,
      responsibleId: null,
    };
    const body = { opId: randomUUID(), ...wish };
    await people.handlers.create({ params: {}, query: {}, body }, { actor: k < 6 ? clerk : special });
  }
});
afterAll(async () => {
  await database.close();
  await town.close();
});

async function rotate(keys: readonly Buffer[], cipher: string, ...flags: string[]) {
  const said: string[] = [];
  const env = {
    DATABASE_URL: town.url,
    HUANGGE_MASTER_KEY: hex(keys),
    HUANGGE_LEDGER_KEY: ledgerKey,
    HUANGGE_CIPHER: cipher,
    HUANGGE_DATA: '/nowhere',
    NODE_ENV: 'production',
    HUANGGE_PUBLIC_URL: 'https://huangge.example.org',
  };
  const io = { env, out: (line: string) => void said.push(line), err: (line: string) => void said.push(line) };
  return { code: await runCli(['vault', 'rotate', ...flags], io), said };
}

const heads = async () =>
  database.read({ ...systemScope, restricted: '*' }, async ({ db }) => {
    const rows = await db.selectFrom('care_person').select(['name', 'health', 'version']).execute();
    return [
      ...new Set(
        rows.map(
          (row) =>
            `${row.name.subarray(0, 2).toString('hex')} ${row.health?.subarray(0, 2).toString('hex')} ${row.version}`,
        ),
      ),
    ];
  });

test('a new key, then the national cipher: everything is sealed again, found and opened as before, and said in the ledger', async () => {
  expect(await rotate([old, fresh], 'aes', '--dry-run')).toMatchObject({ code: 0 });
  expect(await heads()).toEqual(['0100 0100 1']);
  // Interrupted after the first column.
  const parts = { database, vault: createVault([old, fresh]), nowMs: () => Date.UTC(2026, 5, 2), batch: 3 };
  expect(await resealColumn(parts, 'care_person.name')).toBe(7);
  const { code, said } = await rotate([old, fresh], 'aes');
  expect([code, said.at(-1)]).toEqual([0, '21 values were sealed again.']);
  expect(await heads()).toEqual(['0101 0101 1']);
  expect((await rotate([old, fresh], 'aes')).said).toEqual(['0 values were sealed again.']);
  expect((await rotate([old, fresh], 'sm4')).said.at(-1)).toBe('28 values were sealed again.');
  expect(await heads()).toEqual(['0201 0201 1']);
  const people = peopleWith(createVault([old, fresh], { cipher: 'sm4' }));
  const find = { params: {}, query: {}, body: { q: '样员3' } };
  const [one] = (await people.handlers.find(find, { actor: clerk })).items;
  const ask = { params: { id: one?.id ?? '' }, query: {}, body: { opId: randomUUID(), purpose: '核对是否安全' } };
  expect(await people.handlers.reveal(ask, { actor: clerk })).toMatchObject({ name: '样员3', health: '哮喘' });
  const lines = await town.ledgerLines('care.rotate');
  expect(lines.length).toBeGreaterThan(8);
  expect(lines.map(({ data }) => (data as { values: number }).values).reduce((sum, n) => sum + n, 0)).toBe(7 + 21 + 28);
});

test('a key missing from the ring is named, and nothing is lost', async () => {
  await expect(rotate([fresh], 'aes')).rejects.toThrow('care_person.name: a value sealed with key 1');
  expect(await heads()).toEqual(['0201 0201 1']);
});
