import { drawPdf, type Pdf } from '#server/files/pdf.ts';
import type { ReportPage } from './document.ts';
import { chineseNumber } from './words.ts';

/** Points. A4 with the margins of official documents. */
const margins = { top: 105, bottom: 99, left: 79, right: 74 };
const width = 595.28 - margins.left - margins.right;
const labelWidth = 96;

/** A report as PDF, its fonts inside, so that it looks the same everywhere. The same report always gives the same bytes. */
export function toPdf(page: ReportPage, issuedMs: number): Promise<Buffer> {
  return drawPdf(
    { size: 'A4', margins, title: `${page.title}${page.subtitle}`, author: page.signature[0] ?? '', madeMs: issuedMs },
    (pdf) => {
      pdf.font('bold').fontSize(22).text(page.title, { align: 'center' });
      pdf.moveDown(0.3).font('text').fontSize(15).text(page.subtitle, { align: 'center' }).moveDown(0.8);
      drawHead(pdf, page.head);
      pdf.moveDown(1).font('text').fontSize(15).text(page.to, margins.left, pdf.y, { lineGap: 4 });
      for (const [at, { heading, text }] of page.paragraphs.entries())
        drawParagraph(pdf, `${chineseNumber(at + 1)}、${heading}`, text);
      pdf.moveDown(1.5);
      for (const words of page.signature) pdf.text(words, { align: 'right', lineGap: 6 });
    },
  );
}

function drawParagraph(pdf: Pdf, heading: string, text: string): void {
  // A heading alone at the foot of a page says nothing.
  if (pdf.y > pdf.page.height - margins.bottom - 60) pdf.addPage();
  pdf.moveDown(0.4).font('bold').fontSize(15).text(heading, { indent: 30, lineGap: 4 });
  pdf.font('text');
  for (const part of text.split('\n')) pdf.text(part, { indent: 30, lineGap: 4, align: 'left' });
}

/** Two columns with hairlines. */
function drawHead(pdf: Pdf, head: ReportPage['head']): void {
  pdf.fontSize(12).lineWidth(0.5);
  for (const [label, value] of head) {
    const valueWidth = width - labelWidth - 12;
    const height = Math.max(pdf.font('text').heightOfString(value, { width: valueWidth }), 18) + 8;
    if (pdf.y + height > pdf.page.height - margins.bottom) pdf.addPage();
    const top = pdf.y;
    pdf
      .rect(margins.left, top, labelWidth, height)
      .rect(margins.left + labelWidth, top, width - labelWidth, height)
      .stroke();
    pdf.font('bold').text(label, margins.left + 6, top + 4, { width: labelWidth - 12 });
    pdf.font('text').text(value, margins.left + labelWidth + 6, top + 4, { width: valueWidth });
    pdf.x = margins.left;
    pdf.y = top + height;
  }
}
