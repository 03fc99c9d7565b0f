import type { needRoutes } from '#contract/needs.ts';
import type { Input, Output } from '#contract/route.ts';
import { AppError, isAppError } from '#kit/errors.ts';
import { shanghaiMs } from '#kit/shanghai-days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { decodeFile, firstWrong, wrongRow, type CsvRow, type WrongRow } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { ruleOf } from './dictionary.ts';
import { hear, understand, type Understood, type Voice } from './hear.ts';
import { readRows } from './import-rows.ts';
import { holdsNeed, note, run, type NeedsParts } from './parts.ts';
import { listTaken } from './store-voice.ts';

type Route = (typeof needRoutes)['import'];
type Answer = Output<Route>;

interface Ready {
  line: number;
  voice: Voice;
  understood: Understood;
}

/**
 * Takes a file of the hotline. Rows that can be read are taken, the others are told by line; a number that was taken before
 * is passed over. A dry run tells the same and keeps nothing.
 * @throws AppError import_refused when the file as a whole cannot be read
 */
export async function importHotline(parts: NeedsParts, actor: Actor, body: Input<Route>['body']): Promise<Answer> {
  const { text } = decodeFile(Buffer.from(body.file, 'base64'));
  const file = await readRows(text, body.format, parts.words.columns, body.map);
  const most = ruleOf(parts.words, 'import_rows');
  if (file.rows.length > most)
    throw new AppError(
      'import_refused',
      `Expected at most ${most} rows in one file, found ${file.rows.length}. Part it.`,
    );
  const { ready, wrong } = readAll(parts, actor, file.rows, body.areaCode);
  const base = {
    read: file.read,
    unclassed: ready.filter(({ understood }) => understood.classCode === null).length,
    cleaned: ready.filter(({ understood }) => understood.cleaned).length,
    wrong: firstWrong([...file.wrong, ...wrong]),
    wrongCount: file.wrong.length + wrong.length,
    mapped: file.mapped,
  };
  if (body.dryRun) {
    const known = await parts.database.read(systemScope, (tx) => knownOf(tx, ready));
    return { ...base, ...countOf(ready, known), sample: sampleOf(parts, ready, known), dryRun: true };
  }
  const { file: bytes, ...rest } = body;
  const request = { ...rest, length: bytes.length };
  return run(parts, actor, { route: 'need.import', opId: body.opId, request }, async (work) => {
    const known = await knownOf(work.tx, ready);
    for (const { voice } of ready) if (!known.has(voice.sourceRef)) await hear(parts, work, voice);
    const counts = countOf(ready, known);
    const city = parts.territory.city();
    const subject = { id: city.code, path: [city.code], district: city.code };
    await note(work, subject, { action: 'need.import', data: { ...counts, wrong: base.wrongCount } });
    return { ...base, ...counts, sample: sampleOf(parts, ready, known), dryRun: false };
  });
}

function knownOf(tx: Tx, ready: readonly Ready[]): Promise<ReadonlySet<string>> {
  return listTaken(
    tx,
    'hotline',
    ready.map(({ voice }) => voice.sourceRef),
  );
}

function countOf(ready: readonly Ready[], known: ReadonlySet<string>): { taken: number; known: number } {
  const before = ready.filter(({ voice }) => known.has(voice.sourceRef)).length;
  return { taken: ready.length - before, known: before };
}

const shownRows = 12;

function sampleOf({ territory }: NeedsParts, ready: readonly Ready[], known: ReadonlySet<string>): Answer['sample'] {
  return ready.slice(0, shownRows).map(({ line, voice, understood: { text, classCode, groupCode, area } }) => ({
    line,
    ref: voice.sourceRef,
    text,
    classCode,
    groupCode,
    areaName: territory.area(area.code)?.name ?? area.code,
    known: known.has(voice.sourceRef),
  }));
}

function readAll(parts: NeedsParts, actor: Actor, rows: readonly CsvRow[], fallback: string | null) {
  const [ready, wrong]: [Ready[], WrongRow[]] = [[], []];
  const seen = new Set<string>();
  const nowMs = parts.clock.now();
  for (const row of rows) {
    const found = readRow(parts, row, { fallback, nowMs });
    if (!('voice' in found)) {
      wrong.push(found);
      continue;
    }
    const { voice, understood } = found;
    if (seen.has(voice.sourceRef))
      wrong.push(wrongRow(row.line, 'ref', 'a number that stands in the file once', voice.sourceRef));
    else if (!holdsNeed(actor, 'circle.plan', { path: [...understood.area.path] }))
      wrong.push(wrongRow(row.line, 'area', 'a place you answer for', row.get('area')));
    else ready.push({ line: row.line, voice, understood });
    seen.add(voice.sourceRef);
  }
  return { ready, wrong };
}

function readRow(
  parts: NeedsParts,
  row: CsvRow,
  { fallback, nowMs }: { fallback: string | null; nowMs: number },
): { voice: Voice; understood: Understood } | WrongRow {
  const fault = faultOf(row, nowMs);
  if (fault !== undefined) return fault;
  const area = areaCodeOf(parts, row.get('area')) ?? (row.get('area') === '' ? fallback : null);
  const point = pointOf(row);
  if (area === null && point === null)
    return wrongRow(row.line, 'area', 'the code or the only name of an area, or a point', row.get('area'));
  const voice: Voice = {
    source: 'hotline',
    sourceRef: row.get('ref').slice(0, 80),
    saidMs: momentOf(row.get('at')) ?? nowMs,
    text: row.get('text').slice(0, 500),
    people: row.get('people') === '' ? 1 : Number(row.get('people')),
    classCode: codeOf(parts.words.classes, row.get('class')),
    groupCode: codeOf(parts.words.groups, row.get('group')),
    areaCode: area,
    point,
  };
  try {
    return { voice, understood: understand(parts, voice) };
  } catch (error) {
    if (!isAppError(error, 'bad_input')) throw error;
    return wrongRow(row.line, 'area', 'a place within the area of this installation', row.get('area'));
  }
}

/** What is wrong with a row by its looks. */
function faultOf(row: CsvRow, nowMs: number): WrongRow | undefined {
  const people = row.get('people');
  const at = momentOf(row.get('at'));
  if (row.get('ref') === '') return wrongRow(row.line, 'ref', 'the number of the call', '');
  if (row.get('text').length < 2) return wrongRow(row.line, 'text', 'what was asked for', row.get('text'));
  if (at === undefined || at > nowMs)
    return wrongRow(row.line, 'at', 'a time that has been, as 2026-03-15 10:20', row.get('at'));
  if (people !== '' && !/^[1-9]\d{0,4}$/.test(people))
    return wrongRow(row.line, 'people', 'a whole number from 1 to 99999', people);
  return undefined;
}

/** Epoch milliseconds of '2026-03-15 10:20[:30]' or '2026/3/15' in Shanghai, or of an ISO time with its zone. */
export function momentOf(text: string): number | undefined {
  const zoned = /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(zoned)) return zoned;
  const found = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d\d)(?::(\d\d))?)?$/.exec(text.trim());
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((one) => Number(one ?? 0));
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  const same = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60;
  return same ? ms - shanghaiMs : undefined;
}

/** The code behind a cell that holds a code or a name of a dictionary; null where it is neither: the words will tell. */
function codeOf(known: ReadonlyMap<string, { code: string; name: string }>, cell: string): string | null {
  if (known.has(cell)) return cell;
  return [...known.values()].find(({ name }) => name === cell || name.replace(/\(.*\)/, '') === cell)?.code ?? null;
}

/** The code behind a cell that holds a code or the only name of an area in use. */
function areaCodeOf({ territory }: NeedsParts, cell: string): string | null {
  if (cell === '') return null;
  if (territory.area(cell) !== undefined) return cell;
  const named = [...territory.maps().areas.values()].filter(
    ({ name, retiredAt }) => retiredAt === null && (name === cell || name === `${cell}社区` || name === `${cell}街道`),
  );
  return named.length === 1 ? (named[0]?.code ?? null) : null;
}

function pointOf(row: CsvRow): readonly [number, number] | null {
  const [lon, lat] = [row.get('lon'), row.get('lat')].map((cell) => (cell === '' ? Number.NaN : Number(cell)));
  if (lon === undefined || lat === undefined || !(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) return null;
  return [lon, lat];
}
