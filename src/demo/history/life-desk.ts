/** From the report to the unit that will do it: received, verified, sent up, filed, dispatched. */
import { pickOne } from '#kit/random.ts';
import { isAbove } from '#kit/tiers.ts';
import { pathOf } from '#server/modules/events/case-rows.ts';
import * as routing from '#server/modules/events/commands-route.ts';
import { afterLimit, byDesk, deskActor, say, stepOf, take, type Life, type Step } from './acting.ts';
import { ruleOfCase } from './perform.ts';
import { spoken } from './words.ts';

export function nextAtDesk(life: Life): Step | undefined {
  const { live, fate, rng, cast, done } = life;
  const { event } = live.rows;
  const higher = isAbove(ruleOfCase(life.world, live).tier, event.tier);
  // Life in danger: acted on at once, verified on the way.
  if (event.priority === 0) return higher ? pushUp(life) : nextDispatch(life);
  if (event.verifiedMs === null) {
    if (event.status === 'reported' && take(life, 'receive', fate.received)) {
      const atMs = afterLimit(life, 'receive', null);
      return byDesk(life, 'intake', atMs, (actor) => ({
        command: routing.receive,
        actor,
        atMs,
        body: { note: say(life, spoken.receive) },
      }));
    }
    if (done.has('unfounded')) return decline(life);
    const atMs = afterLimit(life, event.status === 'reported' ? 'receive' : 'verify', null);
    const worker = cast.findGridWorker(rng, event.grid ?? '') ?? deskActor(life, 'intake', atMs);
    if (worker === undefined) return undefined;
    const unfounded = take(life, 'unfounded', fate.unfounded);
    const note = say(life, unfounded ? spoken.notFound : life.topic.found);
    return stepOf(life, {
      command: routing.verify,
      actor: worker,
      atMs,
      body: { outcome: unfounded ? 'not_found' : 'confirmed', note, attachments: [] },
    });
  }
  return higher || (fate.raised && event.tier !== 'district') ? pushUp(life) : fileIt(life);
}

function decline(life: Life): Step | undefined {
  const atMs = afterLimit(life, 'verify', null);
  return byDesk(
    life,
    'intake',
    atMs,
    (actor) => ({ command: routing.decline, actor, atMs, body: { reason: say(life, spoken.decline) } }),
    ['secretary', 'intake_seat'],
  );
}

function pushUp(life: Life): Step | undefined {
  const atMs = afterLimit(life, 'file', null);
  const words = life.live.rows.event.tier === 'community' ? spoken.escalateCommunity : spoken.escalateStreet;
  return byDesk(life, 'intake', atMs, (actor) => ({
    command: routing.escalate,
    actor,
    atMs,
    body: { reason: say(life, words) },
  }));
}

function fileIt(life: Life): Step | undefined {
  const atMs = afterLimit(life, 'file', null);
  return byDesk(life, 'intake', atMs, (actor) => ({ command: routing.file, actor, atMs, body: { note: '' } }));
}

export function nextDispatch(life: Life): Step | undefined {
  const { live, fate, world } = life;
  const { event } = live.rows;
  const coordinating = live.rows.clocks.some(({ step }) => step === 'coordinate');
  const path = pathOf(event);
  const reachable = world.territory.reachableUnits(event.ownerUnitId, path);
  const wrong = event.returns < fate.misdirected && !coordinating;
  const lead = wrong ? pickWrong(life, reachable) : findLead(life, reachable);
  if (lead === undefined) return undefined;
  const atMs = afterLimit(life, coordinating ? 'coordinate' : 'dispatch', null);
  const assists = fate.assisted ? assistsOf(life, lead.id) : [];
  const body = { leadUnitId: lead.id, assistUnitIds: wrong ? [] : assists, instruction: say(life, spoken.instruction) };
  return byDesk(life, coordinating ? 'coordinate' : 'dispatch', atMs, (actor) => ({
    command: routing.dispatch,
    actor,
    atMs,
    body,
  }));
}

type Candidates = readonly { id: string; kind: string; roleCode: string; tier: string }[];

/** By the level library; above its tier, the department that most often takes such matters. */
function findLead(life: Life, reachable: Candidates): Candidates[number] | undefined {
  const { leadRole, tier } = ruleOfCase(life.world, life.live);
  const { event } = life.live.rows;
  const own = isAbove(event.tier, tier) ? undefined : reachable.find(({ roleCode }) => roleCode === leadRole);
  return (
    own ??
    reachable.find(({ roleCode, tier: at }) => roleCode === 'district_urban_management' && at === event.tier) ??
    reachable.find(({ roleCode }) => roleCode === 'urban_management') ??
    reachable.find(({ id }) => id === event.ownerUnitId)
  );
}

function pickWrong(life: Life, reachable: Candidates): Candidates[number] | undefined {
  const { leadRole } = ruleOfCase(life.world, life.live);
  const others = reachable.filter(
    ({ kind, roleCode }) => (kind === 'post' || kind === 'department') && roleCode !== leadRole,
  );
  return others.length === 0 ? findLead(life, reachable) : pickOne(life.rng, others);
}

/** Usual helpers by the library that this desk can reach. */
function assistsOf(life: Life, leadId: string): string[] {
  const { world, live } = life;
  const { assistRoles } = ruleOfCase(world, live);
  const reachable = world.territory.reachableUnits(live.rows.event.ownerUnitId, pathOf(live.rows.event));
  return assistRoles
    .flatMap((role) => reachable.find(({ roleCode, id }) => roleCode === role && id !== leadId)?.id ?? [])
    .slice(0, 3);
}
