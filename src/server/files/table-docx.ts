import {
  AlignmentType,
  Document,
  Packer,
  PageOrientation,
  Table,
  TableCell,
  TableRow,
  VerticalAlign,
  WidthType,
} from 'docx';
import { a4, fang, hei, paragraph, song, textWidths, type Font } from './official-docx.ts';

/** A list as an official document (公文): a title, a line below it, one table on landscape A4, and who signs. */
export interface TableDocument {
  title: string;
  subtitle: string;
  heads: readonly string[];
  /** Numbers stand to the right. */
  rows: readonly (readonly (string | number)[])[];
  /** Lines below the table. */
  notes: readonly string[];
}

/** Half-points. */
const sizes = { title: 44, text: 28, small: 20 };
/** Twentieths of a point: landscape A4 without its margins. */
const wide = 13_958;

/** A Word document of one table; its head is repeated on every page. */
export function tableDocx({ title, subtitle, heads, rows, notes }: TableDocument): Promise<Buffer> {
  return tablesDocx({ title, subtitle, tables: [{ heading: null, text: [], heads, rows }], notes });
}

/** Several lists in one document: each with its heading and a few sentences above the table. */
export interface TablesDocument extends Pick<TableDocument, 'title' | 'subtitle' | 'notes'> {
  tables: readonly (Pick<TableDocument, 'heads' | 'rows'> & { heading: string | null; text: readonly string[] })[];
}

/** A Word document of several tables. */
export function tablesDocx({ title, subtitle, tables, notes }: TablesDocument): Promise<Buffer> {
  const middle = { alignment: AlignmentType.CENTER };
  const document = new Document({
    title,
    sections: [
      {
        properties: {
          page: {
            size: { ...a4, orientation: PageOrientation.LANDSCAPE },
            margin: { top: 1_440, bottom: 1_440, left: 1_440, right: 1_440 },
          },
        },
        children: [
          paragraph(title, song, sizes.title, { ...middle, spacing: { after: 80 } }),
          paragraph(subtitle, fang, sizes.text, { ...middle, spacing: { after: 240 } }),
          ...tables.flatMap(({ heading, text, heads, rows }) => [
            ...(heading === null
              ? []
              : [paragraph(heading, hei, sizes.text, { spacing: { before: 280, after: 80 }, keepNext: true })]),
            ...text.map((words) => paragraph(words, fang, sizes.small, { spacing: { after: 60 }, keepNext: true })),
            tableOf(heads, rows),
          ]),
          ...notes.map((words) => paragraph(words, fang, sizes.small, { spacing: { before: 120 } })),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function tableOf(heads: TableDocument['heads'], rows: TableDocument['rows']): Table {
  const widths = textWidths({ heads, rows, total: wide, least: 5, most: 36 });
  const cell = (value: string | number, font: Font, width: number): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 30, bottom: 30, left: 80, right: 80 },
      verticalAlign: VerticalAlign.CENTER,
      children: [
        paragraph(
          String(value),
          font,
          sizes.small,
          typeof value === 'number' ? { alignment: AlignmentType.RIGHT } : {},
        ),
      ],
    });
  const line = (values: readonly (string | number)[], font: Font, isHead: boolean): TableRow =>
    new TableRow({
      tableHeader: isHead,
      cantSplit: true,
      children: values.map((value, k) => cell(value, font, widths[k] ?? 0)),
    });
  return new Table({
    width: { size: wide, type: WidthType.DXA },
    columnWidths: widths,
    rows: [line(heads, hei, true), ...rows.map((row) => line(row, fang, false))],
  });
}
