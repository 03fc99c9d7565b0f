import { Paragraph, TextRun, type IParagraphOptions } from 'docx';

/** Fonts of official documents (公文): of titles, of text, of headings. */
export const song = fontOf('方正小标宋简体');
export const fang = fontOf('仿宋_GB2312');
export const hei = fontOf('黑体');
export type Font = ReturnType<typeof fontOf>;

function fontOf(eastAsia: string) {
  return { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia, hint: 'eastAsia' };
}

/** A4, in twentieths of a point. */
export const a4 = { width: 11_906, height: 16_838 };
/** Margins of official documents, and the width they leave. */
export const officialMargin = { top: 2_098, bottom: 1_984, left: 1_588, right: 1_474 };
export const officialWidth = 8_844;

/** `size` in half-points. */
export function paragraph(text: string, font: Font, size: number, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ ...options, children: [new TextRun({ text, font, size })] });
}

interface WidthWish {
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  /** To be shared out. */
  total: number;
  /** Letters a column counts for at the least and at the most. */
  least: number;
  most: number;
}

/** Columns as wide as what they hold, a character of Chinese counting as two. */
export function textWidths({ heads, rows, total, least, most }: WidthWish): number[] {
  const lengthOf = (value: string | number | undefined): number =>
    [...String(value ?? '')].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
  const lengths = heads.map((head, k) =>
    Math.min(most, Math.max(least, lengthOf(head), ...rows.map((row) => lengthOf(row[k])))),
  );
  const sum = lengths.reduce((all, n) => all + n, 0);
  return lengths.map((n) => Math.floor((total * n) / sum));
}
