import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError, isAppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { decodeFile, districtOf, readCsv, type CoordinateSystem, type CsvFile } from '#server/modules/grids/index.ts';
import { ledgerActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import {
  careImportFields,
  careImportRequired,
  createRowReader,
  wrongCell,
  type CareRowRead,
  type CareRowWrong,
} from './import-rows.ts';
import { insertImport, insertMany, keysOf, listAccounts, listKnown } from './import-store.ts';
import { mayEditCare, toPlace } from './rules.ts';
import { sealSecrets } from './sealing.ts';
import type { KeptCare } from './store.ts';

export interface CareImport {
  bytes: Uint8Array;
  map: Readonly<Record<string, string>>;
  crs: CoordinateSystem;
  skipWrong: boolean;
  dryRun: boolean;
}
export interface CareImported {
  read: number;
  created: number;
  known: number;
  wrong: CareRowWrong[];
  wrongCount: number;
  dryRun: boolean;
}

/** Rows sealed, compared and written at once; between two turns others are served. */
const turn = 500;

/**
 * Registers people in care from a table: those who are in care already stay as they are, wrong rows are told by line and
 * column, never by what they hold. All or nothing unless `skipWrong`. One ledger line for each district. Work in the
 * system's scope: the rights are asked for row by row.
 * @throws AppError import_refused for a file without the needed columns, and for wrong rows (`detail.wrong`)
 */
export async function importCare(work: Work, wish: CareImport): Promise<CareImported> {
  const file = await readTable(wish);
  const logins = [...new Set(file.rows.map((row) => row.get('responsible')))].filter((login) => login !== '');
  const accounts = await listAccounts(work.tx, logins);
  const readRow = createRowReader({ territory: work.territory, crs: wish.crs, accounts });
  const plan = new Plan(work);
  for (const { line } of file.wrong) plan.wrong.push(wrongCell(line ?? 0, 'cells', ''));
  for (let at = 0; at < file.rows.length; at += turn) {
    await plan.take(file.rows.slice(at, at + turn).map(readRow));
    await breathe();
  }
  plan.wrong.sort((a, b) => a.line - b.line);
  const answer = {
    read: file.read,
    created: plan.fresh.length,
    known: plan.known,
    wrong: plan.wrong,
    wrongCount: plan.wrong.length,
    dryRun: wish.dryRun,
  };
  if (wish.dryRun) return answer;
  if (plan.wrong.length > 0 && !wish.skipWrong) throw refused(answer);
  await write(work, plan.fresh, answer, createHash('sha256').update(wish.bytes).digest());
  return answer;
}

function refused({ read, wrong, wrongCount }: CareImported): AppError {
  return new AppError(
    'import_refused',
    `${wrongCount} of ${read} rows are wrong; nothing was imported. First: line ${wrong[0]?.line}. Mend the file, or skip the wrong rows.`,
    { wrong, wrongCount, read },
  );
}

/** The header of a file may in truth be its first row, so no refusal repeats it. */
async function readTable({ bytes, map }: CareImport): Promise<CsvFile> {
  const file = await readCsv(decodeFile(bytes).text, careImportFields, map).catch((error: unknown) => {
    if (isAppError(error, 'import_refused') && typeof error.detail['header'] === 'string')
      throw new AppError('import_refused', `The file has no such column for ${String(error.detail['field'])}.`, {
        field: error.detail['field'],
      });
    throw error;
  });
  const missing = careImportRequired.filter((field) => file.mapped[field] === undefined);
  if (missing.length === 0) return file;
  const names = missing.map((field) => careImportFields[field][0]).join('、');
  throw new AppError('import_refused', `The file has no columns ${names} (${missing.join(', ')}). Name them in map.`, {
    missing,
  });
}

/** What an import would do, grown turn by turn. */
class Plan {
  readonly fresh: KeptCare[] = [];
  readonly wrong: CareRowWrong[] = [];
  known = 0;
  private readonly work: Work;
  private readonly seen = new Set<string>();
  private readonly mine = new Map<string, boolean>();

  constructor(work: Work) {
    this.work = work;
  }

  async take(rows: readonly (CareRowRead | CareRowWrong)[]): Promise<void> {
    const good: { line: number; kept: KeptCare }[] = [];
    for (const row of rows) {
      const wrong = 'problem' in row ? row : this.foreign(row);
      if (wrong !== undefined) this.wrong.push(wrong);
      else if ('wish' in row) good.push({ line: row.line, kept: this.seal(row) });
    }
    const kept = await listKnown(this.work.tx, good.map((one) => one.kept)); // prettier-ignore
    const paths = new Map(kept.map(({ key, path }) => [key, path]));
    for (const one of good) this.sort(one.line, one.kept, paths);
  }

  private foreign({ line, area }: CareRowRead): CareRowWrong | undefined {
    const mine = this.mine.get(area.code) ?? mayEditCare(this.work.actor, area.path);
    this.mine.set(area.code, mine);
    return mine ? undefined : wrongCell(line, 'area_not_yours', area.code);
  }

  private sort(line: number, kept: KeptCare, paths: ReadonlyMap<string, readonly string[]>): void {
    const keys = keysOf(kept);
    const path = keys.map((key) => paths.get(key)).find((found) => found !== undefined);
    if (path !== undefined && mayEditCare(this.work.actor, path)) this.known++;
    else if (path !== undefined) this.wrong.push(wrongCell(line, 'elsewhere', ''));
    else if (keys.some((key) => this.seen.has(key))) this.wrong.push(wrongCell(line, 'twice', ''));
    else this.fresh.push(kept);
    for (const key of keys) this.seen.add(key);
  }

  private seal({ wish, area }: CareRowRead): KeptCare {
    const { address, tags, responsibleId } = wish;
    return {
      id: uuidV7(this.work.atMs),
      ...sealSecrets(this.work.vault, wish),
      restricted: false,
      tags,
      address,
      lon: toPlace(wish.lon),
      lat: toPlace(wish.lat),
      areaCode: area.code,
      path: [...area.path],
      district: districtOf(area.path),
      responsibleId,
    };
  }
}

async function write(work: Work, fresh: readonly KeptCare[], answer: CareImported, sha256: Buffer): Promise<void> {
  const byDistrict = Map.groupBy(fresh, ({ district }) => district);
  for (const [district, own] of byDistrict) {
    const id = uuidV7(work.atMs);
    const { read, known, wrongCount: wrong } = answer;
    const counts = { read, created: own.length, known, wrong };
    await insertImport(work.tx, { id, district, sha256, ...counts, atMs: work.atMs, by: work.actor.accountId });
    for (let at = 0; at < own.length; at += turn) {
      await insertMany(work.tx, own.slice(at, at + turn), id, work.atMs);
      await breathe();
    }
    const path = commonPath(own.map((row) => row.path));
    await append(work.tx, {
      actor: ledgerActor(work.actor),
      action: 'care.import',
      subject: { type: 'care_import', id },
      district,
      atMs: work.atMs,
      data: { ...counts, areaCode: path.at(-1) ?? district, sha256: sha256.toString('hex') },
      audience: path.map((code) => `a:${code}`),
      opId: work.opId,
    });
  }
}

/** The areas that contain all of them, city first. */
function commonPath(paths: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = paths;
  const end = first.findIndex((code, k) => paths.some((path) => path[k] !== code));
  return end < 0 ? first : first.slice(0, end);
}
