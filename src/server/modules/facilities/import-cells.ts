/** A table of population cells, in the place of what its source had before. */
import { createHash } from 'node:crypto';
import type { populationRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import { plainCell } from '#server/files/csv-text.ts';
import {
  decodeFile,
  firstWrong,
  readCsv,
  refuseWrong,
  wrongRow,
  type CsvRow,
  type FieldTable,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { bytesOf, readPlace, readWhole } from './import-cell-texts.ts';
import type { FacilitiesParts } from './parts.ts';
import { mayKeep } from './place.ts';
import { listCellsElsewhere, listCellsOf, replaceCells, type CellRow } from './store-cells.ts';

type Body = Input<typeof populationRoutes.import>['body'];
type Answer = Output<typeof populationRoutes.import>;

const fields = {
  code: ['编号', '单元编号', '楼栋编号', 'id', 'h3'],
  lon: ['lng', 'longitude', 'x', '经度'],
  lat: ['latitude', 'y', '纬度'],
  people: ['population', 'residents', '人口', '人口数', '常住人口', '总人口'],
  elders: ['elderly', '老人', '老年人', '60岁以上', '老年人口'],
  children: ['kids', '儿童', '14岁以下', '儿童人口'],
  households: ['户数', '家庭数'],
} as const satisfies FieldTable;
const needed = ['code', 'lon', 'lat', 'people', 'elders', 'children'] as const;

/** Pure but for the territory: one row as a cell, or what is wrong with it. */
function readCell(
  parts: FacilitiesParts,
  row: CsvRow,
  { crs, source, asOf }: Pick<Body, 'crs' | 'source' | 'asOf'>,
): CellRow | WrongRow {
  const code = plainCell(row.get('code'));
  if (!/^[A-Za-z0-9_.:-]{1,60}$/.test(code))
    return wrongRow(row.line, 'code', 'up to 60 letters, digits, dots, dashes', code);
  const place = readPlace(parts.territory, row, crs);
  if ('expected' in place) return place;
  const counts = readCounts(row);
  return 'expected' in counts ? counts : { code, ...place, ...counts, source, asOf };
}

function readCounts(row: CsvRow): Pick<CellRow, 'people' | 'elders' | 'children' | 'households'> | WrongRow {
  const people = readWhole(row, 'people', { least: 1, most: 1_000_000 });
  const elders = readWhole(row, 'elders', { least: 0, most: 1_000_000 });
  const children = readWhole(row, 'children', { least: 0, most: 1_000_000 });
  for (const one of [people, elders, children]) if (typeof one === 'object') return one;
  const [all, old, young] = [people, elders, children] as number[];
  if ((old ?? 0) + (young ?? 0) > (all ?? 0))
    return wrongRow(row.line, 'elders', `elders and children together at most ${all} people`, `${old} + ${young}`);
  const households = row.get('households') === '' ? null : readWhole(row, 'households', { least: 0, most: 1_000_000 });
  if (households !== null && typeof households === 'object') return households;
  return { people: all ?? 0, elders: old ?? 0, children: young ?? 0, households };
}

interface Plan {
  cells: CellRow[];
  wrong: WrongRow[];
}

function planCells(parts: FacilitiesParts, actor: Actor, rows: readonly CsvRow[], body: Body): Plan {
  const plan: Plan = { cells: [], wrong: [] };
  const seen = new Map<string, number>();
  for (const row of rows) {
    const cell = readCell(parts, row, body);
    if ('expected' in cell) {
      plan.wrong.push(cell);
      continue;
    }
    const before = seen.get(cell.code);
    seen.set(cell.code, row.line);
    if (before !== undefined)
      plan.wrong.push(wrongRow(row.line, 'code', `each code once; line ${before} has it already`, cell.code));
    else if (!mayKeep(actor, cell.path))
      plan.wrong.push(
        wrongRow(row.line, 'lon', 'a position inside the areas whose population you keep', `${cell.lon}, ${cell.lat}`),
      );
    else plan.cells.push(cell);
  }
  return plan;
}

/**
 * Reads a table of cells and puts it in the place of all that the same source had, in one transaction with one line for each
 * district. All or nothing; wrong rows refuse the file unless `skipWrong`. The same file again changes nothing.
 * @throws AppError import_refused; in_use when the source holds cells outside the actor's areas
 */
export async function importCells(parts: FacilitiesParts, actor: Actor, body: Body): Promise<Answer> {
  const bytes = bytesOf(body);
  const file = await readCsv(decodeFile(bytes).text, fields, body.map);
  const missing = needed.filter((field) => file.mapped[field] === undefined);
  if (missing.length > 0)
    throw new AppError('import_refused', `The file has no columns for ${missing.join(', ')}. Name them in map.`, {
      missing,
    });
  const plan = planCells(parts, actor, file.rows, body);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { opId, dryRun, skipWrong, source, asOf } = body;
  const op = {
    opId,
    actor: senderOf(actor),
    route: 'population.import',
    request: { sha256, dryRun, skipWrong, source, asOf },
  };
  return once(parts.database, systemScope, op, async (tx) => {
    const old = await listCellsOf(tx, source);
    const foreign = old.find(({ path }) => !mayKeep(actor, path));
    if (foreign !== undefined)
      throw new AppError(
        'in_use',
        `The source ${source} also holds cells outside your areas. Give your numbers another source name.`,
        {
          field: 'source',
        },
      );
    const elsewhere = new Map(
      (
        await listCellsElsewhere(
          tx,
          source,
          plan.cells.map(({ code }) => code),
        )
      ).map((one) => [one.code, one.source]),
    );
    const taken = plan.cells.filter(({ code }) => elsewhere.has(code));
    const wrong = [
      ...file.wrong,
      ...plan.wrong,
      ...taken.map(({ code }) =>
        wrongRow(null, 'code', `a code that no other source has; ${elsewhere.get(code)} has it`, code),
      ),
    ];
    if (!skipWrong) refuseWrong(wrong, file.read);
    const cells = plan.cells.filter(({ code }) => !elsewhere.has(code));
    const counts = compare(old, cells);
    if (!dryRun && counts.created + counts.changed + counts.gone > 0) {
      await replaceCells(tx, source, cells);
      await record(parts, tx, actor, { old, cells, sha256, body });
    }
    return {
      read: file.read,
      created: counts.created,
      changed: counts.changed,
      unchanged: counts.unchanged,
      replaced: old.length,
      people: cells.reduce((sum, { people }) => sum + people, 0),
      byTier: {},
      wrong: firstWrong(wrong),
      wrongCount: wrong.length,
      warnings: [],
      notes: [],
      dryRun,
    };
  });
}

/** What differs, cell by cell. */
function compare(old: readonly CellRow[], cells: readonly CellRow[]) {
  const before = new Map(old.map((cell) => [cell.code, JSON.stringify(valuesOf(cell))]));
  const created = cells.filter(({ code }) => !before.has(code)).length;
  const unchanged = cells.filter((cell) => before.get(cell.code) === JSON.stringify(valuesOf(cell))).length;
  return {
    created,
    unchanged,
    changed: cells.length - created - unchanged,
    gone: old.length - (cells.length - created),
  };
}

const valuesOf = ({ lon, lat, people, elders, children, households, asOf, areaCode }: CellRow) => [
  lon, lat, people, elders, children, households, asOf, areaCode,
]; // prettier-ignore

async function record(
  { clock }: FacilitiesParts,
  tx: Parameters<typeof append>[0],
  actor: Actor,
  { old, cells, sha256, body }: { old: readonly CellRow[]; cells: readonly CellRow[]; sha256: string; body: Body },
): Promise<void> {
  const districts = new Set([...old, ...cells].map(({ district }) => district));
  for (const district of districts) {
    const own = cells.filter((cell) => cell.district === district);
    await append(tx, {
      actor: ledgerActor(actor),
      action: 'population.import',
      subject: { type: 'area', id: district },
      district,
      atMs: clock.now(),
      data: {
        sha256,
        source: body.source,
        asOf: body.asOf,
        cells: own.length,
        replaced: old.filter((cell) => cell.district === district).length,
        people: own.reduce((sum, { people }) => sum + people, 0),
      },
      audience: [`a:${district}`],
      opId: body.opId,
    });
  }
}
