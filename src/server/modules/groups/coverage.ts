/** How many people the online groups reach, by grid. */
import { systemScope } from '#server/db/scope.ts';
import { groupRule } from './dictionary.ts';
import type { GroupsParts } from './parts.ts';
import { spreadHeadcount } from './rules.ts';
import { countByGrid, listHeadcounts } from './store-member.ts';

export interface GridMembership {
  /** Distinct people, with the counted part of outside groups. */
  members: number;
  residents: number;
}

/**
 * People in groups and residents of every grid at or below `areas`, whoever asks. Grids without a group have 0 members.
 * Of outside groups the share `outside_counted_percent` of the confirmed headcount counts, spread over the group's grids
 * by their residents. Never more than the residents of a grid.
 */
export async function membersByGrid(
  { database, territory }: Pick<GroupsParts, 'database' | 'territory'>,
  areas: readonly string[],
): Promise<Map<string, GridMembership>> {
  const { inside, outside } = await database.read(systemScope, async (tx) => ({
    inside: await countByGrid(tx, areas),
    outside: await listHeadcounts(tx, areas),
  }));
  const found = new Map<string, GridMembership>();
  const queue = areas.flatMap((code) => territory.area(code) ?? []);
  for (let area = queue.shift(); area !== undefined; area = queue.shift()) {
    if (area.tier === 'grid') found.set(area.code, { members: 0, residents: area.residents });
    else queue.push(...territory.children(area.code));
  }
  const add = (code: string, members: number): void => {
    const grid = found.get(code.slice(0, 15));
    if (grid !== undefined) grid.members += members;
  };
  for (const { gridCode, members } of inside) add(gridCode, members);
  const share = groupRule('outside_counted_percent') / 100;
  for (const { count, grids } of outside) {
    const residents = grids.map((code) => territory.area(code)?.residents ?? 0);
    spreadHeadcount(count * share, residents).forEach((part, k) => add(grids[k] ?? '', part));
  }
  for (const grid of found.values()) grid.members = Math.min(grid.members, grid.residents);
  return found;
}
