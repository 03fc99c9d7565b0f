import { AppError } from '#kit/errors.ts';
import type { Unit } from '#server/modules/grids/index.ts';
import { grantsFor, type Actor, type Grant } from '#server/modules/identity/index.ts';
import type { EventDetail, IncidentParts } from './parts.ts';

/** An event as its viewer sees it, and the areas above its place. */
export interface SeenEvent {
  event: EventDetail;
  path: readonly string[];
}

/** @throws AppError not_found when there is no such event or it is not the viewer's to see */
export async function seeEvent(parts: IncidentParts, actor: Actor, id: string): Promise<SeenEvent> {
  const event = await parts.events.handlers.get({ params: { id }, query: {}, body: {} }, { actor });
  const smallest = event.grid ?? event.community ?? event.street ?? event.district;
  return { event, path: parts.territory.area(smallest)?.path ?? [parts.territory.city().code, event.district] };
}

/** The appointment under which somebody may report: at a centre over the place, at the owner, or at the unit that leads. */
export function reportingGrant(actor: Actor, { event, path }: SeenEvent): Grant | undefined {
  const leads = event.tasks.filter(
    ({ part, status }) => part === 'lead' && !['returned', 'withdrawn', 'waived'].includes(status),
  );
  const units = [event.ownerUnit.id, ...leads.map(({ unit }) => unit.id)];
  return grantsFor(actor, 'incident.report', { path, units })[0];
}

/** @throws AppError not_allowed */
export function getReporter(
  parts: IncidentParts,
  actor: Actor,
  seen: SeenEvent,
): { grant: Grant; unit: Unit | undefined } {
  const grant = reportingGrant(actor, seen);
  if (grant === undefined)
    throw new AppError(
      'not_allowed',
      'Incidents are reported by the centres over the place, the owner, and the unit that leads. Ask one of them.',
    );
  return { grant, unit: parts.territory.unit(grant.unitId) };
}

/** Who is told live: the areas of the place, the owner and every unit with a task. */
export function audienceOf({ event, path }: SeenEvent): string[] {
  return [
    ...path.map((code) => `a:${code}`),
    ...new Set([`u:${event.ownerUnit.id}`, ...event.tasks.map(({ unit }) => `u:${unit.id}`)]),
  ];
}
