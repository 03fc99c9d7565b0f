import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { AppError } from '#kit/errors.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { toCertificatePdf } from './certificate-pdf.ts';
import { openBody } from './certificates.ts';
import { holdLink } from './commands-own.ts';
import { personOf, reachStation, reaches, sealedAt, type VolunteersParts } from './parts.ts';
import { stationNames } from './queries-people.ts';
import { hoursOf } from './rules.ts';
import { findCertificate, type CertificateRow } from './store-certificate.ts';
import { findExport, listConfirmed, type ExportRow, type StoredExport } from './store-hours.ts';
import { listOfVolunteer } from './store-sign-up.ts';

export interface MadeFile {
  name: string;
  type: string;
  bytes: Buffer;
}

const pastDays = 30;

/** One's own shifts as iCalendar, each with an alarm a day before. @throws AppError not_found, link_ended */
export async function readCalendar(parts: VolunteersParts, file: string): Promise<MadeFile> {
  const secret = file.replace(/\.ics$/, '');
  const text = await parts.database.read(systemScope, async (tx) => {
    const volunteer = await holdLink(tx, secret);
    const stations = await stationNames(tx);
    const sinceMs = parts.clock.now() - pastDays * 86_400_000;
    const calendar = ical({
      name: '小红伞志愿服务',
      method: ICalCalendarMethod.PUBLISH,
      prodId: { company: 'Huangge', product: 'volunteers', language: 'ZH' },
      ttl: 3600,
    });
    for (const one of await listOfVolunteer(tx, volunteer.id, 400)) {
      if (one.endsAt.getTime() < sinceMs) continue;
      const station = stations.get(one.stationId);
      const post = parts.words.posts.get(one.post)?.name ?? one.post;
      const event = calendar.createEvent({
        id: `${one.id}@huangge`,
        sequence: one.version - 1,
        start: one.startsAt,
        end: one.endsAt,
        stamp: one.changedAt,
        lastModified: one.changedAt,
        summary: `${post} ${station?.name ?? ''}`,
        location: station?.address ?? '',
        status: ICalEventStatus.CONFIRMED,
      });
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore: 86_400, description: '明天有志愿服务' });
    }
    return calendar.toString();
  });
  return { name: 'volunteer.ics', type: 'text/calendar; charset=utf-8', bytes: Buffer.from(text, 'utf8') };
}

const noPaper = (): AppError =>
  new AppError('not_found', 'There is no such certificate, or it is not yours to see. Reload the page.');

/** The PDF of one's own certificate. @throws AppError not_found, also after the holder was erased */
export function ownCertificate(parts: VolunteersParts, { secret, id }: { secret: string; id: string }) {
  return parts.database.read(systemScope, async (tx) => {
    const volunteer = await holdLink(tx, secret);
    const row = await findCertificate(tx, { id });
    if (row === undefined || row.volunteerId !== volunteer.id) throw noPaper();
    return paper(parts, row);
  });
}

export function certificateFile(parts: VolunteersParts, actor: Actor, id: string): Promise<MadeFile> {
  return parts.database.read(systemScope, async (tx) => {
    const row = await findCertificate(tx, { id });
    if (row === undefined || !reaches(actor, 'station.manage', row)) throw noPaper();
    return paper(parts, row);
  });
}

async function paper(parts: VolunteersParts, row: CertificateRow): Promise<MadeFile> {
  const body = openBody(parts, row);
  if (body === null) throw noPaper();
  const bytes = await toCertificatePdf(body, {
    postName: (code) => parts.words.posts.get(code)?.name ?? code,
    checkUrl: `${parts.publicUrl}/c/${row.number}`,
    fingerprint: row.bodyHash.toString('hex'),
    withdrawn: row.withdrawnAt !== null,
    issuedMs: row.issuedAt.getTime(),
  });
  return { name: `志愿服务记录证明 ${row.number}.pdf`, type: 'application/pdf', bytes };
}

const keptMs = 3_600_000;

/** The list of hours somebody said they take out: for them, for an hour. @throws AppError not_found, link_ended */
export function exportFile(parts: VolunteersParts, actor: Actor, id: string): Promise<MadeFile> {
  const accountId = personOf(actor);
  return parts.database.read(systemScope, async (tx) => {
    const asked = await findExport(tx, id);
    if (asked === undefined || asked.accountId !== accountId)
      throw new AppError('not_found', 'There is no such list, or somebody else took it out. Say anew what it is for.');
    const station = await reachStation(tx, actor, asked.stationId, 'station.manage');
    if (parts.clock.now() > asked.madeAt.getTime() + keptMs)
      throw new AppError('link_ended', 'A list is fetched within the hour. Say anew what it is for.');
    const rows = await listConfirmed(tx, asked.stationId, { from: asked.from, until: asked.until });
    const bytes = await toSheet(parts, { asked, stationName: station.name }, rows);
    return {
      name: `志愿服务时长 ${station.name} ${asked.from} ${asked.until}.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes,
    };
  });
}

const heads = ['姓名', '电话', '服务岗位', '服务日期', '实际开始', '实际结束', '分钟', '时长（小时）', '导出编号'];
const widths = [12, 16, 14, 13, 18, 18, 8, 13, 38];
const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});

/** Who took it, when and what for stand above the rows, and its number beside each. Every cell is text. */
function toSheet(
  parts: VolunteersParts,
  { asked, stationName }: { asked: StoredExport; stationName: string },
  rows: readonly ExportRow[],
): Promise<Buffer> {
  const text = (value: string) => ({ value, type: String });
  const across = (value: string) => [
    { value, type: String, columnSpan: heads.length, fontWeight: 'bold' as const, wrap: true },
    ...heads.slice(1).map(() => null),
  ];
  const purpose = parts.vault.open(asked.purpose, sealedAt.purpose);
  const data: SheetData = [
    across(`志愿服务时长　${stationName}　${asked.from} 至 ${asked.until}`),
    across(
      `取用：${asked.accountName}　${clock.format(asked.madeAt)}　用途：${purpose}　仅限此用途，不得转发；用毕删除。`,
    ),
    heads.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map((row) => cellsOf(parts, row, asked.id).map(text)),
  ];
  const options = {
    sheet: '时长',
    columns: widths.map((width) => ({ width })),
    orientation: 'landscape' as const,
    stickyRowsCount: 3,
  };
  return writeExcelFile(data, options).toBuffer();
}

function cellsOf({ vault, words }: VolunteersParts, row: ExportRow, exportId: string): string[] {
  return [
    row.name === null ? '（已删除）' : vault.open(row.name, sealedAt.name),
    row.phone === null ? '' : vault.open(row.phone, sealedAt.phone),
    words.posts.get(row.post)?.name ?? row.post,
    row.day,
    clock.format(row.arrivedAt),
    clock.format(row.leftAt),
    String(row.minutes),
    String(hoursOf(row.minutes, words.rules.hour_step_minutes)),
    exportId,
  ];
}
