import type { Permission } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { absent, managesPartner, run, type PartnersParts, type StationFacts, type Work } from './parts.ts';
import { lockPartner, type PartnerRow, type Seen } from './store-partner.ts';

/** What an actor sees under a word: areas of theirs, and the stations they reach with the areas above those. */
export async function seenUnder(
  { stations }: Pick<PartnersParts, 'stations'>,
  actor: Actor,
  word: Permission,
): Promise<Seen & { stations: readonly StationFacts[] }> {
  const reached = await stations.listFor(actor, word);
  return {
    areas: scopeFor(actor, word).areas,
    above: [...new Set(reached.flatMap(({ path }) => path))],
    stationIds: reached.map(({ id }) => id),
    stations: reached,
  };
}

/** @throws AppError not_found, also for a partner that is another's to manage */
export async function lockManaged(work: Work, id: string): Promise<PartnerRow> {
  const partner = await lockPartner(work.tx, id);
  if (partner === undefined || !managesPartner(work.actor, partner)) throw absent();
  return partner;
}

/** A command about a partner that the actor manages: its row is locked first. */
export function onPartner<T>(
  parts: PartnersParts,
  actor: Actor,
  { verb, id, body, params = {} }: { verb: string; id: string; body: { opId: string }; params?: object },
  work: (work: Work, partner: PartnerRow) => Promise<T>,
): Promise<T> {
  return run(parts, actor, { verb, word: 'partner.manage', body, params: { id, ...params } }, async (one) =>
    work(one, await lockManaged(one, id)),
  );
}

/** Every station by id, for its name; read before a transaction begins, so that nobody holds one while waiting for another. */
export async function stationsById({
  database,
  stations,
}: Pick<PartnersParts, 'database' | 'stations'>): Promise<Map<string, StationFacts>> {
  const all = await database.read(systemScope, (tx) => stations.listStations(tx));
  return new Map(all.map((one) => [one.id, one]));
}

/** Whether the station is one of those that a pledge to all stations of the partner's area serves. */
export function servesArea({ areaCode }: { areaCode: string }, { path }: Pick<StationFacts, 'path'>): boolean {
  return path.includes(areaCode);
}
