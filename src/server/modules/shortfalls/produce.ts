import type { shortfallRoutes } from '#contract/shortfalls.ts';
import type { Input, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { gather, type Produced } from './gather.ts';
import type { RunMark, ShortfallsParts } from './parts.ts';
import { areaToPlan, pathOf } from './place.ts';
import { freshened, isSame } from './rules-keep.ts';
import type { DemandDraft, Draft } from './rules-produce.ts';
import { lockDemands, saveDemands, type DemandRow } from './store-demand.ts';
import { lockProblems, saveProblems, type ProblemRow } from './store-problem.ts';
import { runView } from './views.ts';

type Answer = Output<typeof shortfallRoutes.produce>;
type Counts = Answer['problems'];

interface Area {
  code: string;
  name: string;
  path: string[];
  district: string;
}

/**
 * Makes both lists of an area from the latest run, needs and facilities. Rows are found again by what they are about:
 * corrections by hand stay, what nothing produces any more is marked. Once per opId, in one transaction with one line.
 * @throws AppError not_found for an area that is not the actor's to plan or was not measured; bad_input for a city
 */
export async function produce(
  parts: ShortfallsParts,
  actor: Actor,
  body: Input<typeof shortfallRoutes.produce>['body'],
): Promise<Answer> {
  const area = areaToPlan(parts, actor, body.areaCode);
  const produced = await gather(parts, area);
  const op = { opId: body.opId, actor: senderOf(actor), route: 'shortfalls.produce', request: body };
  return once(parts.database, systemScope, op, (tx) => settle(parts, tx, { area, produced, actor, opId: body.opId }));
}

interface Settling {
  area: Area;
  produced: Produced;
  actor: Actor;
  opId: string | null;
}

async function settle(parts: ShortfallsParts, tx: Tx, { area, produced, actor, opId }: Settling): Promise<Answer> {
  const nowMs = parts.clock.now();
  const made = { run: produced.run, at: new Date(nowMs) };
  const problems = mergeProblems(parts, await lockProblems(tx, area.code), produced.problems, made);
  const demands = mergeDemands(parts, await lockDemands(tx, area.code), produced.demands, made);
  await saveProblems(tx, problems.rows);
  await saveDemands(tx, demands.rows);
  await listNeeds(parts, tx, produced, actor);
  const counts = { problems: problems.counts, demands: demands.counts };
  const ledgerId = await append(tx, {
    actor: ledgerActor(actor),
    action: 'facility_problem.produce',
    subject: { type: 'area', id: area.code },
    district: area.district,
    atMs: nowMs,
    audience: area.path.map((code) => `a:${code}`),
    opId,
    data: { runId: produced.run.id, runHash: produced.run.hash, ...counts },
  });
  return { at: toIso(nowMs), ledgerId, run: runView(produced.run), ...counts };
}

/** Needs that stand behind a row are listed from now on. */
async function listNeeds({ needs }: ShortfallsParts, tx: Tx, { problems, demands, open }: Produced, actor: Actor) {
  const behind = new Set([...problems, ...demands].flatMap(({ needIds }) => needIds));
  for (const { id } of open)
    if (behind.has(id))
      await needs.setState(tx, { needId: id, state: 'listed', reason: '已列入设施问题清单或市场需求账' }, actor);
}

interface Made {
  run: RunMark;
  at: Date;
}

interface Merged<T> {
  /** New, or to be saved as they now are. */
  rows: T[];
  counts: Counts;
}

type Line = ProblemRow | DemandRow;

/** The rows that are there and what should be there, by key. */
function merge<T extends Line, D extends Draft | DemandDraft>(
  rows: readonly T[],
  drafts: readonly D[],
  {
    keyOf,
    draftKey,
    add,
    refresh,
    at,
  }: {
    keyOf: (row: T) => string;
    draftKey: (draft: D) => string;
    add: (draft: D) => T | undefined;
    refresh: (row: T, draft: D) => T;
    at: Date;
  },
): Merged<T> {
  const before = new Map(rows.map((row) => [keyOf(row), row]));
  const counts: Counts = { added: 0, changed: 0, same: 0, gone: 0 };
  const saved: T[] = [];
  for (const draft of drafts) {
    const row = before.get(draftKey(draft));
    before.delete(draftKey(draft));
    const next = row === undefined ? add(draft) : refresh(row, draft);
    if (next === undefined) continue;
    saved.push(next);
    counts[row === undefined ? 'added' : isSame(row, next) ? 'same' : 'changed']++;
  }
  for (const row of before.values()) {
    if (row.runId === null || row.goneAt !== null) continue;
    saved.push({ ...row, goneAt: at });
    counts.gone++;
  }
  return { rows: saved, counts };
}

function begun(parts: ShortfallsParts, { areaCode, lon, lat, figures }: Draft | DemandDraft, { run, at }: Made) {
  const place = pathOf(parts, areaCode);
  if (place === undefined) return undefined;
  const { people, elders, children } = figures;
  return {
    id: uuidV7(at.getTime()), areaCode, ...place, lon, lat, people, elders, children, figures, figuresSeen: null,
    state: 'open' as const, note: '', reason: '', editedAt: null, editedBy: null, runId: run.id, runHash: run.hash,
    producedAt: at, goneAt: null, createdAt: at, version: 1,
  }; // prettier-ignore
}

const marked = ({ run, at }: Made) => ({ runId: run.id, runHash: run.hash, producedAt: at });

function mergeProblems(parts: ShortfallsParts, rows: ProblemRow[], drafts: Draft[], made: Made): Merged<ProblemRow> {
  return merge(rows, drafts, {
    keyOf: ({ key }) => key,
    draftKey: ({ key }) => key,
    at: made.at,
    add(draft) {
      const { key, classCode, kind, facilityId, voices, needIds } = draft;
      const row = begun(parts, draft, made);
      return row && { ...row, key, classCode, kind, facilityId, facilityName: null, voices, needIds };
    },
    refresh(row, draft) {
      // A kind that was put in by hand stays.
      const kind = row.figures?.kind === undefined || row.kind === row.figures.kind ? draft.kind : row.kind;
      const { figures, voices, needIds, lon, lat } = draft;
      return { ...freshened(row, { figures, voices, needIds }), kind, lon, lat, ...marked(made) };
    },
  });
}

function mergeDemands(parts: ShortfallsParts, rows: DemandRow[], drafts: DemandDraft[], made: Made): Merged<DemandRow> {
  const keyOf = ({ classCode, areaCode }: Pick<DemandRow, 'classCode' | 'areaCode'>) => `${classCode}|${areaCode}`;
  return merge(rows, drafts, {
    keyOf,
    draftKey: keyOf,
    at: made.at,
    add(draft) {
      const { classCode, voices, needIds, floorM2 } = draft;
      const row = begun(parts, draft, made);
      const unused = { idleId: null, idleCode: null, idleName: null, projectId: null };
      return row && { ...row, classCode, voices, needIds, floorM2, ...unused };
    },
    refresh(row, draft) {
      const { figures, voices, needIds, lon, lat } = draft;
      return { ...freshened(row, { figures, voices, needIds }), figures, lon, lat, ...marked(made) };
    },
  });
}
