import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import type { DecisionPage } from './document.ts';

/** Half-points; fonts and margins of official documents (公文), as in reports of incidents. */
const sizes = { title: 44, text: 30, table: 21 };
const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体', hint: 'eastAsia' };
const fang = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312', hint: 'eastAsia' };
const hei = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体', hint: 'eastAsia' };
type Font = typeof song;
/** Twentieths of a point: A4 without its margins, and two characters of text. */
const wide = 8_844;
const indent = { firstLine: 2 * 15 * 20 };
const spacing = { line: 520, lineRule: 'exact' as const };
const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** A decision record as a Word document, A4. */
export function toDocx(page: DecisionPage): Promise<Buffer> {
  const middle = { alignment: AlignmentType.CENTER };
  const document = new Document({
    title: page.title,
    creator: page.signature[0] ?? '',
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 2_098, bottom: 1_984, left: 1_588, right: 1_474 },
          },
        },
        children: [
          paragraph(page.title, song, sizes.title, { ...middle, spacing: { after: 120 } }),
          paragraph(page.subtitle, fang, sizes.text, { ...middle, spacing: { after: 240 } }),
          ...page.sections.flatMap(({ heading, paragraphs, table }, at) => [
            paragraph(`${numerals[at] ?? at + 1}、${heading}`, hei, sizes.text, { spacing, indent, keepNext: true }),
            ...paragraphs.map((text) => paragraph(text, fang, sizes.text, { spacing, indent })),
            ...(table === undefined ? [] : [tableOf(table)]),
          ]),
          ...page.signature.map((words, at) =>
            paragraph(words, fang, sizes.text, {
              alignment: AlignmentType.RIGHT,
              spacing: { ...spacing, before: at === 0 ? 480 : 0 },
            }),
          ),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function paragraph(text: string, font: Font, size: number, options: IParagraphOptions): Paragraph {
  return new Paragraph({ ...options, children: [new TextRun({ text, font, size })] });
}

function tableOf({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly string[])[] }): Table {
  const others = heads.length - 1;
  const first = Math.round(wide * (others > 5 ? 0.28 : 0.36));
  const rest = Math.floor((wide - first) / others);
  const widths = heads.map((_head, k) => (k === 0 ? first : rest));
  const cell = (text: string, k: number, font: Font): TableCell =>
    new TableCell({
      width: { size: widths[k] ?? rest, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      children: [paragraph(text, font, sizes.table, k === 0 ? {} : { alignment: AlignmentType.CENTER })],
    });
  return new Table({
    width: { size: wide, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: heads.map((head, k) => cell(head, k, hei)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, k) => cell(text, k, fang)) })),
    ],
  });
}
