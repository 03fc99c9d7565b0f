import type { Output } from '#contract/route.ts';
import type { warningRoutes } from '#contract/warnings.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { CapInfo } from './cap.ts';
import type { StoredWarning } from './store.ts';
import type { EffectRun } from './store-effect.ts';

type Row = Output<typeof warningRoutes.list>['items'][number];
type Run = Output<typeof warningRoutes.running>['items'][number];
type Info = Output<typeof warningRoutes.get>['infos'][number];

function namesOf(territory: LiveTerritory, codes: readonly string[]): { code: string; name: string }[] {
  return codes.map((code) => ({ code, name: territory.area(code)?.name ?? code }));
}

export function rowView(territory: LiveTerritory, row: StoredWarning): Row {
  const { id, origin, sender, identifier, status, msgType, event, kind, colour, headline, outside, shape, state } = row;
  return {
    id,
    origin,
    sender,
    identifier,
    sent: row.sent.toISOString(),
    status,
    msgType,
    event,
    kind,
    colour,
    headline,
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    areas: namesOf(territory, row.areas),
    outside,
    shape,
    state,
  };
}

export function runView(territory: LiveTerritory, run: EffectRun): Run {
  const { id, effectId, warningId, effect, target, areas, matched, few, onAt, offAt } = run;
  return {
    id,
    effectId,
    warningId,
    effect,
    target,
    areas: namesOf(territory, areas),
    matched,
    few,
    onAt: onAt.toISOString(),
    offAt: offAt?.toISOString() ?? null,
  };
}

export function infoView(info: CapInfo): Info {
  return {
    ...info,
    area: info.area.map(({ areaDesc, polygons, circles, geocodes }) => ({
      areaDesc,
      polygons: polygons.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])),
      circles: circles.map(({ centre, radiusKm }) => ({
        centre: [centre[0], centre[1]] as [number, number],
        radiusKm,
      })),
      geocodes,
    })),
  };
}
