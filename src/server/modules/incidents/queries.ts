import type { IncidentView, PhoneFields, WrittenFields, WrittenKind } from '#contract/incidents.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { getReporter, reportingGrant, seeEvent, type SeenEvent } from './access.ts';
import { layOut, type ReportFacts } from './document.ts';
import { draftReport } from './draft.ts';
import type { IncidentParts } from './parts.ts';
import { dutiesOf, isLate } from './rules.ts';
import { findIncident, listReports, type Incident, type StoredReport } from './store.ts';
import { toDocx } from './to-docx.ts';
import { toPdf } from './to-pdf.ts';
import { kindWords } from './words.ts';

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(ms));

/** The incident of an event, or null; and whether this viewer may report. */
export async function getIncident(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
): Promise<{ incident: IncidentView | null; mayReport: boolean }> {
  const seen = await seeEvent(parts, actor, eventId);
  const found = await read(parts, actor, eventId);
  return {
    incident: found === undefined ? null : toView(parts, found.incident, found.reports),
    mayReport: reportingGrant(actor, seen) !== undefined,
  };
}

/** A proposal for the next written report. @throws AppError not_allowed, not_found */
export async function getDraft(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
  kind: WrittenKind,
): Promise<{ fields: WrittenFields }> {
  const seen = await seeEvent(parts, actor, eventId);
  getReporter(parts, actor, seen);
  const found = await read(parts, actor, eventId);
  if (found === undefined)
    throw new AppError('not_found', 'This event was not declared an incident. Declare it first.');
  const category = (await parts.events.dictionary.get()).categories.get(seen.event.categoryCode)?.name ?? '';
  return {
    fields: draftReport(kind, {
      seen,
      areaNames: namesOf(parts, seen),
      category,
      last: found.reports.findLast((report) => report.kind !== 'phone'),
    }),
  };
}

/** From the district down to the community: grids are our own division and say nothing to the reader. */
function namesOf({ territory }: IncidentParts, { path }: SeenEvent): string[] {
  return path
    .map((code) => territory.area(code))
    .filter((area) => area !== undefined && ['district', 'street', 'community'].includes(area.tier))
    .map((area) => area?.name ?? '');
}

export interface ReportFile {
  name: string;
  type: string;
  bytes: Buffer;
}

/** A written report as a file. @throws AppError not_found */
export async function getDocument(
  parts: IncidentParts,
  actor: Actor,
  where: { id: string; reportId: string },
  format: 'docx' | 'pdf',
): Promise<ReportFile> {
  const seen = await seeEvent(parts, actor, where.id);
  const found = await read(parts, actor, where.id);
  const report = found?.reports.find((one) => one.id === where.reportId);
  if (report === undefined || report.kind === 'phone')
    throw new AppError('not_found', 'There is no such written report of this event.');
  const facts: ReportFacts = {
    kind: report.kind,
    ordinal: report.ordinal,
    eventNumber: seen.event.number,
    eventTitle: seen.event.title,
    level: report.level,
    unitName: parts.territory.unit(report.unitId)?.name ?? '',
    issuedMs: report.issuedMs,
    fields: report.fields as WrittenFields,
  };
  const page = layOut(facts);
  const name = `${seen.event.number}-${kindWords(report.kind, report.ordinal)}.${format}`;
  return format === 'pdf'
    ? { name, type: 'application/pdf', bytes: await toPdf(page, report.issuedMs) }
    : {
        name,
        type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        bytes: await toDocx(page),
      };
}

function read(
  parts: IncidentParts,
  actor: Actor,
  eventId: string,
): Promise<{ incident: Incident; reports: StoredReport[] } | undefined> {
  return parts.database.read(scopeOf(actor), async (tx) => {
    const incident = await findIncident(tx, eventId);
    return incident === undefined ? undefined : { incident, reports: await listReports(tx, incident.id) };
  });
}

function toView(parts: IncidentParts, incident: Incident, reports: readonly StoredReport[]): IncidentView {
  const nowMs = parts.clock.now();
  return {
    id: incident.id,
    ruleCode: incident.ruleCode,
    level: incident.level,
    knownAt: toIso(incident.knownMs),
    declaredAt: toIso(incident.declaredMs),
    finalAt: isoOrNull(incident.finalMs),
    version: incident.version,
    duties: dutiesOf(incident).map((duty) => ({
      kind: duty.kind,
      startedAt: toIso(duty.startedMs),
      dueAt: isoOrNull(duty.dueMs),
      doneAt: isoOrNull(duty.doneMs),
      late: isLate(duty, nowMs),
    })),
    reports: reports.map((report) => ({
      id: report.id,
      kind: report.kind,
      ordinal: report.ordinal,
      level: report.level,
      issuedAt: toIso(report.issuedMs),
      dueAt: isoOrNull(report.dueMs),
      late: report.late,
      unitName: parts.territory.unit(report.unitId)?.name ?? '',
      phone: report.kind === 'phone' ? (report.fields as PhoneFields) : null,
      written: report.kind === 'phone' ? null : (report.fields as WrittenFields),
    })),
  };
}
