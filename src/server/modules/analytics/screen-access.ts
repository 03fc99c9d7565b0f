import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Area, Territory } from '#server/modules/grids/index.ts';
import { anonymous, grantsFor, type Actor } from '#server/modules/identity/index.ts';

/** Whether the actor may do this for screens of the area. */
export const mayAt = (actor: Actor, word: Permission, path: readonly string[]): boolean =>
  grantsFor(actor, word, { path, units: [] }).length > 0;

/** An area whose screens the actor may see. @throws AppError not_found: also when there is such an area, but not theirs */
export function seenArea(territory: Territory, actor: Actor, code: string): Area {
  const area = territory.area(code);
  if (area === undefined || !mayAt(actor, 'analytics.read', area.path))
    throw new AppError('not_found', `There is no area ${code} whose screens are yours to see.`);
  return area;
}

/** The area of the actor's first appointment that reads figures. @throws AppError not_found without one */
export function ownArea(territory: Territory, actor: Actor): Area {
  const codes = actor.grants.flatMap(({ areaCode, permissions }) =>
    areaCode !== null && permissions.has('analytics.read') ? [areaCode] : [],
  );
  const area = codes.map((code) => territory.area(code)).find((one) => one !== undefined);
  if (area === undefined)
    throw new AppError('not_found', 'None of your appointments reads the figures of an area: a screen shows an area.');
  return area;
}

/** What a wall may read of its area: the words of every widget, and none that changes anything. */
const wallWords: readonly Permission[] = [
  'event.read',
  'grids.read',
  'alarm.read',
  'warning.read',
  'force.read',
  'station.read',
  'circle.read',
  'visit.plan',
  'analytics.read',
];

const noUnit = '00000000-0000-0000-0000-000000000000';

/**
 * Who asks the modules for what a screen shows: nobody in person, so that a screen shows the same to all who may see it.
 * Never leaves the process: what is read with it is cut down to counts before anybody gets it.
 */
export function wallActor(area: Area, unitId: string | undefined): Actor {
  return {
    ...anonymous,
    kind: 'link',
    name: 'screen',
    grants: [{ role: 'commander', unitId: unitId ?? noUnit, areaCode: area.code, permissions: new Set(wallWords) }],
  };
}
