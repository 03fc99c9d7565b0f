import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Output } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { shortfallRules } from './dictionary.ts';
import type { RunMark, ShortfallsParts } from './parts.ts';
import { areaName, mayPlan } from './place.ts';
import { hasMoved } from './rules-keep.ts';
import type { Figures } from './rules-produce.ts';
import type { DemandRow } from './store-demand.ts';
import type { ListedRow } from './store-list.ts';
import type { ProblemRow } from './store-problem.ts';

export type ProblemView = Output<typeof shortfallRoutes.problems>['items'][number];
export type DemandView = Output<typeof shortfallRoutes.demands>['items'][number];

/** A number of people as it may be shown; null: too few. */
export function few(count: number): number | null {
  return count > 0 && count < shortfallRules().few_people ? null : count;
}

export function headsOf({ people, elders, children }: { people: number; elders: number; children: number }) {
  return { people: few(people), elders: few(elders), children: few(children) };
}

interface Seen {
  parts: Pick<ShortfallsParts, 'territory'>;
  actor: Actor;
}

function listedOf(row: ListedRow, { parts, actor }: Seen) {
  const { id, classCode, areaCode, lon, lat, voices, note, reason, runId, version } = row;
  return {
    id,
    classCode,
    areaCode,
    areaName: areaName(parts, areaCode),
    lon,
    lat,
    ...headsOf(row),
    corrected: row.figuresSeen !== null,
    now: hasMoved(row) && row.figures !== null ? headsOf(row.figures) : null,
    nearestS: row.figures?.nearestS ?? null,
    voices,
    needs: row.needIds.length,
    note,
    reason,
    editedAt: row.editedAt?.toISOString() ?? null,
    runId,
    producedAt: row.producedAt?.toISOString() ?? null,
    goneAt: row.goneAt?.toISOString() ?? null,
    version,
    mayEdit: mayPlan(actor, row.path),
  };
}

export function problemView(row: ProblemRow, seen: Seen): ProblemView {
  const { facilityId: id, facilityName } = row;
  const { kind, state } = row;
  const facility = id === null ? null : { id, name: facilityName ?? '' };
  return { ...listedOf(row, seen), kind, facility, measure: measureOf(row.figures), state };
}

function measureOf(figures: Figures | null): ProblemView['measure'] {
  if (figures === null) return null;
  const { found, wanted, unit } = figures;
  return found === undefined || wanted === undefined || unit === undefined ? null : { found, wanted, unit };
}

export function demandView(row: DemandRow, seen: Seen): DemandView {
  const { floorM2, idleId: id, projectId, state } = row;
  const idle = id === null ? null : { id, code: row.idleCode ?? '', name: row.idleName ?? '' };
  return { ...listedOf(row, seen), floorM2, idle, projectId, state };
}

export function runView(run: RunMark) {
  const { id, hash, network, profile, day, codeVersion, finishedAt } = run;
  return { id, hash, network, profile, day, codeVersion, finishedAt: finishedAt.toISOString() };
}
