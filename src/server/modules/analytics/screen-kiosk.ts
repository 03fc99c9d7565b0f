import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { digestSecret } from '#server/vault/vault.ts';
import { wallActor } from './screen-access.ts';
import type { ScreenParts } from './screen-parts.ts';
import { findKiosk, findScreen, noteLook, type ScreenRow } from './screen-store.ts';

/** A wall need not be told alive more often. */
const noteEveryMs = 60_000;

/**
 * What a link opens now. Notes that the wall is alive.
 * @throws AppError not_found for a secret nobody gave out; link_ended when it ran out, was taken back or its screen ended
 */
export async function openKiosk(parts: ScreenParts, secret: string): Promise<{ screen: ScreenRow; area: Area }> {
  const now = new Date(parts.clock.now());
  const { link, screen } = await parts.database.read(systemScope, async (tx) => {
    const found = await findKiosk(tx, digestSecret(secret));
    return { link: found, screen: found && (await findScreen(tx, found.screenId)) };
  });
  if (link === undefined || screen === undefined) throw new AppError('not_found', 'This link opens no screen.');
  const area = parts.territory.area(screen.areaCode);
  if (link.revokedAt !== null || link.expiresAt <= now || screen.endedAt !== null || area === undefined)
    throw new AppError('link_ended', 'This link no longer opens its screen. Ask the centre for a new one.');
  if (link.seenAt === null || now.getTime() - link.seenAt.getTime() >= noteEveryMs)
    await parts.database.inTx(systemScope, (tx) => noteLook(tx, link.id, now));
  return { screen, area };
}

/** Whose changes a wall hears of. @throws AppError not_found, link_ended */
export async function kioskActor(parts: ScreenParts, secret: string): Promise<Actor> {
  const { area } = await openKiosk(parts, secret);
  return wallActor(area, parts.territory.receiverOf(area.code)?.id);
}
