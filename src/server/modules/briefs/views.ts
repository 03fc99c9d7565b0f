import type { briefRoutes } from '#contract/briefs.ts';
import type { Output } from '#contract/route.ts';
import type { Tx } from '#server/db/pool.ts';
import { grantsFor, type Actor } from '#server/modules/identity/index.ts';
import { mayEdit } from './access.ts';
import { numberOf } from './files.ts';
import type { BriefsParts } from './parts.ts';
import { listFiles, type BriefRow } from './store.ts';
import type { ScheduleRow } from './store-schedule.ts';

type Routes = typeof briefRoutes;
export type RowView = Output<Routes['list']>['items'][number];
export type BriefView = Output<Routes['get']>;

export function rowView({ territory }: Pick<BriefsParts, 'territory'>, row: BriefRow): RowView {
  const { id, kind, state, areaCode, firstDay, lastDay, madeAt, issuedAt, version, body } = row;
  return {
    id,
    kind,
    state,
    title: body.title,
    areaCode,
    areaName: territory.area(areaCode)?.name ?? areaCode,
    unitName: territory.unit(row.unitId)?.name ?? '',
    firstDay,
    lastDay,
    number: numberOf(row),
    madeAt: madeAt.toISOString(),
    issuedAt: issuedAt?.toISOString() ?? null,
    version,
  };
}

/** Who wrote is told to colleagues of the area; the paper names the centre only. */
export async function briefView(parts: BriefsParts, tx: Tx, actor: Actor, row: BriefRow): Promise<BriefView> {
  const accounts = [...Object.values(row.remarks).map(({ by }) => by), row.issuedBy].filter((id) => id !== null);
  const own = actor.kind === 'system' || grantsFor(actor, 'analytics.read', { path: row.path, units: [row.unitId] }).length > 0; // prettier-ignore
  const names = own ? await parts.names(tx, [...new Set(accounts)]) : new Map<string, string>();
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
  const editable = row.state === 'draft' && mayEdit(actor, row.path);
  return {
    ...rowView(parts, row),
    body: row.body,
    remarks: Object.fromEntries(
      Object.entries(row.remarks).map(([key, { text, at, by, machine }]) => [key, { text, at, byName: nameOf(by), machine }]), // prettier-ignore
    ),
    reckonedAt: row.reckonedAt.toISOString(),
    issuedBy: nameOf(row.issuedBy),
    ledger: { seq: row.body.seq, size: row.ledgerSize, root: row.ledgerRoot },
    recipients: row.recipientUnits.map((id) => ({ id, name: parts.territory.unit(id)?.name ?? '' })),
    files: await listFiles(tx, row.id),
    mayEdit: editable,
    assistant: editable && (parts.assistantOn?.() ?? false) && grantsFor(actor, 'assistant.use', { path: row.path, units: [] }).length > 0, // prettier-ignore
  };
}

export function scheduleView(
  { territory }: Pick<BriefsParts, 'territory'>,
  row: ScheduleRow,
): Output<Routes['schedule']>['schedule'] {
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    id: row.id,
    kind: row.kind,
    areaCode: row.areaCode,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    unitName: territory.unit(row.unitId)?.name ?? '',
    at: `${two(Math.floor(row.atMinute / 60))}:${two(row.atMinute % 60)}`,
    workdaysOnly: row.workdaysOnly,
    recipients: row.recipientUnits.map((id) => ({ id, name: territory.unit(id)?.name ?? '' })),
    enabled: row.enabled,
    version: row.version,
  };
}
