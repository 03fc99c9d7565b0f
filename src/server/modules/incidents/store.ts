import { sql } from 'kysely';
import type { ReportKind } from '#contract/incidents.ts';
import { toIso } from '#kit/clock.ts';
import type { Tx } from '#server/db/pool.ts';
import type { IncidentFacts, RuleLevel } from './rules.ts';

export interface Incident extends IncidentFacts {
  id: string;
  eventId: string;
  district: string;
  ruleCode: string;
  level: number;
  declaredMs: number;
  version: number;
}

export interface StoredReport {
  id: string;
  kind: ReportKind;
  ordinal: number;
  fields: Record<string, unknown>;
  level: number;
  late: boolean;
  dueMs: number | null;
  issuedMs: number;
  unitId: string;
}

export interface RuleRow extends RuleLevel {
  code: string;
  name: string;
  nameEn: string;
  certainty: string;
  note: string;
  version: number;
}

const msOrNull = (value: Date | null): number | null => (value === null ? null : value.getTime());
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(ms));

const columns = sql`i.id, i.event_id as "eventId", i.district, i.rule_code as "ruleCode", i.level, i.known_at as "knownAt",
  i.declared_at as "declaredAt", i.phone_due as "phoneDue", i.first_due as "firstDue", i.phone_at as "phoneAt",
  i.first_at as "firstAt", i.continued_due as "continuedDue", i.continued, i.final_at as "finalAt", i.version,
  (select max(r.issued_at) from incident_report r where r.incident_id = i.id and r.kind <> 'phone') as "lastWritten"`;

interface Row {
  id: string;
  eventId: string;
  district: string;
  ruleCode: string;
  level: number;
  knownAt: Date;
  declaredAt: Date;
  phoneDue: Date;
  firstDue: Date;
  phoneAt: Date | null;
  firstAt: Date | null;
  continuedDue: Date | null;
  continued: number;
  finalAt: Date | null;
  version: number;
  lastWritten: Date | null;
}

function toIncident(row: Row): Incident {
  const { id, eventId, district, ruleCode, level, continued, version } = row;
  return {
    id,
    eventId,
    district,
    ruleCode,
    level,
    continued,
    version,
    knownMs: row.knownAt.getTime(),
    declaredMs: row.declaredAt.getTime(),
    phoneDueMs: row.phoneDue.getTime(),
    firstDueMs: row.firstDue.getTime(),
    phoneMs: msOrNull(row.phoneAt),
    firstMs: msOrNull(row.firstAt),
    continuedDueMs: msOrNull(row.continuedDue),
    lastWrittenMs: msOrNull(row.lastWritten),
    finalMs: msOrNull(row.finalAt),
  };
}

/** The incident of an event; `lock` keeps everybody else from changing it until the transaction ends. */
export async function findIncident(tx: Tx, eventId: string, lock = false): Promise<Incident | undefined> {
  const { rows } = await sql<Row>`select ${columns} from incident i where i.event_id = ${eventId}
    ${lock ? sql`for update of i` : sql``}`.execute(tx.db);
  return rows[0] === undefined ? undefined : toIncident(rows[0]);
}

/** Incidents whose final report has not been issued. */
export async function listOpen(tx: Tx): Promise<Incident[]> {
  const { rows } = await sql<Row>`select ${columns} from incident i where i.final_at is null`.execute(tx.db);
  return rows.map(toIncident);
}

/** Answers false when the event is an incident already. */
export async function insertIncident(tx: Tx, incident: Incident, by: string | null): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('incident')
    .values({
      id: incident.id,
      event_id: incident.eventId,
      district: incident.district,
      rule_code: incident.ruleCode,
      level: incident.level,
      known_at: toIso(incident.knownMs),
      declared_at: toIso(incident.declaredMs),
      declared_by: by,
      phone_due: toIso(incident.phoneDueMs),
      first_due: toIso(incident.firstDueMs),
    })
    .onConflict((conflict) => conflict.column('event_id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function saveIncident(tx: Tx, incident: Incident): Promise<void> {
  await tx.db
    .updateTable('incident')
    .set({
      level: incident.level,
      phone_due: toIso(incident.phoneDueMs),
      first_due: toIso(incident.firstDueMs),
      phone_at: isoOrNull(incident.phoneMs),
      first_at: isoOrNull(incident.firstMs),
      continued_due: isoOrNull(incident.continuedDueMs),
      continued: incident.continued,
      final_at: isoOrNull(incident.finalMs),
      version: incident.version,
    })
    .where('id', '=', incident.id)
    .execute();
}

export async function insertReport(
  tx: Tx,
  incidentId: string,
  report: StoredReport & { by: string | null; made: number },
): Promise<void> {
  await tx.db
    .insertInto('incident_report')
    .values({
      id: report.id,
      incident_id: incidentId,
      kind: report.kind,
      ordinal: report.ordinal,
      fields: JSON.stringify(report.fields),
      level: report.level,
      made: report.made,
      late: report.late,
      due_at: isoOrNull(report.dueMs),
      issued_at: toIso(report.issuedMs),
      issued_by: report.by,
      unit_id: report.unitId,
    })
    .execute();
}

export async function listReports(tx: Tx, incidentId: string): Promise<StoredReport[]> {
  const rows = await tx.db
    .selectFrom('incident_report')
    .select(['id', 'kind', 'ordinal', 'fields', 'level', 'late', 'due_at', 'issued_at', 'unit_id'])
    .where('incident_id', '=', incidentId)
    .orderBy('made')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as ReportKind,
    ordinal: row.ordinal,
    fields: row.fields as Record<string, unknown>,
    level: row.level,
    late: row.late,
    dueMs: msOrNull(row.due_at),
    issuedMs: row.issued_at.getTime(),
    unitId: row.unit_id,
  }));
}

/** Answers false when this rung was rung before. */
export async function insertReminder(
  tx: Tx,
  rung: { incidentId: string; duty: string; dueMs: number; rung: number; nowMs: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('incident_reminder')
    .values({
      incident_id: rung.incidentId,
      duty: rung.duty,
      due_at: toIso(rung.dueMs),
      rung: rung.rung,
      rung_at: toIso(rung.nowMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

// ── rule sets ───────────────────────────────────────────────────────────────────────────────────────────────────────

export async function listRules(tx: Tx): Promise<RuleRow[]> {
  const rows = await tx.db.selectFrom('incident_rule').selectAll().orderBy('code').orderBy('level').execute();
  return rows.map((row) => ({
    code: row.code,
    level: row.level,
    name: row.name,
    nameEn: row.name_en,
    phoneMinutes: row.phone_minutes,
    writtenMinutes: row.written_minutes,
    continueHours: row.continue_hours,
    continueAt: row.continue_at,
    certainty: row.certainty,
    note: row.note,
    version: row.version,
  }));
}

export async function saveRules(tx: Tx, rows: readonly RuleRow[]): Promise<void> {
  for (const row of rows) {
    const facts = {
      name: row.name,
      name_en: row.nameEn,
      phone_minutes: row.phoneMinutes,
      written_minutes: row.writtenMinutes,
      continue_hours: row.continueHours,
      continue_at: [...row.continueAt],
      certainty: row.certainty,
      note: row.note,
      version: row.version,
    };
    await tx.db
      .insertInto('incident_rule')
      .values({ code: row.code, level: row.level, ...facts })
      .onConflict((conflict) => conflict.columns(['code', 'level']).doUpdateSet(facts))
      .execute();
  }
}
