import type { Channel } from '#contract/events-words.ts';
import { deskTiers, type DeskTier } from '#kit/tiers.ts';
import type { Territory, Unit } from '#server/modules/grids/index.ts';
import { ruleAtPlace, type Rule } from './library.ts';
import { centreAbove, deskTierOf } from './placing.ts';
import { suggestUnits } from './suggest.ts';

/** Where a rule sends what happens at one place. */
export interface Route {
  /** Who would lead; null when no unit there carries the duty. */
  unitId: string | null;
  /** Desks it passes on the way from the first one to the tier that must take it. */
  transfers: number;
  tier: DeskTier;
  leadRole: string;
}

/** Answers the same question about the same place once. */
export function routesOf(territory: Territory): (rule: Rule, path: readonly string[], channel: Channel) => Route {
  const known = new Map<Rule, Map<string, Route>>();
  return (rule, path, channel) => {
    const ofRule = known.get(rule) ?? new Map<string, Route>();
    known.set(rule, ofRule);
    const console = heardAtConsole(channel);
    const key = `${path.at(-1) ?? ''}${console ? '!' : ''}`;
    const found = ofRule.get(key) ?? routeOf(territory, ruleAtPlace(rule, path), path, console);
    ofRule.set(key, found);
    return found;
  };
}

const heardAtConsole = (channel: Channel): boolean => channel === 'sensor' || channel === 'camera';

function routeOf(territory: Territory, rule: Rule, path: readonly string[], console: boolean): Route {
  const first = firstDesk(territory, path, console);
  const transfers = first === undefined ? 0 : Math.abs(tierOf(rule.tier) - tierOf(deskTierOf(first)));
  const { tier, leadRole } = rule;
  const desk = deskAt(territory, path, tier);
  if (desk === undefined) return { unitId: null, transfers, tier, leadRole };
  const units = [...territory.reachableUnits(desk.id, path).filter(({ id }) => id !== desk.id), desk];
  const lead = [...suggestUnits(rule, tier, new Set(), units)].find(([, part]) => part === 'lead')?.[0];
  return { unitId: lead ?? null, transfers, tier, leadRole };
}

const tierOf = (tier: DeskTier): number => deskTiers.indexOf(tier);

/** The desk that hears of it first: the smallest area's, or the nearest console for what sensors and cameras tell. */
function firstDesk(territory: Territory, path: readonly string[], console: boolean): Unit | undefined {
  const receivers = path.toReversed().map((code) => territory.receiverOf(code));
  const first = receivers.find((unit) => unit !== undefined);
  if (first === undefined || !console || first.kind === 'centre') return first;
  return centreAbove(territory, path, deskTierOf(first)) ?? first;
}

function deskAt(territory: Territory, path: readonly string[], tier: DeskTier): Unit | undefined {
  const code = path.find((one) => territory.area(one)?.tier === tier);
  const unit = code === undefined ? undefined : territory.receiverOf(code);
  return unit?.tier === tier ? unit : undefined;
}
