import {
  AlignmentType,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type IParagraphOptions,
} from 'docx';
import type { ReportPage } from './document.ts';
import { chineseNumber } from './words.ts';

/** Half-points: 22 pt title (二号), 16 pt text (三号), as official documents have it. */
const titleSize = 44;
const textSize = 32;
const smallSize = 28;
const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体', hint: 'eastAsia' };
const fang = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312', hint: 'eastAsia' };
const hei = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体', hint: 'eastAsia' };
/** 28 pt between lines, in twentieths of a point. */
const line = { line: 560, lineRule: 'exact' as const };
const twoCharacters = 2 * 16 * 20;

/** A report as a Word document: A4, fonts and spacing of official documents (公文). */
export function toDocx(page: ReportPage): Promise<Buffer> {
  const children = [
    paragraph(
      page.title,
      { font: song, size: titleSize },
      { alignment: AlignmentType.CENTER, spacing: { after: 120 } },
    ),
    paragraph(
      page.subtitle,
      { font: fang, size: textSize },
      { alignment: AlignmentType.CENTER, spacing: { after: 240 } },
    ),
    headTable(page.head),
    paragraph(page.to, { font: fang, size: textSize }, { spacing: { ...line, before: 240 } }),
    ...page.paragraphs.flatMap(({ heading, text }, at) => [
      paragraph(
        `${chineseNumber(at + 1)}、${heading}`,
        { font: hei, size: textSize },
        { spacing: line, indent: { firstLine: twoCharacters }, keepNext: true },
      ),
      ...text
        .split('\n')
        .map((part) =>
          paragraph(part, { font: fang, size: textSize }, { spacing: line, indent: { firstLine: twoCharacters } }),
        ),
    ]),
    ...page.signature.map((words, at) =>
      paragraph(
        words,
        { font: fang, size: textSize },
        { alignment: AlignmentType.RIGHT, spacing: { ...line, before: at === 0 ? 480 : 0 } },
      ),
    ),
  ];
  const document = new Document({
    title: `${page.title}${page.subtitle}`,
    creator: page.signature[0] ?? '',
    sections: [
      {
        // A4 with the margins of official documents, in twentieths of a point.
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 2098, bottom: 1984, left: 1588, right: 1474 },
          },
        },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
}

type Font = { ascii: string; hAnsi: string; eastAsia: string; hint: string };

function paragraph(text: string, run: { font: Font; size: number }, options: IParagraphOptions): Paragraph {
  return new Paragraph({ ...options, children: [new TextRun({ text, ...run })] });
}

function headTable(head: ReportPage['head']): Table {
  const cell = (text: string, width: number, font: Font): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 120, right: 120 },
      children: [paragraph(text, { font, size: smallSize }, {})],
    });
  return new Table({
    width: { size: 8844, type: WidthType.DXA },
    columnWidths: [2100, 6744],
    rows: head.map(
      ([label, value]) =>
        new TableRow({ cantSplit: true, children: [cell(label, 2100, hei), cell(value, 6744, fang)] }),
    ),
  });
}
