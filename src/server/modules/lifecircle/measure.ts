/** Beginning a run: its inputs are frozen and hashed; inputs that were measured before are that run. */
import type { Input, Output } from '#contract/route.ts';
import type { lifecircleRoutes } from '#contract/lifecircle.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Area } from '#server/modules/grids/index.ts';
import { grantsFor, ledgerActor, senderOf, shanghaiDay, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { circleRule, profileOf } from './dictionary.ts';
import { hashInputs, hashOf, keepInputs, type Inputs } from './inputs.ts';
import type { Networks } from './networks.ts';
import type { LifecircleParts } from './parts.ts';
import { absentArea } from './reach.ts';
import type { Runner } from './runner.ts';
import {
  confirmRun,
  findRun,
  findRunByHash,
  insertRun,
  listRunRows,
  type At,
  type RunParameters,
  type RunRow,
} from './store-run.ts';
import { runView } from './views.ts';

export interface MeasureParts extends LifecircleParts {
  networks: Networks;
  runner: Runner;
}

export interface MeasureWish {
  areaCode: string;
  /** Code of walk-profiles.csv; 'adult' unless stated. */
  profile?: string;
  /** Only what is open then counts; null: at any time. */
  at?: At | null;
}

type Routes = typeof lifecircleRoutes;

/** The command: once per opId. @throws AppError not_found, bad_input, in_use when there is no network or nobody lives there */
export async function measureByHand(
  parts: MeasureParts,
  actor: Actor,
  body: Input<Routes['measure']>['body'],
): Promise<Output<Routes['measure']>> {
  const { opId, ...wish } = body;
  const area = parts.territory.area(wish.areaCode);
  if (area === undefined || grantsFor(actor, 'circle.plan', { path: area.path, units: [] }).length === 0)
    throw absentArea();
  const op = { opId, actor: senderOf(actor), route: 'circle_run.start', request: wish };
  return once(parts.database, systemScope, op, async (tx) => {
    const { run, same } = await startRun(parts, tx, wish, actor, opId);
    return { run: runView(parts, run), same };
  });
}

/** For modules above and for jobs: in a transaction of its own. */
export function measure(
  parts: MeasureParts,
  areaCode: string,
  options: Omit<MeasureWish, 'areaCode'>,
  actor: Actor,
): Promise<RunRow> {
  return parts.database.inTx(
    systemScope,
    async (tx) => (await startRun(parts, tx, { areaCode, ...options }, actor)).run,
  );
}

/**
 * Begins a run in the caller's transaction; it is reckoned after the commit.
 * @throws AppError not_found, bad_input, in_use
 */
async function startRun(
  parts: MeasureParts,
  tx: Tx,
  wish: MeasureWish,
  actor: Actor,
  opId?: string,
): Promise<{ run: RunRow; same: boolean }> {
  const { territory, clock, runner } = parts;
  const area = territory.area(wish.areaCode);
  if (area === undefined) throw absentArea();
  const network = await parts.networks.forArea(area.code);
  if (network === undefined)
    throw new AppError(
      'in_use',
      'Expected a walking network of this district, found none. Import one first (POST /api/lifecircle/networks).',
    );
  const nowMs = clock.now();
  const parameters = parametersOf(wish, shanghaiDay(nowMs));
  const inputs = await gather(parts, tx, { area, districts: network.districts, day: parameters.day });
  const hashes = hashInputs(inputs);
  const { day, ...shaping } = parameters;
  const profile = wish.profile ?? 'adult';
  const hash = hashOf({
    ...hashes,
    area: area.code,
    network: network.version,
    profile,
    ...shaping,
    code: parts.codeVersion,
  });
  const known = await findRunByHash(tx, hash);
  if (known !== undefined) {
    await confirm(tx, known, { actor, nowMs, opId });
    return { run: known, same: true };
  }
  await keepInputs(tx, inputs, hashes);
  const id = uuidV7(nowMs);
  await insertRun(tx, {
    id,
    hash,
    areaCode: area.code,
    path: [...area.path],
    district: districtCode(parts, area),
    network: network.version,
    profile,
    parameters: { ...shaping, day },
    ...hashes,
    codeVersion: parts.codeVersion,
    state: 'running',
    summary: null,
    resultHash: null,
    problem: '',
    accountId: actor.accountId,
    startedAt: new Date(nowMs),
    finishedAt: null,
  });
  await append(tx, {
    actor: ledgerActor(actor),
    action: 'circle_run.start',
    subject: { type: 'circle_run', id },
    district: districtCode(parts, area),
    audience: area.path.map((code) => `a:${code}`),
    atMs: nowMs,
    opId: opId ?? null,
    data: { hash, areaCode: area.code, network: network.version, profile, at: parameters.at, code: parts.codeVersion },
  });
  tx.afterCommit(() => runner.begin(id));
  const run = await findRun(tx, id);
  if (run === undefined) throw new Error('A run that was just begun is not there.');
  return { run, same: false };
}

/** All is as it was when this run was reckoned: where others came after it, it is the latest again. */
async function confirm(
  tx: Tx,
  run: RunRow,
  { actor, nowMs, opId }: { actor: Actor; nowMs: number; opId: string | undefined },
): Promise<void> {
  if (run.state !== 'done') return;
  const { areaCode, profile, parameters } = run;
  const [latest] = await listRunRows(tx, { areas: [areaCode], profile, at: parameters.at, state: 'done', limit: 1 });
  if (latest === undefined || latest.id === run.id) return;
  await confirmRun(tx, run.id, new Date(nowMs));
  await append(tx, {
    actor: ledgerActor(actor),
    action: 'circle_run.confirm',
    subject: { type: 'circle_run', id: run.id },
    district: run.district,
    audience: run.path.map((code) => `a:${code}`),
    atMs: nowMs,
    opId: opId ?? null,
    data: { hash: run.hash, areaCode: run.areaCode, before: latest.id },
  });
}

const districtCode = ({ territory }: LifecircleParts, area: Area): string =>
  area.path.find((code) => territory.area(code)?.tier === 'district') ?? area.code;

function parametersOf({ profile = 'adult', at = null }: MeasureWish, day: string): RunParameters {
  return {
    walk: profileOf(profile).profile,
    at,
    day,
    cutoffS: circleRule('cutoff_minutes') * 60,
    snapLimitM: circleRule('snap_limit_m'),
  };
}

/** Facilities of every district the network serves, since a boundary stops nobody; cells of the area. */
async function gather(
  { facilities: port }: LifecircleParts,
  tx: Tx,
  { area, districts, day }: { area: Area; districts: readonly string[]; day: string },
): Promise<Inputs> {
  const rows = [];
  for (const district of districts) rows.push(...(await port.listFacilities(tx, { district, on: day })));
  const cells = await port.listCells(tx, { areaCode: area.code });
  if (cells.length === 0)
    throw new AppError(
      'in_use',
      `Expected population cells in ${area.name}, found none. Import the population first (facilities).`,
    );
  return {
    facilities: rows
      .map(({ id, code, classCode, name, lon, lat, capacity, hours }) => ({
        id,
        code,
        classCode,
        name,
        lon,
        lat,
        capacity,
        hours,
      }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    cells: cells
      .map(({ code, areaCode, lon, lat, people, elders, children }) => ({
        code,
        areaCode,
        lon,
        lat,
        people,
        elders,
        children,
      }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    standards: (await port.standards(tx, area.path)).map((norm) => ({
      code: norm.code,
      name: norm.name,
      nameEn: norm.nameEn,
      family: norm.family,
      level: norm.level,
      walkMin: norm.walkMin,
      group: norm.group,
      kind: norm.kind,
      certainty: norm.certainty,
      source: norm.source,
    })),
  };
}
