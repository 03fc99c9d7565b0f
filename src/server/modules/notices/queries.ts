import {
  deliveryStates,
  noticeKinds,
  type DeliveryState,
  type NoticeKind,
  type PersonalChannel,
} from '#contract/notices-words.ts';
import type { noticeAdminRoutes, noticeRoutes, webhookRoutes } from '#contract/notices.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { isUuid } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { waysOf } from './advance.ts';
import { ownAccount, ownScope } from './command.ts';
import { sealedAs, type Kit } from './kit.ts';
import { channelsFor } from './rules-send.ts';
import { listChannels } from './store-channel.ts';
import { countStates, listQueue } from './store-delivery.ts';
import { countUnread, listInbox } from './store-notice.ts';
import { countPush, findSetting } from './store-setting.ts';
import { listEndpoints, listHealth } from './store-webhook.ts';

function before(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !isUuid(cursor))
    throw new AppError('bad_input', 'cursor: expected the nextCursor of the page before. Start again without it.');
  return cursor;
}

/** The page asked for, and how to go on. */
function paged<T extends { id: string }>(rows: readonly T[], limit: number): { rows: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

export async function inbox(
  kit: Kit,
  actor: Actor,
  query: Input<typeof noticeRoutes.inbox>['query'],
): Promise<Output<typeof noticeRoutes.inbox>> {
  const { limit, unread, cursor } = query;
  const found = await kit.database.read(ownScope(actor), (tx) =>
    listInbox(tx, ownAccount(actor), { before: before(cursor), unread, limit: limit + 1 }),
  );
  const { rows, nextCursor } = paged(found, limit);
  const items = rows.map(({ createdAt, readAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }));
  return { items, nextCursor };
}

export function unread(kit: Kit, actor: Actor): Promise<{ count: number; urgent: number }> {
  return kit.database.read(ownScope(actor), (tx) => countUnread(tx, ownAccount(actor)));
}

/** The setting as it works: what was not chosen is what the house chose. */
export async function ownSetting(kit: Kit, actor: Actor): Promise<Output<typeof noticeRoutes.settings>> {
  const accountId = ownAccount(actor);
  const own = await kit.database.read(ownScope(actor), async (tx) => ({
    row: await findSetting(tx, accountId),
    pushCount: await countPush(tx, accountId),
  }));
  const available = await kit.database.read(systemScope, (tx) => waysOf(kit, tx));
  const { row, pushCount } = own;
  const open = (sealed: Buffer | null | undefined, context: string): string | null =>
    sealed === null || sealed === undefined ? null : kit.vault.open(sealed, context);
  const channels = Object.fromEntries(
    noticeKinds.map((kind) => [kind, [...channelsFor(kind, row?.channels ?? {})]]),
  ) as Record<NoticeKind, PersonalChannel[]>;
  return {
    channels,
    quiet: row?.quiet ?? null,
    email: open(row?.email, sealedAs.email),
    phone: open(row?.phone, sealedAs.phone),
    pushCount,
    available: [...available],
    pushKey: kit.pushKey,
    version: row?.version ?? 0,
  };
}

const areaName = (kit: Kit, code: string | null): string | null =>
  code === null ? null : (kit.territory.area(code)?.name ?? code);

export async function channels(kit: Kit): Promise<Output<typeof noticeAdminRoutes.channels>> {
  return kit.database.read(systemScope, async (tx) => ({
    webPush: { browsers: await countPush(tx) },
    email: { configured: kit.channels.has('email'), from: kit.mailFrom },
    items: (await listChannels(tx)).map(({ address: _address, ...row }) => ({
      ...row,
      areaName: areaName(kit, row.areaCode),
    })),
  }));
}

export async function queue(
  kit: Kit,
  query: Input<typeof noticeAdminRoutes.queue>['query'],
): Promise<Output<typeof noticeAdminRoutes.queue>> {
  const { cursor, limit, ...filter } = query;
  const wanted = {
    before: before(cursor),
    states: filter.states,
    channel: filter.channel,
    target: filter.target,
    limit: limit + 1,
  };
  const found = await kit.database.read(systemScope, async (tx) => ({
    rows: await listQueue(tx, wanted),
    counts: await countStates(tx),
  }));
  const { rows, nextCursor } = paged(found.rows, limit);
  const counted = new Map(found.counts.map(({ state, count }) => [state, count]));
  return {
    nextCursor,
    counts: Object.fromEntries(deliveryStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
      DeliveryState,
      number
    >,
    items: rows.map(({ nextAt, createdAt, sentAt, facts, ...row }) => ({
      ...row,
      facts: row.channel === 'webhook' ? {} : facts,
      nextAt: nextAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
      sentAt: sentAt?.toISOString() ?? null,
    })),
  };
}

export async function endpoints(kit: Kit): Promise<Output<typeof webhookRoutes.endpoints>> {
  const { rows, health } = await kit.database.read(systemScope, async (tx) => ({
    rows: await listEndpoints(tx),
    health: await listHealth(tx),
  }));
  return {
    items: rows.flatMap(({ secret: _secret, oldSecret: _old, oldUntil: _until, status, ...row }) => {
      if (status === 'retired') return [];
      const state = health.get(row.id);
      return [
        {
          ...row,
          status,
          areaName: areaName(kit, row.areaCode),
          failingSince: state?.failingSince?.toISOString() ?? null,
          lastOkAt: state?.lastOkAt?.toISOString() ?? null,
          lastError: state?.lastError ?? null,
        },
      ];
    }),
  };
}
