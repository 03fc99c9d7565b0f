import { createHash } from 'node:crypto';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import {
  decodeFile,
  firstWrong,
  readCsv,
  refuseWrong,
  wrongRow,
  type CsvRow,
  type FieldTable,
  type ImportAnswer,
  type WrongRow,
} from '#server/modules/grids/index.ts';
import { ledgerActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { openDoor, toKept, type HouseholdWish, type Work } from './commands.ts';
import { mayVisit } from './rules.ts';
import { listByDoor, saveHouseholds, type KeptHousehold } from './store.ts';

const householdFields = {
  area_code: ['area', 'grid', '网格编码', '网格代码', '区划代码'],
  address: ['house', '地址', '楼栋', '楼栋地址'],
  door: ['unit', '门牌', '房号', '单元房号'],
  residents: ['people', '人口', '人数', '居住人数'],
} as const satisfies FieldTable;

export interface HouseholdImport {
  bytes: Uint8Array;
  map: Readonly<Record<string, string>>;
  skipWrong: boolean;
  dryRun: boolean;
}

/** Adds households or changes those whose door is known. All or nothing; one ledger line for each district. */
export async function importHouseholds(work: Work, wish: HouseholdImport): Promise<ImportAnswer> {
  const file = await readCsv(decodeFile(wish.bytes).text, householdFields, wish.map);
  const missing = Object.keys(householdFields).filter((field) => file.mapped[field] === undefined);
  if (missing.length > 0)
    throw new AppError('import_refused', `The file has no columns for ${missing.join(', ')}. Name them in map.`, {
      missing,
    });
  const { rows, wrong: unread } = readRows(work, file.rows);
  const plan = await compare(work, rows);
  const wrong = [...file.wrong, ...unread, ...plan.wrong];
  if (!wish.skipWrong) refuseWrong(wrong, file.read);
  if (!wish.dryRun) await write(work, plan.kept, createHash('sha256').update(wish.bytes).digest('hex'));
  return {
    read: file.read,
    created: plan.kept.length - plan.changed,
    changed: plan.changed,
    unchanged: plan.unchanged,
    byTier: {},
    wrong: firstWrong(wrong),
    wrongCount: wrong.length,
    notes: [],
    dryRun: wish.dryRun,
  };
}

interface ReadHousehold {
  line: number;
  wish: HouseholdWish;
  kept: KeptHousehold;
}

function readRows(work: Work, rows: readonly CsvRow[]): { rows: ReadHousehold[]; wrong: WrongRow[] } {
  const seen = new Map<string, number>();
  const result: { rows: ReadHousehold[]; wrong: WrongRow[] } = { rows: [], wrong: [] };
  for (const row of rows) {
    const wish = readWish(work, row);
    if ('expected' in wish) {
      result.wrong.push(wish);
      continue;
    }
    const kept = toKept(work, uuidV7(work.atMs), wish);
    const key = kept.doorIndex.toString('hex');
    const before = seen.get(key);
    // A door is told to nobody but its own workers: the answer names the line, never the door.
    if (before !== undefined)
      result.wrong.push(wrongRow(row.line, 'door', `each door once; line ${before} has it already`, 'the same door'));
    else result.rows.push({ line: row.line, wish, kept });
    seen.set(key, row.line);
  }
  return result;
}

function readWish({ territory, actor }: Work, row: CsvRow): HouseholdWish | WrongRow {
  const [areaCode, address, door] = [row.get('area_code'), row.get('address'), row.get('door')];
  const residents = Number(row.get('residents') === '' ? Number.NaN : row.get('residents'));
  const area = territory.area(areaCode);
  if (area === undefined || (area.tier !== 'grid' && area.tier !== 'micro_grid'))
    return wrongRow(row.line, 'area_code', 'the code of a grid or micro-grid', areaCode);
  if (!mayVisit(actor, area.path, 'visit.plan'))
    return wrongRow(row.line, 'area_code', 'a grid of one of your appointments', areaCode);
  if (address === '' || address.length > 200)
    return wrongRow(row.line, 'address', '1 to 200 characters', `${address.length} characters`);
  if (door === '' || door.length > 60)
    return wrongRow(row.line, 'door', '1 to 60 characters', `${door.length} characters`);
  if (!Number.isInteger(residents) || residents < 0 || residents > 99)
    return wrongRow(row.line, 'residents', 'a whole number from 0 to 99', row.get('residents'));
  return { areaCode, address, door, residents };
}

interface Plan {
  kept: KeptHousehold[];
  changed: number;
  unchanged: number;
  wrong: WrongRow[];
}

async function compare(work: Work, rows: readonly ReadHousehold[]): Promise<Plan> {
  const doors = await listByDoor(
    work.tx,
    rows.map(({ kept }) => kept.doorIndex),
  );
  const known = new Map(doors.map((row) => [row.doorIndex.toString('hex'), row]));
  const plan: Plan = { kept: [], changed: 0, unchanged: 0, wrong: [] };
  for (const { line, wish, kept } of rows) {
    const old = known.get(kept.doorIndex.toString('hex'));
    if (old === undefined) plan.kept.push(kept);
    else if (!mayVisit(work.actor, old.path, 'visit.plan'))
      plan.wrong.push(wrongRow(line, 'door', 'a door not yet registered elsewhere', 'a registered door'));
    else if (isSame(work, old, wish)) plan.unchanged++;
    else {
      plan.kept.push({ ...kept, id: old.id });
      plan.changed++;
    }
  }
  return plan;
}

function isSame(work: Work, old: Parameters<typeof openDoor>[1] & Omit<HouseholdWish, 'door'>, wish: HouseholdWish) {
  return (
    old.areaCode === wish.areaCode &&
    old.address === wish.address &&
    old.residents === wish.residents &&
    openDoor(work.vault, old) === wish.door
  );
}

async function write(work: Work, rows: readonly KeptHousehold[], sha256: string): Promise<void> {
  const batch = 5_000;
  for (let k = 0; k < rows.length; k += batch) await saveHouseholds(work.tx, rows.slice(k, k + batch), work.atMs);
  for (const [district, own] of Map.groupBy(rows, (row) => row.district)) {
    await append(work.tx, {
      actor: ledgerActor(work.actor),
      action: 'household.import',
      subject: { type: 'area', id: district },
      district,
      atMs: work.atMs,
      data: { sha256, count: own.length, areas: [...new Set(own.map(({ areaCode }) => areaCode))].toSorted() },
      audience: [`a:${district}`],
      opId: work.opId,
    });
  }
}
