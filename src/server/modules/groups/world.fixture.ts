import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { diskStore, type FileStore } from '#server/files/file-store.ts';
import { preparePhoto } from '#server/files/photo.ts';
import { anonymous } from '#server/modules/identity/index.ts';
import { createVault } from '#server/vault/vault.ts';
import { createEventsWorld, type World } from '../../../../test/helpers/events-world.ts';
import { createGroups, type Groups, type GroupsParts, type SendOut } from './index.ts';

export const grid = '500103004001001';
export const secondGrid = '500103004002001';

export interface GroupsWorld extends World {
  groups: Groups;
  files: FileStore;
  sent: Parameters<SendOut>[0][];
  /** Makes a group linked to the first grid, as its grid worker; answers id and secret of the link. */
  group(wish?: Partial<Parameters<Groups['handlers']['create']>[0]['body']>): Promise<{ id: string; secret: string }>;
  join(
    secret: string,
    wish?: { name?: string; phone?: string; gridCode?: string; key?: string | null },
  ): Promise<string>;
  say(groupId: string, memberKey: string, text: string, photos?: { id: string; token: string }[]): Promise<string>;
  upload(colour: string): Promise<{ claim: { id: string; token: string }; bytes: Buffer }>;
}

export async function createGroupsWorld(): Promise<GroupsWorld> {
  const world = await createEventsWorld();
  await world.owner.query(
    `insert into area (code, tier, name, parent_code, path, residents, households, geometry)
     values ($1, 'grid', '西村一格', '500103004002', '{500000,500103,500103004,500103004002,500103004002001}', 400, 150, $2)`,
    [
      secondGrid,
      JSON.stringify({
        type: 'Polygon',
        coordinates: [
          [
            [106.52, 29.5],
            [106.53, 29.5],
            [106.53, 29.51],
            [106.52, 29.51],
            [106.52, 29.5],
          ],
        ],
      }),
    ],
  );
  await world.owner.query('update area set residents = 600, households = 200 where code = $1', [grid]);
  await world.owner.query(
    `insert into place (id, name, kind, area_code, lon, lat) values ($1, '金银湾小区', 'housing', $2, 106.505, 29.505)`,
    [randomUUID(), grid],
  );
  await world.territory.reload();
  const files = diskStore(await mkdtemp(join(tmpdir(), 'groups-')));
  const sent: Parameters<SendOut>[0][] = [];
  const { database, territory, clock, events } = world;
  const parts: GroupsParts = {
    database,
    territory,
    clock,
    events,
    files,
    vault: createVault([new Uint8Array(32).fill(7)]),
    sendOut: async (message) => void sent.push(message),
  };
  const groups = createGroups(parts);
  const worker = { actor: world.as.gridWorker };
  return {
    ...world,
    groups,
    files,
    sent,
    async group(wish = {}) {
      const body = {
        opId: randomUUID(),
        name: '东村一格群',
        kind: 'building',
        platform: 'in_app' as const,
        about: '',
        gridCodes: [grid],
      };
      const { group } = await groups.handlers.create({ params: {}, query: {}, body: { ...body, ...wish } }, worker);
      return { id: group.id, secret: group.linkSecret ?? '' };
    },
    async join(secret, { key = null, ...wish } = {}) {
      const body = { opId: randomUUID(), name: '三楼王婆婆', ...wish };
      const input = { params: { secret }, query: {}, body };
      return (await groups.memberHandlers.join(input, { memberKey: key })).memberKey;
    },
    async say(groupId, memberKey, text, attachments = []) {
      const body = { opId: randomUUID(), text, attachments };
      return (await groups.memberHandlers.say({ params: { id: groupId }, query: {}, body }, { memberKey })).id;
    },
    async upload(colour) {
      const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: colour } })
        .jpeg()
        .toBuffer();
      const photo = await preparePhoto(bytes);
      const key = `photos/${photo.storedSha256.toString('hex')}`;
      await files.put(`${key}.jpg`, photo.full);
      return { claim: await events.photos.keep(anonymous, 'report', photo, key), bytes: photo.full };
    },
  };
}
