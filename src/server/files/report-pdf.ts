import { drawPdf, type Pdf } from './pdf.ts';
import { heatColour } from './report-colours.ts';
import {
  weekdayWords,
  type Masthead,
  type Report,
  type ReportChart,
  type ReportSection,
  type ReportTable,
} from './report.ts';

/** Points. A4. */
const margins = { top: 80, bottom: 80, left: 72, right: 68 };
const wide = 595.28 - margins.left - margins.right;
const small = 10;

/** A report as PDF, its fonts inside. The same report always gives the same bytes. */
export function reportPdf(report: Report): Promise<Buffer> {
  return drawPdf(
    {
      size: 'A4',
      margins,
      title: `${report.title} ${report.subtitle}`,
      author: report.signature[0] ?? '',
      madeMs: report.madeMs,
    },
    (pdf) => {
      if (report.masthead !== undefined) drawMasthead(pdf, report.masthead);
      pdf.font('bold').fontSize(20).fillColor('#000').text(report.title, { align: 'center' });
      pdf.moveDown(0.3).font('text').fontSize(13).text(report.subtitle, { align: 'center' }).moveDown(0.6);
      for (const section of report.sections) drawSection(pdf, section);
      pdf.moveDown(1.5).font('text').fontSize(12);
      for (const words of report.signature)
        pdf.text(words, margins.left, pdf.y, { width: wide, align: 'right', lineGap: 4 });
      if (report.foot !== undefined) drawFoot(pdf, report.foot);
    },
  );
}

const red = '#c00000';

/** 报头: the name in red, the number below it, issuer and date at both ends, a red line. */
function drawMasthead(pdf: Pdf, { name, number, issuer, date }: Masthead): void {
  pdf.font('bold').fontSize(30).fillColor(red).text(name, { align: 'center' });
  pdf.moveDown(0.4).font('text').fontSize(13).fillColor('#000').text(number, { align: 'center' }).moveDown(0.8);
  const top = pdf.y;
  pdf.text(issuer, margins.left, top, { width: wide, align: 'left' });
  pdf.text(date, margins.left, top, { width: wide, align: 'right' });
  pdf.y += 6;
  line(pdf, 1.6, red);
  pdf.y += 16;
}

function line(pdf: Pdf, thick: number, colour: string): void {
  pdf
    .moveTo(margins.left, pdf.y)
    .lineTo(margins.left + wide, pdf.y)
    .lineWidth(thick)
    .stroke(colour);
  pdf.x = margins.left;
}

function drawFoot(pdf: Pdf, words: readonly string[]): void {
  room(pdf, 20 * words.length + 40);
  pdf.moveDown(1.5);
  line(pdf, 0.8, '#000');
  pdf.y += 6;
  for (const one of words) pdf.font('text').fontSize(small).text(one, margins.left, pdf.y, { width: wide, lineGap: 3 });
  pdf.y += 2;
  line(pdf, 0.8, '#000');
}

const bottomOf = (pdf: Pdf): number => pdf.page.height - margins.bottom;

/** Begins a page when less than `height` is left. */
function room(pdf: Pdf, height: number): void {
  if (pdf.y + height > bottomOf(pdf)) pdf.addPage();
}

function drawSection(pdf: Pdf, { heading, level, text, table, heat, chart }: ReportSection): void {
  room(pdf, 90);
  pdf
    .moveDown(0.8)
    .font('bold')
    .fontSize(level === 2 ? 11 : 13)
    .fillColor('#000')
    .text(heading, margins.left, pdf.y, { width: wide });
  pdf.moveDown(0.3).font('text').fontSize(small);
  for (const words of text) pdf.text(words, margins.left, pdf.y, { width: wide, lineGap: 3 });
  if (table !== undefined) drawTable(pdf, table);
  if (heat !== undefined) drawHeat(pdf, heat);
  if (chart !== undefined && chart.values.length > 1) drawChart(pdf, chart);
  pdf.x = margins.left;
}

const barWidth = 130;

function drawTable(pdf: Pdf, { heads, rows, bar }: ReportTable): void {
  pdf.fontSize(small).moveDown(0.3);
  const widths = widthsOf(pdf, { heads, rows }, wide - (bar === undefined ? 0 : barWidth));
  const most = bar === undefined ? 0 : Math.max(0, ...rows.map((row) => numberIn(row[bar])));
  const isNumber = heads.map((_, k) => k > 0 && rows.some((row) => typeof row[k] === 'number'));
  const drawRow = (cells: readonly (string | number)[], font: 'bold' | 'text', value: number): void => {
    pdf.font(font).fontSize(small).fillColor('#000');
    const height =
      Math.max(...cells.map((words, k) => pdf.heightOfString(String(words), { width: (widths[k] ?? 0) - 8 }))) + 6;
    room(pdf, height);
    const top = pdf.y;
    let left = margins.left;
    for (const [k, words] of cells.entries()) {
      const align = isNumber[k] === true ? 'right' : 'left';
      pdf.text(String(words), left + 4, top + 2, { width: (widths[k] ?? 0) - 8, align });
      left += widths[k] ?? 0;
    }
    if (most > 0 && value > 0)
      pdf.rect(left + 6, top + 4, Math.max(1, (value / most) * (barWidth - 8)), height - 8).fill(`#${heatColour(0.6)}`);
    pdf
      .moveTo(margins.left, top + height)
      .lineTo(margins.left + wide, top + height)
      .lineWidth(0.4)
      .stroke('#999');
    pdf.x = margins.left;
    pdf.y = top + height;
  };
  drawRow(heads, 'bold', 0);
  for (const row of rows) drawRow(row, 'text', bar === undefined ? 0 : numberIn(row[bar]));
}

const numberIn = (value: string | number | undefined): number => (typeof value === 'number' ? value : 0);

/** As wide as what stands in them; where that is too much, columns of numbers keep theirs. What is left over goes to the first. */
function widthsOf(pdf: Pdf, { heads, rows }: Pick<ReportTable, 'heads' | 'rows'>, total: number): number[] {
  const needed = heads.map((head, k) => {
    const words = [head, ...rows.map((row) => String(row[k] ?? ''))];
    return Math.min(total / 2, Math.max(...words.map((one) => pdf.font('bold').widthOfString(one))) + 14);
  });
  const sum = needed.reduce((all, n) => all + n, 0);
  if (sum <= total) return needed.map((n, k) => (k === 0 ? n + total - sum : n));
  const isNumber = (k: number): boolean => rows.some((row) => typeof row[k] === 'number');
  const kept = needed.reduce((all, n, k) => all + (isNumber(k) ? n : 0), 0);
  // A table of numbers that is too wide by itself has nothing else to give way.
  if (kept >= total * 0.7) return needed.map((n) => (n * total) / sum);
  return needed.map((n, k) => (isNumber(k) ? n : (n * (total - kept)) / (sum - kept)));
}

function drawHeat(pdf: Pdf, { fromHour, rows }: NonNullable<ReportSection['heat']>): void {
  const count = rows[0]?.length ?? 0;
  const [first, height] = [40, 18];
  const width = (wide - first) / Math.max(1, count);
  room(pdf, height * (rows.length + 1) + 6);
  const most = Math.max(1, ...rows.flat());
  const top = pdf.y + 4;
  const put = (words: string, left: number, line: number, cell: number): void => {
    pdf
      .fillColor('#000')
      .text(words, left, top + line * height + 4, { width: cell, align: 'center', lineBreak: false });
  };
  pdf.font('text').fontSize(8.5);
  for (let k = 0; k < count; k++) put(String(fromHour + k), margins.left + first + k * width, 0, width);
  for (const [weekday, row] of rows.entries()) {
    put(weekdayWords[weekday] ?? '', margins.left, weekday + 1, first);
    for (const [k, n] of row.entries()) {
      const left = margins.left + first + k * width;
      if (n > 0)
        pdf
          .rect(left + 0.5, top + (weekday + 1) * height + 0.5, width - 1, height - 1)
          .fill(`#${heatColour(n / most)}`);
      if (n > 0) put(String(n), left, weekday + 1, width);
    }
  }
  pdf.y = top + (rows.length + 1) * height + 4;
}

function drawChart(pdf: Pdf, { words, labels, values }: ReportChart): void {
  const height = 70;
  room(pdf, height + 34);
  pdf.moveDown(0.5).font('text').fontSize(small).fillColor('#000').text(words);
  const top = pdf.y + 4;
  const width = wide / values.length;
  const most = Math.max(1, ...values);
  pdf.fontSize(7);
  for (const [k, n] of values.entries()) {
    const tall = (n / most) * height;
    if (n > 0)
      pdf
        .rect(margins.left + k * width + width * 0.15, top + height - tall, width * 0.7, tall)
        .fill(`#${heatColour(0.6)}`);
    pdf
      .fillColor('#000')
      .text(labels[k] ?? '', margins.left + k * width, top + height + 3, { width, align: 'center', lineBreak: false });
  }
  pdf
    .moveTo(margins.left, top + height)
    .lineTo(margins.left + wide, top + height)
    .lineWidth(0.6)
    .stroke('#555');
  pdf.y = top + height + 16;
}
