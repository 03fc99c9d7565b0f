import type { Permission } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { PlanningParts } from './parts.ts';
import { findProject, type ProjectRow } from './store-project.ts';
import { findScenario, type ScenarioRow } from './store-scenario.ts';

interface Placed {
  path: readonly string[];
}

/** Whether the actor may do this where the row stands. */
export const mayThere = (actor: Actor, word: Permission, { path }: Placed): boolean =>
  grantsFor(actor, word, { path, units: [] }).length > 0;

const noScenario = () => new AppError('not_found', 'There is no such scenario, or it is not yours to see.');
const noProject = () => new AppError('not_found', 'There is no such project, or it is not yours to see.');

/** @throws AppError not_found, also where the actor may see it but not do this; not_allowed then */
function assertMay(actor: Actor, word: Permission, row: Placed): void {
  if (!mayThere(actor, word, row))
    throw new AppError('not_allowed', `Expected an appointment with ${word} for this area; none of yours carries it.`);
}

/** @throws AppError not_found when the actor does not see it; not_allowed when they may not do this there */
export async function seeScenario(
  { database }: PlanningParts,
  actor: Actor,
  id: string,
  word: Permission,
): Promise<ScenarioRow> {
  const row = await database.read(scopeFor(actor, 'circle.read'), (tx) => findScenario(tx, id));
  if (row === undefined) throw noScenario();
  assertMay(actor, word, row);
  return row;
}

/** @throws AppError not_found, not_allowed, as `seeScenario` */
export async function seeProject(
  { database }: PlanningParts,
  actor: Actor,
  id: string,
  word: Permission,
): Promise<ProjectRow> {
  const row = await database.read(scopeFor(actor, 'circle.read'), (tx) => findProject(tx, id));
  if (row === undefined) throw noProject();
  assertMay(actor, word, row);
  return row;
}

export async function lockScenario(tx: Tx, id: string): Promise<ScenarioRow> {
  const row = await findScenario(tx, id, 'lock');
  if (row === undefined) throw noScenario();
  return row;
}

export async function lockProject(tx: Tx, id: string): Promise<ProjectRow> {
  const row = await findProject(tx, id, 'lock');
  if (row === undefined) throw noProject();
  return row;
}

/** An area the actor may do this in. @throws AppError bad_input for a code nobody knows, not_allowed */
export function areaFor({ territory }: PlanningParts, actor: Actor, code: string, word: Permission): Area {
  const area = territory.area(code);
  if (area === undefined)
    throw new AppError('bad_input', `areaCode: expected the code of an area, found ${code}.`, { field: 'areaCode' });
  assertMay(actor, word, area);
  return area;
}

interface Line {
  actor: Actor;
  action: string;
  opId: string | null;
  nowMs: number;
  data?: Record<string, unknown>;
  words?: Record<string, unknown>;
  /** Accounts told besides those of the area. */
  people?: readonly string[];
}

interface Subject extends Placed {
  id: string;
  district: string;
}

function tell(
  tx: Tx,
  type: 'scenario' | 'decision' | 'project',
  { id, path, district }: Subject,
  { actor, people = [], nowMs, ...line }: Line,
): Promise<string> {
  return append(tx, {
    ...line,
    actor: ledgerActor(actor),
    subject: { type, id },
    district,
    atMs: nowMs,
    audience: [...path.map((code) => `a:${code}`), ...people.map((one) => `p:${one}`)],
  });
}

/** A line about a scenario, told to the areas it is of. Answers its id. */
export const tellScenario = (tx: Tx, row: Subject, line: Line): Promise<string> => tell(tx, 'scenario', row, line);
/** A line about a decision on a scenario of this area. Answers its id. */
export const tellDecision = (tx: Tx, row: Subject, line: Line): Promise<string> => tell(tx, 'decision', row, line);
/** A line about a project, told to the areas it stands in. Answers its id. */
export const tellProject = (tx: Tx, row: Subject, line: Line): Promise<string> => tell(tx, 'project', row, line);
