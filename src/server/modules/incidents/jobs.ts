import { toIso } from '#kit/clock.ts';
import { systemScope } from '#server/db/scope.ts';
import { systemActor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { audienceOf, seeEvent } from './access.ts';
import type { IncidentParts } from './parts.ts';
import { dutiesOf, rungsOf, type Duty } from './rules.ts';
import { insertReminder, listOpen, type Incident } from './store.ts';

/**
 * Reminds of reports that are due: at 80 % of their time and when it is over, each exactly once. Whoever has to do with
 * the event hears it by the ledger line. Answers how many rungs were rung.
 */
export async function remindReports(parts: IncidentParts): Promise<number> {
  const nowMs = parts.clock.now();
  const due = (await parts.database.read(systemScope, listOpen)).filter((incident) =>
    dutiesOf(incident).some((duty) => rungsOf(duty, nowMs).length > 0),
  );
  let rung = 0;
  for (const incident of due) rung += await remind(parts, incident, nowMs);
  return rung;
}

async function remind(parts: IncidentParts, incident: Incident, nowMs: number): Promise<number> {
  const seen = await seeEvent(parts, systemActor, incident.eventId);
  return parts.database.inTx(systemScope, async (tx) => {
    let rung = 0;
    for (const duty of dutiesOf(incident)) {
      for (const percent of rungsOf(duty, nowMs)) rung += await ring(percent, duty);
    }
    return rung;

    async function ring(percent: 80 | 100, duty: Duty): Promise<number> {
      const { dueMs } = duty;
      if (dueMs === null) return 0;
      const isNew = await insertReminder(tx, { incidentId: incident.id, duty: duty.kind, dueMs, rung: percent, nowMs });
      if (!isNew) return 0;
      await append(tx, {
        actor: { kind: 'system', accountId: null },
        action: 'incident.remind',
        subject: { type: 'incident', id: incident.id },
        district: incident.district,
        atMs: nowMs,
        data: {
          eventId: incident.eventId,
          number: seen.event.number,
          level: incident.level,
          duty: duty.kind,
          rung: percent,
          dueAt: toIso(dueMs),
        },
        audience: audienceOf(seen),
      });
      return 1;
    }
  });
}
