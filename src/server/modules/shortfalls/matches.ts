import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Output } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { notMeasured } from './gather.ts';
import type { ClassReach, IdleRoom, ReachCell, RunMark, ShortfallsParts } from './parts.ts';
import { areaName, noDemand } from './place.ts';
import { newlyAt, rankMatches, roomsFor, type Match } from './rules-match.ts';
import { communityOf, lacking } from './rules-produce.ts';
import { findDemand, type DemandRow } from './store-demand.ts';
import { headsOf, runView } from './views.ts';

type Answer = Output<typeof shortfallRoutes.matches>;

/**
 * Idle rooms of the district that could answer a demand: allowed use, size, and how many people who have none within the
 * minutes of the class would have one, walked on the network of the row's run. What serves most people of its community stands first.
 * @throws AppError not_found
 */
export async function readMatches(parts: ShortfallsParts, actor: Actor, id: string): Promise<Answer> {
  const scope = scopeFor(actor, 'circle.read');
  const row = await parts.database.read(scope, (tx) => findDemand(tx, scope, id));
  if (row === undefined) throw noDemand();
  const { run, reach, rooms, minFloorM2 } = await parts.database.read(systemScope, async (tx) => {
    const found = await parts.circle.findRun(tx, row.runId);
    const reached =
      found === undefined ? undefined : await parts.circle.reachOf(tx, { runId: found.id, classCode: row.classCode });
    if (found === undefined || reached === undefined) throw notMeasured();
    const norms = await parts.facilities.standards(tx, row.path);
    const norm = norms.find(({ code }) => code === row.classCode);
    const idle = await parts.facilities.listIdle(tx, { areaCode: row.district });
    return { run: found, reach: reached, rooms: idle, minFloorM2: row.floorM2 ?? norm?.minFloorM2 ?? null };
  });
  const { fitting, excluded } = roomsFor(rooms, row);
  const found = await measure(parts, { row, reach, rooms: fitting, run });
  const { matches, elsewhere } = rankMatches(found, minFloorM2);
  const items = matches.map((match) => ({
    ...roomView(parts, match.room),
    use: match.use,
    largeEnough: match.largeEnough,
    newly: headsOf(match.newly),
    here: headsOf(match.here),
    joined: match.joined,
  }));
  return { items, limitMin: reach.limitMin, excluded: { ...excluded, elsewhere }, run: runView(run) };
}

function roomView(parts: ShortfallsParts, room: IdleRoom) {
  const { id, code, name, address, areaCode, lon, lat, areaM2, ownerKind, condition } = room;
  return { id, code, name, address, areaName: areaName(parts, areaCode), lon, lat, areaM2, ownerKind, condition };
}

interface Measuring {
  row: DemandRow;
  reach: ClassReach;
  rooms: readonly IdleRoom[];
  run: RunMark;
}

async function measure(
  { circle }: ShortfallsParts,
  { row, reach, rooms, run }: Measuring,
): Promise<Omit<Match, 'use' | 'largeEnough'>[]> {
  if (rooms.length === 0) return [];
  const cells = lacking(reach);
  const walks = await circle.walks({ run, cutoffS: reach.limitMin * 60, cells, places: rooms });
  const isHere = (cell: ReachCell): boolean => communityOf(cell.areaCode) === row.areaCode;
  const served = newlyAt(cells, walks, rooms.length, isHere);
  const aside = new Set(walks.asidePlaces);
  return rooms.flatMap((room, k) => {
    const own = served[k];
    return own === undefined ? [] : [{ room, joined: !aside.has(k), ...own }];
  });
}
