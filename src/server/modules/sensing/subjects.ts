import type { AlarmKind } from '#contract/device-messages.ts';
import type { LiveTerritory, Unit } from '#server/modules/grids/index.ts';
import type { AlarmRule, Rulebook } from './rulebook.ts';
import type { HeardDevice } from './store-intake.ts';

/** What an alarm is about: a device of ours, or a point of a third party. */
export interface Subject {
  /** 'd:<device id>', 's:<source id>:<point>' or 't:<alarm id>'. */
  key: string;
  deviceId: string | null;
  deviceCode: string | null;
  sourceId: string | null;
  sourceCode: string | null;
  path: readonly string[];
  areaCode: string;
  district: string;
  unitId: string;
  lon: number;
  lat: number;
  placeWords: string;
  /** Nothing is raised now. */
  muted: boolean;
  ruleOf(kind: AlarmKind, source: string): AlarmRule;
}

export const deviceSubject = (deviceId: string) => `d:${deviceId}`;

export function subjectOfDevice(territory: LiveTerritory, book: Rulebook, device: HeardDevice, nowMs: number): Subject {
  return {
    key: deviceSubject(device.id),
    deviceId: device.id,
    deviceCode: device.code,
    sourceId: null,
    sourceCode: null,
    path: device.path,
    areaCode: device.areaCode,
    district: device.district,
    unitId: device.unitId ?? receiverOn(territory, device.path).id,
    lon: device.lon,
    lat: device.lat,
    placeWords: device.name,
    muted: device.state !== 'active' || (device.mutedUntil !== null && device.mutedUntil.getTime() > nowMs),
    ruleOf: (kind, source) => withPointPlan(book.ruleOf(device, kind, source), device.pointPlan ?? null),
  };
}

/** Where a plan opens, that of the point itself goes before the general one; where none does, none is opened by it. */
function withPointPlan(rule: AlarmRule, pointPlan: string | null): AlarmRule {
  return rule.planCode === null || pointPlan === null ? rule : { ...rule, planCode: pointPlan };
}

/**
 * The nearest unit up the path that receives; without any on it, the first found from the top down: never nobody.
 * @throws Error when nobody in the whole territory receives
 */
export function receiverOn(territory: LiveTerritory, path: readonly string[]): Unit {
  for (const code of path.toReversed()) {
    const unit = territory.receiverOf(code);
    if (unit !== undefined) return unit;
  }
  const queue = [territory.city()];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const unit = territory.receiverOf(next.code);
    if (unit !== undefined) return unit;
    queue.push(...territory.children(next.code));
  }
  throw new Error('No unit of this territory receives: add a governance centre first.');
}

/** The centre one tier or more above a unit on this path; undefined at the top. */
export function centreAbove(territory: LiveTerritory, path: readonly string[], unitId: string): Unit | undefined {
  const own = territory.unit(unitId);
  const ownDepth = own === undefined ? path.length : path.indexOf(own.areaCode);
  const above = path.slice(0, ownDepth < 0 ? path.length : ownDepth).toReversed();
  for (const code of above) {
    const unit = territory.receiverOf(code);
    if (unit !== undefined && unit.id !== unitId) return unit;
  }
  return undefined;
}
