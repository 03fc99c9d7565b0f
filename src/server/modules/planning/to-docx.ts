import { AlignmentType, Document, Packer, Table, TableCell, TableRow, VerticalAlign, WidthType } from 'docx';
import {
  a4,
  fang,
  hei,
  officialMargin,
  officialWidth,
  paragraph,
  song,
  type Font,
} from '#server/files/official-docx.ts';
import type { DecisionPage } from './document.ts';

/** Half-points. */
const sizes = { title: 44, text: 30, table: 21 };
/** Twentieths of a point: two characters of text. */
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
            size: a4,
            margin: officialMargin,
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

function tableOf({ heads, rows }: { heads: readonly string[]; rows: readonly (readonly string[])[] }): Table {
  const others = heads.length - 1;
  const first = Math.round(officialWidth * (others > 5 ? 0.28 : 0.36));
  const rest = Math.floor((officialWidth - first) / others);
  const widths = heads.map((_head, k) => (k === 0 ? first : rest));
  const cell = (text: string, k: number, font: Font): TableCell =>
    new TableCell({
      width: { size: widths[k] ?? rest, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { top: 50, bottom: 50, left: 80, right: 80 },
      children: [paragraph(text, font, sizes.table, k === 0 ? {} : { alignment: AlignmentType.CENTER })],
    });
  return new Table({
    width: { size: officialWidth, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: heads.map((head, k) => cell(head, k, hei)) }),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, k) => cell(text, k, fang)) })),
    ],
  });
}
