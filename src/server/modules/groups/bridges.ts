/** Groups on other platforms: the adapter above keeps here how to reach them, and asks here which group a call is for. */
import { AppError } from '#kit/errors.ts';
import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { assertManages, record } from './access.ts';
import { actInGroup } from './commands-message.ts';
import { sealedAt, type GroupsParts } from './parts.ts';
import { findBridge, saveBridge, type BridgeRow } from './store-bridge.ts';

/** Opened: only for the adapter, never for a screen. */
export interface Bridge {
  groupId: string;
  kind: 'wecom';
  target: string;
  secrets: Readonly<Record<string, string>>;
  enabled: boolean;
  version: number;
  lastAt: Date | null;
}

/** By group, or by how the platform names it. */
export async function bridgeOf(
  parts: Pick<GroupsParts, 'database' | 'vault'>,
  wanted: { groupId: string } | { kind: 'wecom'; target: string },
): Promise<Bridge | undefined> {
  const row = await parts.database.read(systemScope, (tx) => findBridge(tx, wanted));
  return row === undefined ? undefined : open(parts, row);
}

function open({ vault }: Pick<GroupsParts, 'vault'>, { lastError: _error, ...row }: BridgeRow): Bridge {
  return { ...row, secrets: JSON.parse(vault.open(row.secrets, sealedAt.secrets)) as Record<string, string> };
}

/**
 * Ties a group to one on another platform, or changes how. Needs group.manage over one of its grids. The ledger holds
 * neither target nor secrets.
 * @throws AppError not_found, not_allowed, bad_input for a group of our own, already_exists when the target is taken
 */
export function setBridge(
  parts: GroupsParts,
  actor: Actor,
  wish: {
    opId: string;
    groupId: string;
    kind: 'wecom';
    target: string;
    secrets: Readonly<Record<string, string>>;
    enabled: boolean;
  },
): Promise<{ id: string; at: string; ledgerId: string }> {
  const { groupId, opId, kind, target, enabled } = wish;
  const made = { groupId, opId, route: 'group.bridge', request: wish };
  return actInGroup(parts, { actor }, made, async ({ tx, group, atMs }) => {
    assertManages(actor, group);
    if (group.platform !== kind)
      throw new AppError('bad_input', `Expected a group of platform ${kind}, found one of ${group.platform}.`);
    const taken = await findBridge(tx, { kind, target });
    if (taken !== undefined && taken.groupId !== groupId)
      throw new AppError('already_exists', 'That group of the other platform is tied to another group here.');
    const secrets = parts.vault.seal(JSON.stringify(wish.secrets), sealedAt.secrets);
    await saveBridge(tx, { groupId, kind, target, secrets, enabled, at: new Date(atMs) });
    const line = { actor, action: 'group.link' as const, group, atMs, opId, data: { bridge: kind, enabled } };
    return { id: groupId, at: toIso(atMs), ledgerId: await record(tx, line) };
  });
}
