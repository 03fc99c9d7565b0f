import type { textRoutes } from '#contract/texts.ts';
import { suggestionKinds } from '#contract/texts.ts';
import type { Output } from '#contract/route.ts';
import type { PlaceFinder } from '#engine/text/places.ts';
import { toIso } from '#kit/clock.ts';
import { AppError } from '#kit/errors.ts';
import { uuidV7 } from '#kit/ids.ts';
import { systemScope } from '#server/db/scope.ts';
import type { EventText } from '#server/modules/events/index.ts';
import { grantsFor, ledgerActor, scopeOf, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { urgencyFinder } from './dictionary.ts';
import { namesOf } from './names.ts';
import type { Models } from './models.ts';
import type { TextParts } from './parts.ts';
import { isUndecided, standOf } from './rules.ts';
import { insertSuggestion } from './store-suggestion.ts';
import { suggest, type Suggested } from './suggest.ts';

type Advice = Output<(typeof textRoutes)['advise']>;
type Field = 'title' | 'text';

export interface AdviseTools {
  models: Models;
  gazetteer: () => Promise<PlaceFinder>;
}

/**
 * What the platform would decide about an event that nobody decided yet, and what its words say. What is shown to somebody
 * who may decide is written down once, so that it can be counted whether it helped.
 * @throws AppError not_found
 */
export async function advise(parts: TextParts, tools: AdviseTools, actor: Actor, id: string): Promise<Advice> {
  const event = await parts.database.read(scopeOf(actor), async (tx) => (await parts.events.of(tx, [id]))[0]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event, or it is not yours to see.');
  const undecided = isUndecided(event.status);
  const found = undecided ? await suggest(tools.models, event) : [];
  const suggestions = found.flatMap((one) => {
    const unitId = one.kind === 'lead' ? unitOf(parts, event, one.code) : null;
    // A class that stands already needs no advice; a role nobody here holds gives none.
    const useless = one.kind === 'lead' ? unitId === null : standOf(one.kind, event) === one.code;
    return useless ? [] : [{ ...one, unitId }];
  });
  if (mayDecide(actor, event)) await remember(parts, actor, event, suggestions);
  const [finder, nameOf] = [await tools.gazetteer(), await namesOf(parts)];
  return {
    suggestions: suggestions.map(({ model, ...one }) => ({
      ...one,
      ...nameOf(one.kind, one.code),
      ...unitNames(parts, one.unitId),
      stands: standOf(one.kind, event),
      examples: model.examples,
      trainedAt: toIso(model.trainedAt.getTime()),
    })),
    silent: undecided ? suggestionKinds.filter((kind) => found.every((one) => one.kind !== kind)) : [],
    urgency: urgencyOf(event),
    places: placesOf(event, finder),
  };
}

/** The unit of a role that the desk holding the event can give it to. */
function unitOf({ territory }: TextParts, event: EventText, roleCode: string): string | null {
  const reachable = territory.reachableUnits(event.ownerUnitId, event.path);
  return reachable.find((unit) => unit.roleCode === roleCode)?.id ?? null;
}

function unitNames({ territory }: TextParts, unitId: string | null): { name?: string; nameEn?: string } {
  const unit = unitId === null ? undefined : territory.unit(unitId);
  return unit === undefined ? {} : { name: unit.name, nameEn: unit.nameEn === '' ? unit.name : unit.nameEn };
}

function mayDecide(actor: Actor, event: EventText): boolean {
  const reach = { path: event.path, units: [event.ownerUnitId] };
  return (['event.file', 'event.dispatch', 'event.verify'] as const).some(
    (word) => grantsFor(actor, word, reach).length > 0,
  );
}

async function remember(parts: TextParts, actor: Actor, event: EventText, shown: readonly Suggested[]): Promise<void> {
  if (shown.length === 0) return;
  const nowMs = parts.clock.now();
  await parts.database.inTx(systemScope, async (tx) => {
    for (const one of shown) {
      const id = uuidV7(nowMs);
      const row = {
        id,
        eventId: event.id,
        kind: one.kind,
        modelId: one.model.id,
        code: one.code,
        probability: one.probability,
        stood: standOf(one.kind, event),
        district: event.district,
        path: event.path,
        shownAt: new Date(nowMs),
      };
      if (!(await insertSuggestion(tx, row))) continue;
      await append(tx, {
        actor: ledgerActor(actor),
        action: 'suggestion.show',
        subject: { type: 'suggestion', id },
        district: event.district,
        atMs: nowMs,
        data: { eventId: event.id, kind: one.kind, code: one.code, stood: row.stood, modelId: one.model.id },
      });
    }
  });
}

function urgencyOf(event: EventText): Advice['urgency'] {
  const found = new Map<string, Advice['urgency'][number]>();
  for (const field of ['title', 'text'] as const) {
    for (const { word, kind, start, end } of urgencyFinder().find(event[field])) {
      const known = found.get(word) ?? { word, kind, spans: [] };
      known.spans.push({ field, from: start, to: end });
      found.set(word, known);
    }
  }
  return [...found.values()];
}

function placesOf(event: EventText, finder: PlaceFinder): Advice['places'] {
  const found = new Map<string, Advice['places'][number]>();
  for (const field of ['title', 'text'] as const satisfies readonly Field[]) {
    for (const { name, kind, areaCode, lon, lat, start, end } of finder.find(event[field], event.path)) {
      const known = found.get(name) ?? { name, kind, areaCode, lon, lat, spans: [] };
      known.spans.push({ field, from: start, to: end });
      found.set(name, known);
    }
  }
  return [...found.values()];
}
