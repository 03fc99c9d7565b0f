import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { supplyRoutes } from '#contract/supplies.ts';
import type { Output } from '#contract/route.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { supplyItems, supplyReasons } from './dictionary.ts';
import type { SuppliesParts } from './parts.ts';
import { readMovements, readStock, type StockAnswer } from './queries-stock.ts';

type Movements = Output<typeof supplyRoutes.movements>;

const kinds: Record<Movements['items'][number]['kind'], string> = {
  receive: '收货',
  service: '服务领用',
  undo: '更正退回',
  count: '盘点差异',
  write_off: '核销',
  send: '调出',
  arrive: '调入',
  lend: '借出',
  return: '归还',
};
const states = { good: '正常', soon: '临期', expired: '过期', recalled: '召回' } as const;
const stamp = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Words are written as text, so that nothing is ever taken for a formula. */
const text = (value: string) => ({ value, type: String });
const head = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
const figure = (value: number) => ({ value, type: Number });
const nameOf = (code: string): string => supplyItems().get(code)?.name ?? code;
const unitOf = (code: string): string => supplyItems().get(code)?.unit ?? '';

/** Stock as it stands and what came and went in a month, two sheets. @throws AppError not_found */
export async function makeSupplyFile(
  parts: SuppliesParts,
  actor: Actor,
  idOrCode: string,
  month: string | undefined,
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const stock = await readStock(parts, actor, idOrCode);
  const moved = await readMovements(parts, actor, idOrCode, month === undefined ? {} : { month });
  const bytes = await writeExcelFile([
    { data: stockSheet(stock), sheet: '库存', columns: widths(14, 8, 8, 10, 10, 8, 16, 12, 8, 8) },
    {
      data: movementSheet(stock.stationName, moved),
      sheet: `${moved.month} 进出`,
      columns: widths(18, 14, 10, 8, 6, 16, 12, 12, 18, 10),
    },
  ]).toBuffer();
  return {
    name: `${stock.stationName}-物资-${moved.month}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes,
  };
}

const widths = (...all: number[]) => all.map((width) => ({ width }));

function stockSheet({ stationName, items, at }: StockAnswer): SheetData {
  const rows = items.filter(({ usable, blocked, out, minimum }) => usable + blocked + out + minimum > 0);
  return [
    [head(`${stationName} 库存　${stamp.format(new Date(at))}`)],
    ['物资', '可用', '停用', '借出在外', '下限', '不足', '批号', '有效期至', '数量', '状态'].map(head),
    ...rows.flatMap((item) => {
      const own = [
        text(nameOf(item.itemCode)),
        figure(item.usable),
        figure(item.blocked),
        figure(item.out),
        figure(item.minimum),
        text(item.low ? '不足' : ''),
      ];
      if (item.batches.length === 0) return [own];
      return item.batches.map((lot) => [
        ...own,
        text(lot.number),
        text(lot.expiresOn ?? ''),
        figure(lot.quantity),
        text(states[lot.state]),
      ]);
    }),
  ];
}

function movementSheet(stationName: string, { month, items, more }: Movements): SheetData {
  return [
    [head(`${stationName} ${month} 进出明细${more ? '（只列最近一千条）' : ''}`)],
    ['时间', '物资', '类别', '数量', '单位', '批号', '有效期至', '事由', '另一驿站', '经手'].map(head),
    ...items.map((one) => [
      text(stamp.format(new Date(one.at))),
      text(nameOf(one.itemCode)),
      text(kinds[one.kind]),
      figure(one.delta),
      text(unitOf(one.itemCode)),
      text(one.number),
      text(one.expiresOn ?? ''),
      text(supplyReasons().get(one.reason)?.name ?? ''),
      text(one.otherStation ?? ''),
      text(one.by ?? ''),
    ]),
  ];
}
