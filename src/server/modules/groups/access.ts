/** Who may do what with which group, and how it is written into the ledger. */
import { AppError } from '#kit/errors.ts';
import type { Permission } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { districtOf, type LiveTerritory } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { GroupRow } from './store-group.ts';

export function noGroup(): AppError {
  return new AppError('not_found', 'There is no such group, or it is not yours to see.');
}

export function noMessage(): AppError {
  return new AppError('not_found', 'There is no such message in this group.');
}

export function noPoll(): AppError {
  return new AppError('not_found', 'There is no such poll in this group.');
}

/** An appointment with the word over at least one of the group's grids. */
export function reaches(actor: Actor, word: Permission, group: Pick<GroupRow, 'areas'>): boolean {
  return actor.kind === 'system' || grantsFor(actor, word, { path: group.areas, units: [] }).length > 0;
}

/** @throws AppError not_allowed */
export function assertManages(actor: Actor, group: Pick<GroupRow, 'areas' | 'name'>): void {
  if (reaches(actor, 'group.manage', group)) return;
  throw new AppError('not_allowed', 'None of your appointments lets you manage groups of these grids.');
}

/** @throws AppError version_conflict */
export function assertVersion(group: Pick<GroupRow, 'version'>, seen: number): void {
  if (group.version === seen) return;
  throw new AppError(
    'version_conflict',
    `This group was changed in the meantime: you saw version ${seen}, it is now ${group.version}. Load it again and repeat.`,
    { expected: seen, found: group.version },
  );
}

/** Where grids lie: the district the rows carry, and every code on their paths, city first. @throws AppError bad_input */
export function placesOf(
  territory: LiveTerritory,
  gridCodes: readonly string[],
): { district: string; areas: string[]; paths: string[][] } {
  const paths = gridCodes.map((code) => {
    const area = territory.area(code);
    if (area === undefined || (area.tier !== 'grid' && area.tier !== 'micro_grid'))
      throw new AppError(
        'bad_input',
        `gridCodes: expected codes of grids in use, found ${code}. Choose from the list.`,
        {
          field: 'gridCodes',
        },
      );
    return [...area.path];
  });
  return { district: districtOf(paths[0] ?? []), areas: [...new Set(paths.flat())], paths };
}

export interface GroupLine {
  actor: Actor;
  action: `group.${string}`;
  group: Pick<GroupRow, 'id' | 'areas' | 'district'>;
  /** Null: the group itself. */
  subject?: { type: string; id: string };
  atMs: number;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  opId?: string | null;
}

/** A line told to everybody who answers for one of the group's grids. Never words of members: they may be forgotten. */
export function record(tx: Tx, line: GroupLine): Promise<string> {
  const { group } = line;
  return append(tx, {
    actor: ledgerActor(line.actor),
    action: line.action,
    subject: line.subject ?? { type: 'group', id: group.id },
    district: group.district,
    atMs: line.atMs,
    data: { groupId: group.id, ...line.data },
    ...(line.words === undefined ? {} : { words: line.words }),
    audience: group.areas.map((code) => `a:${code}`),
    opId: line.opId ?? null,
  });
}
