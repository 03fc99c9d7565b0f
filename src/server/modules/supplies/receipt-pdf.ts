import type { Actor } from '#server/modules/identity/index.ts';
import { drawPdf, type Pdf } from '#server/files/pdf.ts';
import { supplyItems } from './dictionary.ts';
import type { SuppliesParts } from './parts.ts';
import { readReceipt, type ReceiptAnswer } from './queries-stock.ts';
import { dayOf } from '#kit/shanghai-days.ts';

/** Points, on A5: a receipt is handed over. */
const left = 46;
const columns = [left, 160, 216, 300] as const;
const sources = { purchase: '采购收货单', street: '配发收货单', donation: '捐赠物资接收回执' } as const;

/** The paper that a giver takes home: number, what, how much, where, when. @throws AppError not_found */
export async function makeReceiptFile(
  parts: SuppliesParts,
  actor: Actor,
  id: string,
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const receipt = await readReceipt(parts, actor, id);
  return { name: `${receipt.number}.pdf`, type: 'application/pdf', bytes: await drawReceipt(receipt) };
}

function drawReceipt(receipt: ReceiptAnswer): Promise<Buffer> {
  return drawPdf(
    {
      size: 'A5',
      margins: { top: 46, bottom: 46, left, right: 46 },
      title: `${sources[receipt.source]} ${receipt.number}`,
      madeMs: Date.parse(receipt.at),
    },
    (pdf) => {
      pdf.font('bold').fontSize(18).text(sources[receipt.source], { align: 'center' });
      pdf.font('text').fontSize(11).moveDown(0.3).text(`编号 ${receipt.number}`, { align: 'center' }).moveDown(0.8);
      const giver = receipt.partnerName ?? receipt.donor;
      const said =
        receipt.source === 'donation'
          ? `今收到${giver === null ? '爱心人士' : ` ${giver} `}捐赠给${receipt.stationName}的下列物资，用于服务居民和户外劳动者，谨致谢意。`
          : `${receipt.stationName}收到下列物资。`;
      pdf.text(said, { indent: 22, lineGap: 4 }).moveDown(0.6);
      drawLines(pdf, receipt.lines);
      pdf.moveDown(1.2).text(receipt.stationName, left, pdf.y, { align: 'right', lineGap: 4 });
      if (receipt.by !== null) pdf.text(`经手　${receipt.by}`, { align: 'right', lineGap: 4 });
      pdf.text(dayOf(Date.parse(receipt.at)), { align: 'right' });
    },
  );
}

function drawLines(pdf: Pdf, lines: ReceiptAnswer['lines']): void {
  const row = (cells: readonly string[], font: 'text' | 'bold'): void => {
    if (pdf.y > pdf.page.height - 90) pdf.addPage();
    const top = pdf.y;
    cells.forEach((cell, k) =>
      pdf
        .font(font)
        .fontSize(11)
        .text(cell, columns[k] ?? left, top, {
          width: (columns[k + 1] ?? 374) - (columns[k] ?? left) - 6,
          height: 16,
          ellipsis: true,
        }),
    );
    pdf
      .lineWidth(0.5)
      .moveTo(left, top + 19)
      .lineTo(374, top + 19)
      .stroke();
    pdf.y = top + 23;
  };
  row(['物资', '数量', '批号', '有效期至'], 'bold');
  for (const { itemCode, quantity, number, expiresOn } of lines) {
    const item = supplyItems().get(itemCode);
    row([item?.name ?? itemCode, `${quantity} ${item?.unit ?? ''}`, number, expiresOn ?? ''], 'text');
  }
}
