/** Both lists and both ledgers as one workbook of four sheets, or as a Word document to be handed round. */
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { dayOf } from '#kit/shanghai-days.ts';
import { tablesDocx } from '#server/files/table-docx.ts';
import { scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { shortfallRules } from './dictionary.ts';
import { askingStates } from './gather.ts';
import { listTables, sourceLines, type ListFacts, type ListTable } from './lists.ts';
import type { ShortfallsParts } from './parts.ts';
import { areaName } from './place.ts';
import { listDemandRows } from './store-demand.ts';
import { listProblems } from './store-problem.ts';

/** More lines than anybody hands round. */
const mostLines = 5_000;
const types = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** What the actor sees of an area; without one, of all their areas. Lines that nothing produces any more are left out. */
export async function makeListFile(
  parts: ShortfallsParts,
  actor: Actor,
  { format, area }: { format: 'xlsx' | 'docx'; area?: string | undefined },
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const facts = await readFacts(parts, actor, area);
  const title = `${facts.areaName}一刻钟生活圈两张清单和两本账`;
  const bytes = format === 'docx' ? await wordOf(title, facts) : await workbookOf(title, facts);
  return { name: `${title}-${facts.day}.${format}`, type: types[format], bytes };
}

function readFacts(parts: ShortfallsParts, actor: Actor, wanted: string | undefined): Promise<ListFacts> {
  const scope = scopeFor(actor, 'circle.read');
  const { facilities, circle } = parts;
  const area = wanted ?? scope.areas.toSorted((a, b) => a.length - b.length)[0] ?? parts.territory.city().code;
  return parts.database.read(scope, async (tx) => {
    const wish = { scope, filter: { area, gone: 'no' as const }, after: null, limit: mostLines };
    const path = parts.territory.area(area)?.path ?? [];
    const norms = await facilities.standards(tx, path);
    const idle = await facilities.listIdle(tx, { areaCode: area });
    return {
      areaName: areaName(parts, area),
      day: dayOf(parts.clock.now()),
      run: await circle.latestRun(tx, { areaCode: area }),
      problems: await listProblems(tx, wish),
      needs: await parts.needs.listNeeds(tx, { areaCode: area, states: [...askingStates, 'met'] }),
      demands: await listDemandRows(tx, wish),
      idle: idle.filter(({ state }) => state !== 'withdrawn'),
      norms: new Map(norms.map((norm) => [norm.code, norm])),
      groups: facilities.groups(),
      owners: facilities.owners(),
      nameOf: (code: string) => areaName(parts, code),
    };
  });
}

function wordOf(title: string, facts: ListFacts): Promise<Buffer> {
  const numbers = ['一', '二', '三', '四'];
  const most = shortfallRules().paper_lines;
  const tables = listTables(facts).map(({ text, rows, ...table }, k) => ({
    ...table,
    heading: `${numbers[k] ?? ''}、${table.heading}`,
    text: rows.length > most ? [...text, `这里列前 ${most} 条，其余见 Excel。`] : text,
    rows: rows.slice(0, most),
  }));
  return tablesDocx({ title, subtitle: `截至 ${facts.day}`, tables, notes: sourceLines(facts) });
}

const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
const text = (value: string) => ({ value, type: String });

/** Words are written as text, so that nothing is ever taken for a formula. */
function sheetOf(title: string, table: ListTable, notes: readonly string[]): SheetData {
  return [
    [bold(`${title}　${table.heading}`)],
    ...table.text.map((words) => [text(words)]),
    table.heads.map(bold),
    ...table.rows.map((row) => row.map((value) => (typeof value === 'number' ? { value, type: Number } : text(value)))),
    [],
    ...notes.map((words) => [text(words)]),
  ];
}

function workbookOf(title: string, facts: ListFacts): Promise<Buffer> {
  const notes = sourceLines(facts);
  const sheets = listTables(facts).map((table) => ({
    sheet: table.heading,
    data: sheetOf(title, table, notes),
    columns: table.widths.map((width) => ({ width })),
  }));
  return writeExcelFile(sheets).toBuffer();
}
