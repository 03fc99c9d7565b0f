import type { Handlers, Output } from '#contract/route.ts';
import type { kioskRoutes, screenRoutes } from '#contract/screens.ts';
import { widgetCodes } from '#contract/screens-layout.ts';
import { toIso } from '#kit/clock.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { mayAt, ownArea, seenArea } from './screen-access.ts';
import { arrangeScreen, createScreen, endKiosk, endScreen, issueKiosk, ownScreen } from './screen-commands.ts';
import { createScreenData } from './screen-data.ts';
import { firstLayout, rulesOfScreens } from './screen-defaults.ts';
import { openKiosk } from './screen-kiosk.ts';
import type { ScreenParts } from './screen-parts.ts';
import { listKiosks, listScreens, type KioskRow } from './screen-store.ts';

interface Ctx {
  actor: Actor;
}
type KioskJson = Omit<typeof kioskRoutes, 'live'>;

export function screenHandlers(parts: ScreenParts): {
  handlers: Handlers<typeof screenRoutes, Ctx>;
  kioskHandlers: Handlers<KioskJson, unknown>;
} {
  const { territory } = parts;
  const read = createScreenData(parts);
  const offered = widgetCodes.filter((code) => parts.sources[code] !== undefined);
  return {
    handlers: {
      list: async (_, { actor }) => ({ items: await screensOf(parts, actor) }),
      first: async ({ query }, { actor }) => {
        const area = query.area === undefined ? ownArea(territory, actor) : seenArea(territory, actor, query.area);
        return {
          areaCode: area.code,
          areaName: area.name,
          layout: firstLayout(area.tier, offered),
          offered,
          rules: rulesOfScreens(),
          mayEdit: mayAt(actor, 'analytics.edit', area.path),
        };
      },
      data: async ({ query }, { actor }) => read(seenArea(territory, actor, query.area), query.codes),
      create: ({ body }, { actor }) => createScreen(parts, actor, body),
      arrange: ({ params, body }, { actor }) => arrangeScreen(parts, actor, params.id, body),
      end: ({ params, body }, { actor }) => endScreen(parts, actor, params.id, body),
      links: async ({ params }, { actor }) => {
        await ownScreen(parts, actor, params.id);
        const rows = await parts.database.read(scopeFor(actor, 'analytics.edit'), (tx) => listKiosks(tx, params.id));
        return { items: rows.map(linkView) };
      },
      issueLink: async ({ params, body }, { actor }) => {
        const { link, path } = await issueKiosk(parts, actor, params.id, body);
        return { link: linkView(link), path };
      },
      revokeLink: ({ params, body }, { actor }) => endKiosk(parts, actor, params, body),
    },
    kioskHandlers: {
      screen: async ({ params }) => {
        const { screen, area } = await openKiosk(parts, params.secret);
        return { ...screen, areaName: area.name, rules: rulesOfScreens() };
      },
      data: async ({ params, query }) => {
        const { screen, area } = await openKiosk(parts, params.secret);
        // Only what stands on the screen.
        const shown = screen.layout.map(({ code }) => code);
        return read(
          area,
          query.codes.filter((code) => shown.includes(code)),
        );
      },
    },
  };
}

async function screensOf(
  { database, territory, clock }: ScreenParts,
  actor: Actor,
): Promise<Output<typeof screenRoutes.list>['items']> {
  const rows = await database.read(scopeFor(actor, 'analytics.read'), (tx) => listScreens(tx, new Date(clock.now())));
  return rows.map(({ changedAt, path, ...row }) => ({
    ...row,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    changedAt: toIso(changedAt.getTime()),
    mayEdit: mayAt(actor, 'analytics.edit', path),
  }));
}

function linkView({ id, name, createdAt, expiresAt, revokedAt, seenAt }: KioskRow) {
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
  return {
    id,
    name,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: iso(revokedAt),
    seenAt: iso(seenAt),
  };
}
