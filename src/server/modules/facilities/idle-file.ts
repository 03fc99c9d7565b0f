/** 闲置资源账 as a file: a workbook, or a Word document to be handed round. */
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { idleRoutes } from '#contract/idle.ts';
import type { Input } from '#contract/route.ts';
import { dayOf } from '#kit/shanghai-days.ts';
import { tableDocx } from '#server/files/table-docx.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { facilityClasses, idleOwners } from './dictionary.ts';
import { listIdle, type IdleList } from './idle-queries.ts';
import type { FacilitiesParts } from './parts.ts';

type Query = Input<(typeof idleRoutes)['export']>['query'];
type Row = IdleList['items'][number];

const conditions = { ready: '可直接用', repair: '需修缮', rebuild: '需改建', unsafe: '危房，不可用' } as const;
const states = { idle: '闲置', reserved: '已留给项目', used: '已启用', withdrawn: '已撤下' } as const;
const heads = [
  '编号',
  '名称',
  '所在区域',
  '地址',
  '面积（平方米）',
  '权属',
  '单位',
  '现状',
  '可改作',
  '何时可用',
  '状态',
];

const cellsOf = (row: Row): (string | number)[] => [
  row.code,
  row.name,
  row.areaName,
  row.address,
  row.areaM2,
  idleOwners().get(row.ownerKind)?.name ?? row.ownerKind,
  row.owner,
  conditions[row.condition],
  row.uses.map((use) => facilityClasses().get(use)?.name ?? use).join('、'),
  row.freeFrom ?? '现在',
  states[row.state],
];

/** What the filter leaves, as the actor sees it. */
export async function makeIdleFile(
  parts: FacilitiesParts,
  actor: Actor,
  { format, ...filter }: Query,
): Promise<{ name: string; type: string; bytes: Uint8Array }> {
  const list = await listIdle(parts, actor, filter);
  const day = dayOf(parts.clock.now());
  if (format === 'docx')
    return {
      name: `闲置资源账-${day}.docx`,
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      bytes: await tableDocx({
        title: '闲置资源账',
        subtitle: `截至 ${day}　共 ${list.items.length} 处　${list.areaM2} 平方米`,
        heads,
        rows: list.items.map(cellsOf),
        notes: [],
      }),
    };
  const data: SheetData = [
    [
      {
        value: `闲置资源账　截至 ${day}　共 ${list.items.length} 处　${list.areaM2} 平方米`,
        type: String,
        fontWeight: 'bold',
      },
    ],
    heads.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    // Words are written as text, so that nothing is ever taken for a formula.
    ...list.items.map((row) =>
      cellsOf(row).map((value) => (typeof value === 'number' ? { value, type: Number } : { value, type: String })),
    ),
  ];
  const columns = [16, 24, 14, 26, 12, 14, 22, 14, 32, 12, 12].map((width) => ({ width }));
  return {
    name: `闲置资源账-${day}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    bytes: await writeExcelFile([{ data, sheet: '闲置资源账', columns }]).toBuffer(),
  };
}
