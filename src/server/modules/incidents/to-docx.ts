import { AlignmentType, Document, Packer, Table, TableCell, TableRow, WidthType } from 'docx';
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
import type { ReportPage } from './document.ts';
import { chineseNumber } from './words.ts';

/** Half-points: 22 pt title (二号), 16 pt text (三号), as official documents have it. */
const titleSize = 44;
const textSize = 32;
const smallSize = 28;
/** 28 pt between lines, in twentieths of a point. */
const line = { line: 560, lineRule: 'exact' as const };
const twoCharacters = 2 * 16 * 20;

/** A report as a Word document: A4, fonts and spacing of official documents (公文). */
export function toDocx(page: ReportPage): Promise<Buffer> {
  const children = [
    paragraph(page.title, song, titleSize, { alignment: AlignmentType.CENTER, spacing: { after: 120 } }),
    paragraph(page.subtitle, fang, textSize, { alignment: AlignmentType.CENTER, spacing: { after: 240 } }),
    headTable(page.head),
    paragraph(page.to, fang, textSize, { spacing: { ...line, before: 240 } }),
    ...page.paragraphs.flatMap(({ heading, text }, at) => [
      paragraph(`${chineseNumber(at + 1)}、${heading}`, hei, textSize, {
        spacing: line,
        indent: { firstLine: twoCharacters },
        keepNext: true,
      }),
      ...text
        .split('\n')
        .map((part) => paragraph(part, fang, textSize, { spacing: line, indent: { firstLine: twoCharacters } })),
    ]),
    ...page.signature.map((words, at) =>
      paragraph(words, fang, textSize, {
        alignment: AlignmentType.RIGHT,
        spacing: { ...line, before: at === 0 ? 480 : 0 },
      }),
    ),
  ];
  const document = new Document({
    title: `${page.title}${page.subtitle}`,
    creator: page.signature[0] ?? '',
    sections: [
      {
        properties: {
          page: {
            size: a4,
            margin: officialMargin,
          },
        },
        children,
      },
    ],
  });
  return Packer.toBuffer(document);
}

function headTable(head: ReportPage['head']): Table {
  const cell = (text: string, width: number, font: Font): TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: { top: 60, bottom: 60, left: 120, right: 120 },
      children: [paragraph(text, font, smallSize)],
    });
  return new Table({
    width: { size: officialWidth, type: WidthType.DXA },
    columnWidths: [2100, 6744],
    rows: head.map(
      ([label, value]) =>
        new TableRow({ cantSplit: true, children: [cell(label, 2100, hei), cell(value, 6744, fang)] }),
    ),
  });
}
