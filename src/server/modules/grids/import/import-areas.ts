import { ledgerActor } from '#server/modules/identity/index.ts';
import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { append } from '#server/modules/ledger/index.ts';
import { districtOf, type Work } from '../area-commands.ts';
import { enterTerritory } from '../outline-change.ts';
import { assertMayEdit } from '../rules.ts';
import { insertAreas, saveFacts, type AreaFacts, type NewArea, type StoredArea } from '../store.ts';
import type { TerritoryMaps } from '../territory-maps.ts';
import { areaFields, levelsOf, toAreas, type AreaRow } from './area-rows.ts';
import { readCsv } from './csv-rows.ts';
import { decodeFile } from './file-text.ts';
import { firstWrong, refuseWrong, wrongRow, type ImportAnswer, type WrongRow } from './wrong-rows.ts';

export interface AreaImport {
  bytes: Uint8Array;
  /** field → header, where the header is not one of the usual ones */
  map: Readonly<Record<string, string>>;
  skipWrong: boolean;
  dryRun: boolean;
  /** Name of the city, when neither the file nor the territory names it. */
  cityName?: string;
}

interface Plan {
  created: NewArea[];
  changed: (AreaFacts & { path: readonly string[]; from: string })[];
  unchanged: number;
  wrong: WrongRow[];
  notes: string[];
}

/**
 * Imports a table of areas: adds what is new (with the districts and streets its rows name), takes over changed names
 * and counts, leaves everything else alone. All or nothing; wrong rows refuse the file unless `skipWrong`.
 * One ledger line for each district touched, with the codes and the digest of the file.
 */
export async function importAreas(work: Work, wish: AreaImport): Promise<ImportAnswer> {
  const { text, encoding } = decodeFile(wish.bytes);
  const file = await readCsv(text, areaFields, wish.map);
  const named = levelsOf(file.mapped);
  if (named.length === 0) {
    throw new AppError(
      'import_refused',
      `No columns with codes and names were recognised. Say which they are, such as --map community_code=<header>. Fields: ${Object.keys(areaFields).join(', ')}.`,
    );
  }
  const { areas, wrong } = toAreas(file.rows, named);
  const maps = await enterTerritory(work.tx, work.territory);
  const plan = planAreas(maps, areas, wish.cityName);
  const allWrong = [...file.wrong, ...wrong, ...plan.wrong];
  if (!wish.skipWrong) refuseWrong(allWrong, file.read);
  for (const area of [...plan.created, ...plan.changed]) assertMayEdit(work.actor, area);
  if (!wish.dryRun) await writePlan(work, plan, createHash('sha256').update(wish.bytes).digest('hex'));
  return {
    read: file.read,
    created: plan.created.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged,
    byTier: countTiers(plan.created),
    wrong: firstWrong(allWrong),
    wrongCount: allWrong.length,
    notes: [
      `encoding ${encoding}; columns ${Object.entries(file.mapped)
        .map(([field, header]) => `${field}=${header}`)
        .join(', ')}`,
      ...plan.notes,
    ],
    dryRun: wish.dryRun,
  };
}

/** Compares the table with the territory, parents before children. */
function planAreas(maps: TerritoryMaps, areas: ReadonlyMap<string, AreaRow>, cityName: string | undefined): Plan {
  const plan: Plan = { created: [], changed: [], unchanged: 0, wrong: [], notes: [] };
  const paths = new Map<string, readonly string[]>();
  const rows = [...areas.values()].toSorted((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
  for (const row of [...missingCities(maps, areas, cityName, plan), ...rows]) {
    const known = maps.areas.get(row.code);
    if (known !== undefined) planKnown(plan, known, row);
    else planNew(plan, maps, paths, row);
    const path = known?.path ?? paths.get(row.code);
    if (path !== undefined) paths.set(row.code, path);
  }
  return plan;
}

/** The city stands above every district but is seldom a column: it is made from the code. */
function missingCities(
  maps: TerritoryMaps,
  areas: ReadonlyMap<string, AreaRow>,
  cityName: string | undefined,
  plan: Plan,
): AreaRow[] {
  const districts = [...areas.values()].filter(({ tier }) => tier === 'district');
  const codes = [...new Set(districts.flatMap(({ parentCode }) => parentCode ?? []))];
  return codes
    .filter((code) => !areas.has(code) && !maps.areas.has(code))
    .map((code) => {
      if (cityName === undefined)
        plan.notes.push(
          `City ${code} is not named in the file; its code stands for the name until it is renamed (--city-name).`,
        );
      return {
        code,
        tier: 'city',
        name: cityName ?? code,
        parentCode: null,
        line: 1,
        residents: null,
        households: null,
      };
    });
}

function planKnown(plan: Plan, known: StoredArea, row: AreaRow): void {
  if (known.retiredAt !== null) {
    plan.wrong.push(
      wrongRow(
        row.line,
        'code',
        'a code in use',
        `${row.code}, retired on ${known.retiredAt.toISOString().slice(0, 10)}`,
      ),
    );
    return;
  }
  const next = {
    name: row.name,
    residents: row.residents ?? known.residents,
    households: row.households ?? known.households,
  };
  const same = next.name === known.name && next.residents === known.residents && next.households === known.households;
  if (same) plan.unchanged++;
  else plan.changed.push({ code: row.code, ...next, path: known.path, from: known.name });
}

function planNew(plan: Plan, maps: TerritoryMaps, paths: Map<string, readonly string[]>, row: AreaRow): void {
  const parent = row.parentCode === null ? [] : (paths.get(row.parentCode) ?? livingPath(maps, row.parentCode));
  if (parent === undefined) {
    plan.wrong.push(
      wrongRow(
        row.line,
        'code',
        `a parent that the file or the territory knows`,
        `${row.code} below unknown ${row.parentCode ?? ''}`,
      ),
    );
    return;
  }
  const path = [...parent, row.code];
  paths.set(row.code, path);
  const kind = row.tier === 'grid' && row.code.slice(12) > '900' ? 'exclusive' : 'ordinary';
  plan.created.push({ ...row, path, kind, residents: row.residents ?? 0, households: row.households ?? 0 });
}

function livingPath(maps: TerritoryMaps, code: string): readonly string[] | undefined {
  const area = maps.areas.get(code);
  return area === undefined || area.retiredAt !== null ? undefined : area.path;
}

async function writePlan(work: Work, plan: Plan, sha256: string): Promise<void> {
  await insertAreas(work.tx, plan.created);
  await saveFacts(work.tx, plan.changed);
  const touched = new Set([...plan.created, ...plan.changed].map(({ path }) => districtOf(path)));
  for (const district of touched) {
    const created = plan.created.filter(({ path }) => districtOf(path) === district);
    const changed = plan.changed.filter(({ path }) => districtOf(path) === district);
    await append(work.tx, {
      actor: ledgerActor(work.actor),
      action: 'area.import',
      subject: { type: 'area', id: district },
      district,
      atMs: work.atMs,
      data: {
        sha256,
        created: created.map(({ code, name }) => [code, name]),
        changed: changed.map(({ code, from, name }) => [code, from, name]),
      },
      audience: [`a:${district}`],
      opId: work.opId,
    });
  }
}

function countTiers(areas: readonly { tier: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { tier } of areas) counts[tier] = (counts[tier] ?? 0) + 1;
  return counts;
}
