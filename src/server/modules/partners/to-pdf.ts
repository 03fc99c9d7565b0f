import { drawPdf, type Pdf } from '#server/files/pdf.ts';

export interface AgreementPage {
  title: string;
  /** Not signed: said so below the title. */
  draft: boolean;
  head: readonly (readonly [label: string, value: string])[];
  pledges: readonly { what: string; resource: string; amount: string; station: string; term: string }[];
  returns: readonly string[];
  clauses: readonly string[];
  signature: { left: string; right: string; day: string };
}

/** Points. A4. */
const margins = { top: 58, bottom: 58, left: 64, right: 64 };
const width = 595.28 - margins.left - margins.right;
const columns = [
  { key: 'what', title: '承诺内容', share: 0.28 },
  { key: 'resource', title: '资源', share: 0.13 },
  { key: 'amount', title: '数量', share: 0.2 },
  { key: 'station', title: '驿站', share: 0.22 },
  { key: 'term', title: '期限', share: 0.17 },
] as const;
type Cells = Readonly<Record<(typeof columns)[number]['key'], string>>;
const pad = 5;

/** An agreement as PDF, fonts inside. The same agreement always gives the same bytes. */
export function toPdf(page: AgreementPage, madeMs: number): Promise<Buffer> {
  return drawPdf({ size: 'A4', margins, title: page.title, madeMs }, (pdf) => {
    pdf.font('bold').fontSize(20).text(page.title, { align: 'center' });
    if (page.draft) pdf.moveDown(0.2).font('text').fontSize(11).text('（拟定稿，签订后生效）', { align: 'center' });
    pdf.moveDown(0.8);
    drawHead(pdf, page.head);
    drawTitle(pdf, '一、乙方承诺');
    if (page.pledges.length === 0) drawText(pdf, '（尚未登记承诺）');
    else drawTable(pdf, page.pledges);
    drawTitle(pdf, '二、甲方回馈');
    if (page.returns.length === 0) drawText(pdf, '无。');
    page.returns.forEach((words, k) => drawText(pdf, `${k + 1}. ${words}`));
    // Nobody signs a page on which nothing is agreed: the clauses and the signatures stay together.
    const closing =
      page.clauses.reduce((sum, words) => sum + textHeight(pdf, words), 0) + signatureHeight + titleHeight;
    if (pdf.y + closing > bottomOf(pdf)) pdf.addPage();
    drawTitle(pdf, '三、共同遵守');
    page.clauses.forEach((words, k) => drawText(pdf, `${k + 1}. ${words}`));
    drawSignature(pdf, page.signature);
  });
}

const bottomOf = (pdf: Pdf): number => pdf.page.height - margins.bottom;

function drawTitle(pdf: Pdf, words: string): void {
  // A heading alone at the foot of a page says nothing.
  if (pdf.y > bottomOf(pdf) - 70) pdf.addPage();
  pdf.x = margins.left;
  pdf.moveDown(0.8).font('bold').fontSize(13).text(words, margins.left, pdf.y, { width });
  pdf.moveDown(0.3);
}

const textOptions = { width, lineGap: 3 } as const;
const titleHeight = 34;
const signatureHeight = 100;

function textHeight(pdf: Pdf, words: string): number {
  return pdf.font('text').fontSize(11).heightOfString(`1. ${words}`, textOptions);
}

function drawText(pdf: Pdf, words: string): void {
  pdf.font('text').fontSize(11).text(words, margins.left, pdf.y, textOptions);
}

function drawHead(pdf: Pdf, head: AgreementPage['head']): void {
  for (const [label, value] of head) {
    const top = pdf.y;
    pdf.font('bold').fontSize(11).text(label, margins.left, top, { width: 110 });
    pdf.font('text').text(value, margins.left + 116, top, { width: width - 116, lineGap: 3 });
    pdf.moveDown(0.15);
  }
}

/** The head stands again on every page that the table runs over. */
function drawTable(pdf: Pdf, rows: readonly Cells[]): void {
  const titles = Object.fromEntries(columns.map(({ key, title }) => [key, title])) as Cells;
  pdf.lineWidth(0.5);
  drawRow(pdf, titles, 'bold');
  for (const row of rows) {
    if (pdf.y + heightOf(pdf, row) > bottomOf(pdf)) {
      pdf.addPage();
      drawRow(pdf, titles, 'bold');
    }
    drawRow(pdf, row, 'text');
  }
}

function heightOf(pdf: Pdf, cells: Cells): number {
  pdf.font('text').fontSize(10);
  const heights = columns.map(({ key, share }) => pdf.heightOfString(cells[key], { width: share * width - 2 * pad }));
  return Math.max(...heights) + 2 * pad;
}

function drawRow(pdf: Pdf, cells: Cells, font: 'text' | 'bold'): void {
  const height = heightOf(pdf, cells);
  const top = pdf.y;
  let left = margins.left;
  for (const { key, share } of columns) {
    const wide = share * width;
    pdf.rect(left, top, wide, height).stroke();
    pdf
      .font(font)
      .fontSize(10)
      .text(cells[key], left + pad, top + pad, { width: wide - 2 * pad });
    left += wide;
  }
  pdf.x = margins.left;
  pdf.y = top + height;
}

/** Room for two seals. */
function drawSignature(pdf: Pdf, { left, right, day }: AgreementPage['signature']): void {
  pdf.moveDown(1.8);
  const top = pdf.y;
  const half = width / 2;
  const sides = [
    [left, margins.left],
    [right, margins.left + half],
  ] as const;
  for (const [words, x] of sides) {
    pdf.font('text').fontSize(12).text(words, x, top, { width: half });
    pdf.text('代表（签字）：', x, top + 28, { width: half });
    pdf.text(day, x, top + 56, { width: half });
  }
}
