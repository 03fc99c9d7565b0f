import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { taskLinkRoutes } from '#contract/operations-links.ts';
import { diskStore } from '#server/files/file-store.ts';
import { mountTaskPhotos } from '#server/http/files.ts';
import { mount } from '#server/http/mount.ts';
import { createServer } from '#server/http/server.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { createTown, dispatchToEleven, inTheRoom, makeLink, reportFire, type Town } from './room.fixture.ts';

/** The doors behind a signed link, as an agency's phone knocks on them. */
let town: Town;
let folder: string;
let app: Awaited<ReturnType<typeof createServer>>;
beforeAll(async () => {
  town = await createTown();
  folder = await mkdtemp(join(tmpdir(), 'huangge-links-'));
  app = await createServer({ logLevel: 'silent', trustProxy: [], secure: false });
  const identify = async () => ({ actor: anonymous, session: null, expired: false });
  mount(app, taskLinkRoutes, town.operations.linkHandlers, { identify, secure: false });
  mountTaskPhotos(app, diskStore(folder), town.operations.findPhotoByLink);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
  await town.close();
});

async function linked(): Promise<{ id: string; linkId: string; url: string }> {
  const id = await reportFire(town);
  await inTheRoom(town, town.as.intake, 'open', { id }, { planCode: 'cable_well_fire' });
  const tasks = await dispatchToEleven(town, id);
  const { secret, link } = await makeLink(town, town.as.districtDispatcher, id, { taskId: tasks.water });
  return { id, linkId: link.id, url: `/api/public/tasks/${secret}` };
}
const post = (url: string, payload: Record<string, unknown>) =>
  app.inject({ method: 'POST', url, payload: { opId: randomUUID(), ...payload } });

it('shows the task, takes a photo along, and gives it only to who holds the link', async () => {
  const { url } = await linked();
  const stranger = await linked();
  expect((await app.inject(url)).json()).toMatchObject({ state: 'open', unit: { id: town.org.water } });
  expect((await post(`${url}/accept`, {})).json()).toMatchObject({ code: 'not_allowed' });
  expect((await post(`${url}/introduce`, { name: '赵师傅', phone: '13900000003' })).statusCode).toBe(200);
  const bytes = new Uint8Array([1, 2, 3]);
  const storageKey = `photos/${randomUUID()}`;
  await diskStore(folder).put(`${storageKey}.jpg`, bytes);
  const photo = { sha256: bytes, storedSha256: bytes, full: bytes, width: 1, height: 1 };
  const kept = await town.events.photos.keep(anonymous, 'evidence', photo, storageKey);
  const said = await post(`${url}/messages`, { words: '阀门已关', attachments: [kept] });
  expect(said.json()).toMatchObject({ ledgerId: expect.any(String) as unknown });
  const got = await app.inject(`${url}/photos/${kept.id}`);
  expect([got.statusCode, got.headers['content-type'], got.rawPayload.length]).toEqual([200, 'image/jpeg', 3]);
  expect((await app.inject(`${stranger.url}/photos/${kept.id}`)).statusCode).toBe(404);
});

it('says that it has ended, and nothing more, once it was taken back', async () => {
  const { id, linkId, url } = await linked();
  await inTheRoom(town, town.as.districtDispatcher, 'revokeLink', { id, linkId }, { reason: '发错了' });
  const answer = await app.inject(url);
  expect(answer.statusCode).toBe(410);
  expect(answer.json()).toMatchObject({ code: 'link_ended', data: { state: 'revoked' } });
  expect(answer.body).not.toMatch(/电缆|健康路/);
  expect((await app.inject(`/api/public/tasks/${'a'.repeat(32)}`)).statusCode).toBe(404);
  expect((await post(`${url}/introduce`, { name: '赵师傅', phone: 'no number' })).statusCode).toBe(400);
});

it('answers a repeated operation once, and refuses it behind another link', async () => {
  const { url } = await linked();
  const other = await linked();
  for (const one of [url, other.url]) await post(`${one}/introduce`, { name: '赵师傅', phone: '13900000003' });
  const opId = randomUUID();
  const first = await post(`${url}/accept`, { opId });
  const second = await post(`${url}/accept`, { opId });
  expect(first.statusCode).toBe(200);
  expect(second.json()).toEqual(first.json());
  expect((await post(`${other.url}/accept`, { opId })).json()).toMatchObject({ code: 'op_reused' });
});

it('slows down whoever knocks without end', async () => {
  const knocks = [];
  for (let k = 0; k < 40; k++) knocks.push((await post(`/api/public/tasks/${'b'.repeat(32)}/accept`, {})).statusCode);
  expect(knocks.at(-1)).toBe(429);
  expect(new Set(knocks)).toEqual(new Set([404, 429]));
});
