/** A table or a map of facilities: adds what is new, changes what has a known code. */
import { createHash } from 'node:crypto';
import type { facilityRoutes } from '#contract/facilities.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import {
  decodeFile,
  districtOf,
  firstWrong,
  readCsv,
  readPointFeatures,
  refuseWrong,
  wrongRow,
  type CsvFile,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import { ledgerActor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { append, once } from '#server/modules/ledger/index.ts';
import { doubtOf, type CrsDoubt } from './crs-doubt.ts';
import { facilityRule } from './dictionary.ts';
import { bytesOf } from './import-cell-texts.ts';
import { facilityFields, readFacility } from './import-facility-rows.ts';
import type { FacilitiesParts } from './parts.ts';
import { mayKeep } from './place.ts';
import { isSameFacility } from './record.ts';
import { listPositionsByName, lockFacilitiesByCode, saveFacilities, type FacilityRow } from './store.ts';

type Body = Input<typeof facilityRoutes.import>['body'];
type Answer = Output<typeof facilityRoutes.import>;

interface Plan {
  rows: FacilityRow[];
  unchanged: number;
  wrong: WrongRow[];
}

const needed = ['code', 'class', 'name', 'lon', 'lat'] as const;

/**
 * Imports facilities. All or nothing; wrong rows refuse the file unless `skipWrong`; points that look like another coordinate
 * system are asked about and refused until `crsConfirmed`. One ledger line for each district. The same file again changes nothing.
 * @throws AppError import_refused
 */
export async function importFacilities(parts: FacilitiesParts, actor: Actor, body: Body): Promise<Answer> {
  const bytes = bytesOf(body);
  const { text } = decodeFile(bytes);
  const file =
    body.format === 'geojson'
      ? readPointFeatures(text, facilityFields, body.map)
      : await readCsv(text, facilityFields, body.map);
  const missing = needed.filter((field) => file.mapped[field] === undefined);
  if (missing.length > 0)
    throw new AppError('import_refused', `The file has no columns for ${missing.join(', ')}. Name them in map.`, {
      missing,
    });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { opId, text: _text, base64: _base64, ...how } = body;
  const op = { opId, actor: senderOf(actor), route: 'facility.import', request: { sha256, ...how } };
  const byStreets = body.crs === 'wgs84' ? await askTheStreets(parts, file) : null;
  return once(parts.database, systemScope, op, async (tx) => {
    const known = new Map(
      (
        await lockFacilitiesByCode(
          tx,
          file.rows.map((row) => row.get('code')),
        )
      ).map((row) => [row.code, row]),
    );
    const plan = planRows(parts, actor, { known, file, body });
    const wrong = [...file.wrong, ...plan.wrong];
    const doubt = body.crs === 'wgs84' ? ((await findDoubt(tx, known, plan.rows)) ?? byStreets) : null;
    if (!body.dryRun) assertNoDoubt(doubt, body.crsConfirmed);
    if (!body.skipWrong) refuseWrong(wrong, file.read);
    if (!body.dryRun && plan.rows.length > 0) await write(parts, tx, actor, { rows: plan.rows, sha256, opId });
    const changed = plan.rows.filter(({ code }) => known.has(code)).length;
    return {
      read: file.read,
      created: plan.rows.length - changed,
      changed,
      unchanged: plan.unchanged,
      byTier: {},
      wrong: firstWrong(wrong),
      wrongCount: wrong.length,
      warnings: [],
      notes: [],
      dryRun: body.dryRun,
      crsDoubt: doubt,
    };
  });
}

function planRows(
  parts: FacilitiesParts,
  actor: Actor,
  { known, file, body }: { known: ReadonlyMap<string, FacilityRow>; file: CsvFile; body: Body },
): Plan {
  const plan: Plan = { rows: [], unchanged: 0, wrong: [] };
  const seen = new Map<string, number>();
  const nowMs = parts.clock.now();
  for (const row of file.rows) {
    const code = row.get('code');
    const old = known.get(code);
    const read = readFacility({ territory: parts.territory, crs: body.crs, mapped: file.mapped, nowMs }, row, old);
    const before = seen.get(code);
    seen.set(code, row.line);
    if ('expected' in read) plan.wrong.push(read);
    else if (before !== undefined)
      plan.wrong.push(wrongRow(row.line, 'code', `each code once; line ${before} has it already`, code));
    else if (!mayKeep(actor, read.path) || (old !== undefined && !mayKeep(actor, old.path)))
      plan.wrong.push(wrongRow(row.line, 'code', 'a facility inside the areas you keep', code));
    else if (old !== undefined && (old.source === 'station' || isSameFacility(old, read))) plan.unchanged++;
    else plan.rows.push(read);
  }
  return plan;
}

/** Positions of before, by code or by name and class, against those of the file. */
async function findDoubt(
  tx: Tx,
  known: ReadonlyMap<string, FacilityRow>,
  rows: readonly FacilityRow[],
): Promise<CrsDoubt> {
  const named = await listPositionsByName(
    tx,
    rows.map(({ name }) => name),
  );
  const byName = Map.groupBy(named, ({ classCode, name }) => `${classCode} ${name}`);
  const points = rows.flatMap((row) => {
    const twins = byName.get(`${row.classCode} ${row.name}`) ?? [];
    const place = known.get(row.code) ?? (twins.length === 1 ? twins[0] : undefined);
    return place === undefined ? [] : [{ stated: [row.lon, row.lat] as const, known: [place.lon, place.lat] as const }];
  });
  return doubtOf(points, {
    rows: facilityRule('shift_ask_rows'),
    fromM: facilityRule('shift_from_m'),
    fitsM: facilityRule('shift_fits_m'),
  });
}

/** Facilities stand at streets: shifted by some hundred metres they lie anywhere. Asked of the district most points lie in. */
async function askTheStreets({ territory, askStreets }: FacilitiesParts, { rows }: CsvFile): Promise<CrsDoubt> {
  const points = rows.flatMap((row) => {
    const [lon, lat] = [Number(row.get('lon') || Number.NaN), Number(row.get('lat') || Number.NaN)];
    const area = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? territory.locate(lon, lat) : undefined;
    return area === undefined ? [] : [{ lon, lat, area }];
  });
  const districts = [...Map.groupBy(points, ({ area }) => districtOf(area.path))];
  const [, most = []] = districts.toSorted((a, b) => b[1].length - a[1].length)[0] ?? [];
  const first = most[0];
  if (first === undefined) return null;
  const stated = { lon: most.map(({ lon }) => lon), lat: most.map(({ lat }) => lat) };
  const verdict = await askStreets(first.area.code, stated);
  if (verdict?.isShifted !== true) return null;
  return { by: 'streets', likely: 'gcj02', rows: most.length, medianM: Math.round(verdict.shiftM) };
}

/** @throws AppError import_refused asking about the coordinate system, unless it was confirmed */
function assertNoDoubt(doubt: CrsDoubt, confirmed: boolean): void {
  if (doubt === null || confirmed) return;
  throw new AppError(
    'import_refused',
    `${doubt.rows} points lie ${doubt.medianM} m from ${doubt.by === 'known' ? 'where they are known to be' : 'the streets they would stand at'}, as ${doubt.likely} points taken for WGS-84 do. ` +
      'Choose the coordinate system of the file, or confirm that it is WGS-84.',
    { crsDoubt: doubt },
  );
}

async function write(
  { clock }: FacilitiesParts,
  tx: Tx,
  actor: Actor,
  { rows, sha256, opId }: { rows: readonly FacilityRow[]; sha256: string; opId: string },
): Promise<void> {
  const nowMs = clock.now();
  await saveFacilities(tx, rows, nowMs);
  for (const [district, own] of Map.groupBy(rows, (row) => row.district))
    await append(tx, {
      actor: ledgerActor(actor),
      action: 'facility.import',
      subject: { type: 'area', id: district },
      district,
      atMs: nowMs,
      data: { sha256, codes: own.map(({ code }) => code) },
      audience: [`a:${district}`],
      opId,
    });
}
