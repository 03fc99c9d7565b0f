import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  ImageRun,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import sharp from 'sharp';
import { a4, fang, hei, officialWidth, paragraph, song, textWidths, type Font } from './official-docx.ts';
import { barBetween, heatColour } from './report-colours.ts';
import {
  weekdayWords,
  type Masthead,
  type Report,
  type ReportChart,
  type ReportSection,
  type ReportTable,
} from './report.ts';

/** Half-points. */
const sizes = { name: 72, title: 44, text: 28, part: 24, small: 21 };
/** A bar is so many cells wide when it is the longest. */
const barCells = 20;

/** A report as a Word document, A4, its pages numbered. */
export async function reportDocx(report: Report): Promise<Buffer> {
  const sections = await Promise.all(report.sections.map(sectionOf));
  const document = new Document({
    title: `${report.title}${report.subtitle}`,
    creator: report.signature[0] ?? '',
    sections: [
      {
        properties: {
          page: {
            size: a4,
            margin: { top: 1_800, bottom: 1_600, left: 1_588, right: 1_474 },
          },
        },
        footers: { default: pageNumbers() },
        children: [
          ...(report.masthead === undefined ? [] : mastheadOf(report.masthead)),
          paragraph(report.title, song, sizes.title, { alignment: AlignmentType.CENTER, spacing: { after: 80 } }),
          paragraph(report.subtitle, fang, sizes.text, { alignment: AlignmentType.CENTER, spacing: { after: 240 } }),
          ...sections.flat(),
          ...report.signature.map((words, at) =>
            paragraph(words, fang, sizes.text, {
              alignment: AlignmentType.RIGHT,
              spacing: { before: at === 0 ? 480 : 60 },
            }),
          ),
          ...(report.foot ?? []).map((words, at) =>
            paragraph(words, fang, sizes.small, {
              spacing: { before: at === 0 ? 480 : 0, after: 60 },
              border: {
                [at === 0 ? 'top' : 'bottom']: { style: BorderStyle.SINGLE, size: 6, space: 4, color: '000000' },
              },
            }),
          ),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const red = 'C00000';

/** 报头: the name in red, the number below it, issuer and date at both ends, a red line. */
function mastheadOf({ name, number, issuer, date }: Masthead): Paragraph[] {
  const middle = { alignment: AlignmentType.CENTER };
  return [
    new Paragraph({
      ...middle,
      spacing: { before: 120, after: 160 },
      children: [new TextRun({ text: name, font: song, size: sizes.name, color: red, bold: true })],
    }),
    paragraph(number, fang, sizes.text, { ...middle, spacing: { after: 200 } }),
    new Paragraph({
      tabStops: [{ type: 'right', position: officialWidth }],
      spacing: { after: 360 },
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, space: 6, color: red } },
      children: [new TextRun({ text: `${issuer}\t${date}`, font: fang, size: sizes.text })],
    }),
  ];
}

function pageNumbers(): Footer {
  const children = [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: song, size: sizes.small })];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] });
}

async function sectionOf({ heading, level, text, table, heat, chart }: ReportSection): Promise<(Paragraph | Table)[]> {
  return [
    level === 2
      ? paragraph(heading, hei, sizes.part, { spacing: { before: 160, after: 60 }, keepNext: true })
      : paragraph(heading, hei, sizes.text, { spacing: { before: 280, after: 80 }, keepNext: true }),
    ...text.map((words) =>
      paragraph(words, fang, sizes.small, { spacing: { after: 60 }, keepNext: table !== undefined }),
    ),
    ...(table === undefined ? [] : [tableOf(table)]),
    ...(heat === undefined ? [] : [heatOf(heat)]),
    ...(chart === undefined || chart.values.length < 2 ? [] : [await chartOf(chart)]),
  ];
}

const margins = { top: 30, bottom: 30, left: 80, right: 80 };

function cell(text: string, font: Font, width: number, over: { right?: boolean; fill?: string; span?: number } = {}) {
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    margins,
    verticalAlign: VerticalAlign.CENTER,
    ...(over.span === undefined ? {} : { columnSpan: over.span }),
    ...(over.fill === undefined ? {} : { shading: { fill: over.fill } }),
    children: [paragraph(text, font, sizes.small, over.right === true ? { alignment: AlignmentType.RIGHT } : {})],
  });
}

/** Numbers to the right; bars are cells with a ground, so that they print everywhere and stay text for a reader. */
function tableOf({ heads, rows, bar }: ReportTable): Table {
  const barWidth = bar === undefined ? 0 : 2_400;
  const widths = textWidths({ heads, rows, total: officialWidth - barWidth, least: 8, most: 24 });
  const columnWidths = [
    ...widths,
    ...(bar === undefined ? [] : Array.from({ length: barCells }, () => barWidth / barCells)),
  ];
  const most = bar === undefined ? 0 : Math.max(0, ...rows.map((row) => numberIn(row[bar])));
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: [
      ...heads.map((words, k) => cell(words, hei, widths[k] ?? 0, { right: k > 0 && isNumeric(rows, k) })),
      ...(bar === undefined ? [] : [cell('', hei, barWidth, { span: barCells })]),
    ],
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children: [
          ...row.map((value, k) => cell(String(value), fang, widths[k] ?? 0, { right: k > 0 && isNumeric(rows, k) })),
          ...(bar === undefined ? [] : barOf(numberIn(row[bar]), most, barWidth)),
        ],
      }),
  );
  return new Table({ width: { size: officialWidth, type: WidthType.DXA }, columnWidths, rows: [head, ...body] });
}

function barOf(value: number, most: number, width: number): TableCell[] {
  const length = barBetween(value, most, barCells);
  const part = (span: number, fill?: string) =>
    cell('', fang, (width * span) / barCells, { span, ...(fill === undefined ? {} : { fill }) });
  return [
    ...(length > 0 ? [part(length, heatColour(0.6))] : []),
    ...(length < barCells ? [part(barCells - length)] : []),
  ];
}

const numberIn = (value: string | number | undefined): number => (typeof value === 'number' ? value : 0);
const isNumeric = (rows: ReportTable['rows'], k: number): boolean => rows.some((row) => typeof row[k] === 'number');

function heatOf({ fromHour, rows }: NonNullable<ReportSection['heat']>): Table {
  const count = rows[0]?.length ?? 0;
  const first = 800;
  const width = Math.floor((officialWidth - first) / Math.max(1, count));
  const most = Math.max(1, ...rows.flat());
  const square = (text: string, fill?: string) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 40, bottom: 40, left: 0, right: 0 },
      ...(fill === undefined ? {} : { shading: { fill } }),
      children: [paragraph(text, fang, 18, { alignment: AlignmentType.CENTER })],
    });
  const head = new TableRow({
    tableHeader: true,
    children: [cell('', hei, first), ...Array.from({ length: count }, (_, k) => square(String(fromHour + k)))],
  });
  const body = rows.map(
    (row, weekday) =>
      new TableRow({
        cantSplit: true,
        children: [
          cell(weekdayWords[weekday] ?? '', hei, first),
          ...row.map((n) => square(n === 0 ? '' : String(n), n === 0 ? undefined : heatColour(n / most))),
        ],
      }),
  );
  return new Table({
    width: { size: officialWidth, type: WidthType.DXA },
    columnWidths: [first, ...Array.from({ length: count }, () => width)],
    rows: [head, ...body],
  });
}

/** A picture without words: fonts of the machine that draws it are not to be relied on; the words stand beside it. */
async function chartOf({ words, labels, values }: ReportChart): Promise<Paragraph> {
  const [width, height] = [1_180, 240];
  const most = Math.max(1, ...values);
  const step = width / values.length;
  const bars = values.map((n, k) => {
    const tall = (n / most) * (height - 10);
    return `<rect x="${(k * step + step * 0.15).toFixed(1)}" y="${(height - 2 - tall).toFixed(1)}" width="${(step * 0.7).toFixed(1)}" height="${tall.toFixed(1)}" fill="#${heatColour(0.6)}"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/><path d="M0 ${height - 1}H${width}" stroke="#555" stroke-width="2"/>${bars.join('')}</svg>`;
  const data = await sharp(Buffer.from(svg)).png().toBuffer();
  return new Paragraph({
    spacing: { before: 160, after: 60 },
    children: [
      new TextRun({ text: words, font: fang, size: sizes.small, break: 0 }),
      new ImageRun({
        type: 'png',
        data,
        transformation: { width: 590, height: 120 },
        altText: {
          name: words,
          title: words,
          description: `${words}：${values.map((n, k) => `${labels[k] ?? ''} ${n}`).join('、')}`,
        },
      }),
    ],
  });
}
