import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

const require = createRequire(import.meta.url);
const fonts = {
  text: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
};

export type Pdf = PDFKit.PDFDocument;

export interface PdfOptions {
  size: 'A4' | 'A5';
  /** Points. */
  margins: { top: number; bottom: number; left: number; right: number };
  title: string;
  author?: string;
  madeMs: number;
}

/**
 * Draws a PDF in Chinese, its fonts `text` and `bold` inside, so that it looks the same everywhere. The same drawing at the
 * same moment gives the same bytes.
 */
export function drawPdf(
  { size, margins, title, author, madeMs }: PdfOptions,
  draw: (pdf: Pdf) => void,
): Promise<Buffer> {
  const info = { Title: title, ...(author === undefined ? {} : { Author: author }), CreationDate: new Date(madeMs) };
  const pdf = new PDFDocument({ size, margins, lang: 'zh-CN', info });
  const pieces: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (piece: Buffer) => pieces.push(piece));
    pdf.on('end', () => resolve(Buffer.concat(pieces)));
    pdf.on('error', reject);
  });
  pdf.registerFont('text', fonts.text).registerFont('bold', fonts.bold);
  draw(pdf);
  pdf.end();
  return ended;
}
