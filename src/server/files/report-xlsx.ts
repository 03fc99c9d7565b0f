import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { heatColour } from './report-colours.ts';
import { weekdayWords, type Report, type ReportSection } from './report.ts';

type Row = SheetData[number];

/** A report as a workbook: one sheet for each section that has numbers; numbers are numbers. */
export function reportXlsx(report: Report): Promise<Buffer> {
  const sheets = report.sections.map((section, k) => ({
    sheet: sheetName(section.heading, k),
    data: [
      [bold(`${report.title} ${report.subtitle}`)],
      [bold(section.heading)],
      ...section.text.map((words): Row => [{ value: words, type: String }]),
      [],
      ...rowsOf(section),
    ] as SheetData,
    columns:
      section.heat === undefined
        ? [{ width: 22 }, ...Array.from({ length: 5 }, () => ({ width: 16 }))]
        : [{ width: 10 }],
  }));
  return writeExcelFile(sheets).toBuffer();
}

const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });

/** Excel takes 31 characters and none of : \ / ? * [ ]. */
const sheetName = (heading: string, k: number): string =>
  `${k + 1} ${heading.replaceAll(/[:\\/?*[\]]/g, '')}`.slice(0, 31);

function rowsOf({ table, heat, chart }: ReportSection): Row[] {
  const rows: Row[] = [];
  if (table !== undefined) {
    rows.push(table.heads.map(bold));
    for (const row of table.rows)
      rows.push(row.map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })));
  }
  if (chart !== undefined) {
    rows.push([], [bold(chart.words)]);
    for (const [k, value] of chart.values.entries())
      rows.push([
        { value: chart.labels[k] ?? '', type: String },
        { value, type: Number },
      ]);
  }
  if (heat !== undefined) rows.push(...heatRows(heat));
  return rows;
}

function heatRows({ fromHour, rows }: NonNullable<ReportSection['heat']>): Row[] {
  const most = Math.max(1, ...rows.flat());
  const hours = (rows[0] ?? []).map((_, k) => bold(`${fromHour + k} 点`));
  return [
    [bold(''), ...hours],
    ...rows.map((row, weekday): Row => [
      bold(weekdayWords[weekday] ?? ''),
      ...row.map((value) => ({
        value,
        type: Number,
        ...(value === 0 ? {} : { backgroundColor: `#${heatColour(value / most)}` }),
      })),
    ]),
  ];
}
