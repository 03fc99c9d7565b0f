import QRCode from 'qrcode';
import { drawPdf, type Pdf } from '#server/files/pdf.ts';
import type { CertificateBody } from './certificates.ts';

/** Points; A4 upright. */
const page = { width: 595.28, height: 841.89, side: 76, top: 96 };
const inner = page.width - 2 * page.side;
const green = '#2f6b45';

export interface PaperWords {
  postName: (code: string) => string;
  /** Where the code leads. */
  checkUrl: string;
  fingerprint: string;
  withdrawn: boolean;
  issuedMs: number;
}

const dayWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

/** The certificate as PDF, its fonts inside. The same certificate always gives the same bytes. */
export function toCertificatePdf(body: CertificateBody, words: PaperWords): Promise<Buffer> {
  return drawPdf(
    {
      size: 'A4',
      margins: { top: page.top, bottom: 60, left: page.side, right: page.side },
      title: `志愿服务记录证明 ${body.number}`,
      author: body.issuer,
      madeMs: words.issuedMs,
    },
    (pdf) => {
      drawFrame(pdf);
      pdf.font('bold').fontSize(26).text('志愿服务记录证明', page.side, page.top, { width: inner, align: 'center' });
      pdf.font('text').fontSize(10.5).fillColor('#555').moveDown(0.4);
      pdf.text(`编号 ${body.number}`, { align: 'center' }).fillColor('#000').moveDown(1.6);
      drawStatement(pdf, body);
      drawTable(pdf, body, words);
      drawFoot(pdf, body, words);
      if (words.withdrawn) drawWithdrawn(pdf);
    },
  );
}

function drawFrame(pdf: Pdf): void {
  pdf
    .lineWidth(1.6)
    .strokeColor(green)
    .rect(38, 38, page.width - 76, page.height - 76)
    .stroke();
  pdf
    .lineWidth(0.5)
    .rect(43, 43, page.width - 86, page.height - 86)
    .stroke()
    .strokeColor('#000');
}

function drawStatement(pdf: Pdf, body: CertificateBody): void {
  const tail = body.phoneTail === '' ? '' : `（联系电话尾号 ${body.phoneTail}）`;
  const span = `${dayWords(body.fromDay)}至${dayWords(body.untilDay)}`;
  pdf
    .font('text')
    .fontSize(14)
    .text(
      `兹证明 ${body.holder} ${tail}于${span}，参加本单位组织的志愿服务，经站长逐次确认到岗，累计服务时长 ${body.hours} 小时。服务内容如下：`,
      { width: inner, indent: 28, lineGap: 8 },
    )
    .moveDown(0.8);
}

const columns = [
  { head: '服务地点', width: 0.4 },
  { head: '服务岗位', width: 0.24 },
  { head: '次数', width: 0.14 },
  { head: '时长（小时）', width: 0.22 },
] as const;

function drawTable(pdf: Pdf, body: CertificateBody, { postName }: PaperWords): void {
  const lines = [
    columns.map(({ head }) => head as string),
    ...body.rows.map(({ stationName, post, times, hours }) => [
      stationName,
      postName(post),
      String(times),
      String(hours),
    ]),
    ['合计', '', String(body.rows.reduce((sum, { times }) => sum + times, 0)), String(body.hours)],
  ];
  pdf.fontSize(11.5).lineWidth(0.5);
  for (const [k, cells] of lines.entries()) {
    const top = pdf.y;
    const height = 26;
    let left = page.side;
    pdf.font(k === 0 || k === lines.length - 1 ? 'bold' : 'text');
    for (const [c, text] of cells.entries()) {
      const width = inner * (columns[c]?.width ?? 0);
      pdf.rect(left, top, width, height).stroke();
      pdf.text(text, left + 8, top + 5, { width: width - 16, align: c < 2 ? 'left' : 'right', lineBreak: false });
      left += width;
    }
    pdf.x = page.side;
    pdf.y = top + height;
  }
  pdf
    .font('text')
    .fontSize(9.5)
    .fillColor('#555')
    .moveDown(0.5)
    .text(`各项时长由分钟累计后向下取整到半小时；总时长按总分钟数 ${body.minutes} 分钟取整，可能大于各项之和。`)
    .fillColor('#000');
}

function drawFoot(pdf: Pdf, body: CertificateBody, words: PaperWords): void {
  const size = 104;
  const top = page.height - 60 - size - 76;
  const right = page.side + size + 24;
  pdf
    .font('bold')
    .fontSize(13)
    .text(`出具单位：${body.issuer}`, page.side, top - 66, { width: inner, align: 'right' });
  pdf.font('text').text(`出具日期：${dayWords(body.issuedDay)}`, { width: inner, align: 'right' });
  drawCode(pdf, words.checkUrl, { left: page.side, top, size });
  pdf
    .font('bold')
    .fontSize(10.5)
    .text('扫码查验真伪', right, top + 2, { width: inner - size - 24 });
  pdf
    .font('text')
    .fontSize(9)
    .fillColor('#444')
    .text(`查验页显示的姓名首字、时长、起止日期与指纹须与本证明一致。也可访问 ${words.checkUrl}`, { lineGap: 2 })
    .text(`内容指纹 ${words.fingerprint.slice(0, 32)}`)
    .text(`　　　　 ${words.fingerprint.slice(32)}`)
    .text('依据《志愿服务记录与证明出具办法（试行）》（民政部令第67号）无偿出具；伪造、变造者依法追责。')
    .fillColor('#000');
}

/** Drawn as squares, so that it prints sharp at any size. */
function drawCode(pdf: Pdf, text: string, { left, top, size }: { left: number; top: number; size: number }): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const step = size / modules.size;
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++)
      if (modules.get(row, column) === 1) pdf.rect(left + column * step, top + row * step, step + 0.05, step + 0.05);
  pdf.fill('#000');
}

function drawWithdrawn(pdf: Pdf): void {
  pdf
    .save()
    .rotate(-28, { origin: [page.width / 2, page.height / 2] })
    .font('bold')
    .fontSize(80)
    .fillColor('#b3261e', 0.28)
    .text('已 撤 销', 0, page.height / 2 - 60, { width: page.width, align: 'center', lineBreak: false })
    .restore();
}
