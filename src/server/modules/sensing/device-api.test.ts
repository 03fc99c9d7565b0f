import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError, type AppError, type ErrorCode } from '#kit/errors.ts';
import { rolePermissions, type Actor } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '#test/helpers/events-world.ts';
import { createDeviceDoor } from './device-door.ts';
import { createDeviceHandlers, type DeviceCtx } from './device-handlers.ts';

let world: World;
let handlers: ReturnType<typeof createDeviceHandlers>;
let admin: DeviceCtx;
let northAdmin: DeviceCtx;

beforeAll(async () => {
  world = await createEventsWorld();
  const vault = createVault([new Uint8Array(32).fill(7)]);
  handlers = createDeviceHandlers({ database: world.database, territory: world.territory, vault, clock: world.clock });
  admin = { actor: keeper(world.unit.districtCentre, '500103') };
  northAdmin = { actor: keeper(world.unit.northCentre, '500103005') };
});
afterAll(() => world.close());

const permissions = new Set(rolePermissions.system_admin);
const keeper = (unitId: string, areaCode: string): Actor => ({
  ...world.as.chief,
  grants: [{ role: 'system_admin', unitId, areaCode, permissions }],
});

const wish = (over: Record<string, unknown> = {}) => ({
  opId: randomUUID(),
  code: `S-${randomUUID().slice(0, 8)}`,
  name: '楼道烟感',
  kind: 'smoke' as const,
  metrics: [{ name: 'smoke_ppm', unit: 'ppm' }],
  lon: 106.505,
  lat: 29.505,
  unitId: null,
  riskPoint: null,
  heartbeatS: 3600,
  ...over,
});
const create = (over: Record<string, unknown> = {}, ctx = admin) =>
  handlers.createDevice({ params: {}, query: {}, body: wish(over) }, ctx);
const list = (query: Record<string, unknown>, ctx = admin) =>
  handlers.devices({ params: {}, query: { limit: 50, ...query }, body: {} }, ctx);
const importText = (text: string, over: Record<string, unknown> = {}, ctx = admin) =>
  handlers.importDevices(
    {
      params: {},
      query: {},
      body: { opId: randomUUID(), text, dryRun: false, crs: 'wgs84', map: {}, skipWrong: false, ...over },
    },
    ctx,
  );

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isAppError(error, code)) throw new Error(`Expected a refusal "${code}", got ${String(error)}`);
  return error;
}

async function linesOf(id: string): Promise<{ action: string; data: Record<string, unknown>; audience: string[] }[]> {
  const { rows } = await world.owner.query<{ action: string; data: Record<string, unknown>; audience: string[] }>(
    'select action, data, audience from ledger_entry where subject_id = $1 order by at, id',
    [id],
  );
  return rows;
}

describe('registering', () => {
  it('puts the device into the smallest area and tells the secret; the same opId tells it again', async () => {
    const body = wish();
    const first = await handlers.createDevice({ params: {}, query: {}, body }, admin);
    const again = await handlers.createDevice({ params: {}, query: {}, body }, admin);
    expect(first.device).toMatchObject({
      areaCode: '500103004001001',
      areaName: '东村一格',
      state: 'active',
      version: 1,
    });
    expect(first.secret).toMatch(/^[\w-]{32}$/);
    expect(again).toEqual(first);
    const { rows } = await world.owner.query('select response::text as text from op where op_id = $1', [body.opId]);
    expect(JSON.stringify(rows)).not.toContain(first.secret);
    const [line] = await linesOf(first.device.id);
    expect(line).toMatchObject({ action: 'device.create', data: { device: { code: body.code, kind: 'smoke' } } });
    expect(line?.audience).toContain('a:500103004001001');
    expect(JSON.stringify(line?.data)).not.toContain('楼道烟感');
  });

  it('refuses a code that is taken, a place outside every outline and a unit that is none', async () => {
    const { device } = await create();
    await refusal(create({ code: device.code }), 'already_exists');
    expect((await refusal(create({ lon: 100 }), 'bad_input')).detail).toEqual({ field: 'areaCode' });
    expect((await refusal(create({ unitId: randomUUID() }), 'bad_input')).detail).toEqual({ field: 'unitId' });
    expect((await create({ lon: 100, areaCode: '500103004' })).device.areaCode).toBe('500103004');
  });

  it('is for whoever keeps devices there; for others the device is absent', async () => {
    await refusal(create({}, northAdmin), 'not_allowed');
    const { device } = await create();
    const body = { opId: randomUUID(), version: 1, reason: '' };
    await refusal(handlers.device({ params: { id: device.id }, query: {}, body: {} }, northAdmin), 'not_found');
    await refusal(handlers.editDevice({ params: { id: device.id }, query: {}, body }, northAdmin), 'not_found');
    expect((await list({ q: device.code }, northAdmin)).items).toEqual([]);
    expect((await list({ q: device.code })).items).toHaveLength(1);
  });
});

describe('keeping', () => {
  it('moves a device with both versions in the line, and refuses a version seen too early', async () => {
    const { device } = await create();
    const edit = (body: Record<string, unknown>) =>
      handlers.editDevice(
        { params: { id: device.id }, query: {}, body: { opId: randomUUID(), version: 1, reason: '', ...body } },
        admin,
      );
    const moved = await edit({ lon: 106.525, unitId: world.unit.power });
    expect(moved.device).toMatchObject({ areaCode: '500103004002', unitName: '供电公司', version: 2 });
    const edited = (await linesOf(device.id)).find(({ action }) => action === 'device.edit');
    expect(edited?.data).toMatchObject({
      from: { areaCode: '500103004001001' },
      to: { areaCode: '500103004002' },
    });
    await refusal(edit({ name: '另一名' }), 'version_conflict');
    await refusal(edit({ version: 2, state: 'muted' }), 'reason_needed');
    expect((await edit({ version: 2, state: 'muted', reason: '检修' })).device.state).toBe('muted');
  });

  it('lists by code in pages and by filter', async () => {
    for (const n of [1, 2, 3]) await create({ code: `PAGE-${n}`, kind: 'manhole' });
    const first = await list({ q: 'page-', limit: 2 });
    expect([first.items.map(({ code }) => code), first.total, first.next]).toEqual([['PAGE-1', 'PAGE-2'], 3, 'PAGE-2']);
    const rest = await list({ q: 'page-', limit: 2, cursor: 'PAGE-2' });
    expect([rest.items.map(({ code }) => code), rest.next]).toEqual([['PAGE-3'], null]);
    expect((await list({ kinds: ['manhole'], area: '500103004001' })).total).toBe(3);
    expect((await list({ q: '%' })).items).toEqual([]);
  });

  it('a retired device lets nobody in any more, and its code stays taken', async () => {
    const door = createDeviceDoor(world.database);
    const { device, secret } = await create();
    expect(await door.verify(device.code, secret)).toEqual({ deviceId: device.id, deviceCode: device.code });
    expect(await door.verify(device.code, `${secret}x`)).toBeUndefined();
    expect(await door.verify('nobody', secret)).toBeUndefined();
    world.clock.advance(1_000);
    const renewed = await handlers.rotateDeviceSecret(
      { params: { id: device.id }, query: {}, body: { opId: randomUUID(), version: 1 } },
      admin,
    );
    expect(await door.verify(device.code, secret)).toBeUndefined();
    expect(await door.verify(device.code, renewed.secret)).toBeDefined();
    world.clock.advance(1_000);
    await handlers.retireDevice(
      { params: { id: device.id }, query: {}, body: { opId: randomUUID(), version: 2, reason: '拆除' } },
      admin,
    );
    expect(await door.verify(device.code, renewed.secret)).toBeUndefined();
    expect(await door.find(device.code)).toBeUndefined();
    await refusal(create({ code: device.code }), 'already_exists');
    expect((await linesOf(device.id)).map(({ action }) => action)).toEqual(['device.create', 'device.rotate', 'device.retire']); // prettier-ignore
  });
});

describe('import', () => {
  const header = '设备编码,名称,类型,经度,纬度,负责单位代码,心跳,指标\n';

  it('a trial, then done with secrets that work, then the same again; one line for the district', async () => {
    const text = `${header}I-1,井盖一,井盖,106.505,29.505,power,86400,\nI-2,水位一,water_level,106.525,29.505,,,water_mm:mm;battery\n`;
    expect(await importText(text, { dryRun: true })).toMatchObject({ created: 2, secrets: [], ledgerIds: [] });
    expect((await list({ q: 'I-1' })).total).toBe(0);
    const answer = await importText(text);
    expect(answer).toMatchObject({ read: 2, created: 2, byKind: { manhole: 1, water_level: 1 }, wrongCount: 0 });
    expect(answer.ledgerIds).toHaveLength(1);
    const [one] = answer.secrets;
    expect(await createDeviceDoor(world.database).verify('I-1', one?.secret ?? '')).toBeDefined();
    expect((await list({ q: 'I-2' })).items[0]?.metrics).toEqual([
      { name: 'water_mm', unit: 'mm' },
      { name: 'battery', unit: '' },
    ]);
    expect(await importText(text)).toMatchObject({ created: 0, changed: 0, unchanged: 2, secrets: [] });
    expect(await importText(text.replace('井盖一', '井盖甲'))).toMatchObject({ changed: 1, unchanged: 1 });
  });

  it('tells every wrong row by line and imports nothing; skipping them imports the rest', async () => {
    const text = `${header}W 1,名,烟感,106.505,29.505,,,\nW-2,名,恐龙,106.505,29.505,,,\nW-3,名,烟感,1,x,,,\nW-4,名,烟感,106.505,29.505,none,,\nW-5,名,烟感,106.505,29.505,,5,\nW-6,名,烟感,106.505,29.505,,,A-b\nW-7,名,烟感,90,29.505,,,\nW-8,名,烟感,106.505,29.505,,,\nW-8,名,烟感,106.505,29.505,,,\n`;
    const { detail } = await refusal(importText(text), 'import_refused');
    const wrong = detail['wrong'] as { line: number; column: string }[];
    expect(wrong.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '2 code', '3 kind', '4 lon', '5 unit_code', '6 heartbeat_s', '7 metrics', '8 area_code', '10 code',
    ]); // prettier-ignore
    expect((await list({ q: 'W-' })).total).toBe(0);
    expect(await importText(text, { skipWrong: true })).toMatchObject({ created: 1, wrongCount: 8 });
  });

  it("is refused where a row lies outside the importer's areas", async () => {
    const text = `${header}N-1,名,烟感,106.505,29.505,,,\n`;
    await refusal(importText(text, {}, northAdmin), 'not_allowed');
  });
});
