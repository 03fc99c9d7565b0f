import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { partnerRoutes } from '#contract/partners.ts';
import type { DeliverySource, PartnerDeliveryState } from '#contract/partners-words.ts';
import type { Input } from '#contract/route.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { PartnersParts, StationFacts } from './parts.ts';
import { readRows } from './queries-delivery.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import type { DeliveryRow } from './store-delivery.ts';

/** Most rows of one file; a year of a large district. */
const most = 20_000;

const sourceWords: Readonly<Record<DeliverySource, string>> = {
  station: '驿站登记',
  partner: '合伙人报送',
  donation: '捐赠入库',
  activity: '活动',
};
const stateWords: Readonly<Record<PartnerDeliveryState, string>> = {
  waiting: '待确认',
  confirmed: '已确认',
  refused: '未予确认',
};
const heads = [
  { words: '日期', width: 12 },
  { words: '合伙人', width: 24 },
  { words: '驿站', width: 20 },
  { words: '内容', width: 28 },
  { words: '承诺内', width: 8 },
  { words: '数量', width: 10 },
  { words: '单位', width: 12 },
  { words: '来源', width: 12 },
  { words: '状态', width: 10 },
  { words: '原报数量', width: 10 },
  { words: '未确认原因', width: 30 },
] as const;

/** The account of deliveries as the viewer sees it, as a table; quantities are numbers, so that they can be summed. */
export async function exportDeliveries(
  parts: PartnersParts,
  actor: Actor,
  query: Input<typeof partnerRoutes.export>['query'],
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const { partner: partnerId, ...filter } = query;
  const { rows, stations } = await readRows(parts, actor, { ...filter, partnerId, limit: most });
  const nowMs = parts.clock.now();
  await parts.database.inTx(systemScope, (tx) =>
    append(tx, {
      actor: ledgerActor(actor),
      action: 'partner.export',
      subject: { type: 'partner', id: partnerId ?? 'all' },
      district: rows[0] === undefined ? parts.territory.city().code : districtOf(rows[0], stations, parts),
      atMs: nowMs,
      data: { rows: rows.length, from: query.from ?? null, to: query.to ?? null, station: query.station ?? null },
    }),
  );
  const bytes = await writeExcelFile(toSheet(parts, rows, stations), {
    sheet: '兑现台账',
    columns: heads.map(({ width }) => ({ width })),
    orientation: 'landscape',
    stickyRowsCount: 1,
  }).toBuffer();
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { name: `合伙人兑现台账-${dayOf(nowMs)}.xlsx`, type, bytes };
}

function districtOf(row: DeliveryRow, stations: ReadonlyMap<string, StationFacts>, parts: PartnersParts): string {
  return stations.get(row.stationId)?.district ?? parts.territory.city().code;
}

function toSheet(
  { words }: PartnersParts,
  rows: readonly DeliveryRow[],
  stations: ReadonlyMap<string, StationFacts>,
): SheetData {
  // Text is written as text: nothing in it is ever taken for a formula.
  const text = (value: string) => ({ value, type: String });
  const number = (value: number) => ({ value, type: Number });
  return [
    heads.map((head) => ({ ...text(head.words), fontWeight: 'bold' as const })),
    ...rows.map((row) => [
      text(row.day),
      text(row.partnerName),
      text(stations.get(row.stationId)?.name ?? ''),
      text(row.what),
      text(row.pledgeId === null ? '否' : '是'),
      number(row.quantity),
      text(words.units.get(row.unit)?.name ?? row.unit),
      text(sourceWords[row.sourceType]),
      text(stateWords[row.state]),
      row.saidQuantity === null ? null : number(row.saidQuantity),
      text(row.refusedWords),
    ]),
  ];
}
