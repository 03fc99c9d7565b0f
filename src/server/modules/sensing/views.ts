import type { z } from 'zod';
import type { alarmRow, sourceView, thresholdView } from '#contract/sensing-views.ts';
import { toIso } from '#kit/clock.ts';
import type { LiveTerritory } from '#server/modules/grids/index.ts';
import type { ThresholdRow } from './store-threshold.ts';
import type { AlarmRecord } from './store-alarm-list.ts';
import type { SourceRow } from './store-source.ts';

const iso = (date: Date | null) => (date === null ? null : toIso(date.getTime()));

export function toAlarmRow(
  territory: LiveTerritory,
  names: ReadonlyMap<string, string>,
  row: AlarmRecord,
): z.input<typeof alarmRow> {
  const { deviceId, deviceCode, deviceName, deviceKind, sourceCode, sourceName, eventId, eventNumber } = row;
  const unit = territory.unit(row.unitId);
  return {
    id: row.id,
    kind: row.kind,
    priority: row.priority,
    device:
      deviceId === null
        ? null
        : { id: deviceId, code: deviceCode ?? '', name: deviceName ?? '', kind: deviceKind ?? '' },
    source: sourceCode === null ? null : { code: sourceCode, name: sourceName ?? '' },
    condition: row.clearedAt === null ? 'active' : 'cleared',
    acknowledged: row.acknowledgedAt !== null,
    acknowledgedAt: iso(row.acknowledgedAt),
    acknowledgedBy: row.acknowledgedBy === null ? null : (names.get(row.acknowledgedBy) ?? null),
    outcome: row.outcome,
    raisedAt: toIso(row.raisedAt.getTime()),
    receivedAt: toIso(row.receivedAt.getTime()),
    clearedAt: iso(row.clearedAt),
    clearedHow: row.clearedHow,
    metric: row.metric,
    value: row.value,
    unit: row.unit,
    text: row.text,
    repeats: row.repeats,
    lastAt: toIso(row.lastAt.getTime()),
    event: eventId === null ? null : { id: eventId, number: eventNumber ?? '' },
    eventWaiting: row.eventWaiting,
    refused: row.refusedStep === null ? null : { step: row.refusedStep, code: row.refusedCode ?? '' },
    areaCode: row.areaCode,
    areaName: territory.area(row.areaCode)?.name ?? row.areaCode,
    unitId: row.unitId,
    unitName: unit?.name ?? '',
    lon: row.lon,
    lat: row.lat,
    placeWords: row.placeWords,
    test: row.test,
    clockWrong: row.clockWrong,
    secondChannelAt: iso(row.secondAt),
    version: row.version,
  };
}

export function toThresholdView({ updatedAt, retiredAt, ...row }: ThresholdRow): z.input<typeof thresholdView> {
  return { ...row, updatedAt: toIso(updatedAt.getTime()), retired: retiredAt !== null };
}

export function toSourceView(
  publicUrl: string,
  { secret: _secret, lastAt, ...row }: SourceRow,
): z.input<typeof sourceView> {
  return { ...row, url: new URL(`/api/alerts/${row.code}`, publicUrl).href, lastAt: iso(lastAt) };
}
