import type { Output } from '#contract/route.ts';
import { openVisitStates } from '#contract/visits-words.ts';
import type { visitRoutes } from '#contract/visits.ts';
import { toIsoDate } from '#engine/worktime/days.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import { ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import { openForDuty, type DutyCare } from '#server/modules/people/index.ts';
import type { Vault } from '#server/vault/vault.ts';
import { formWords } from './dictionary.ts';
import type { VisitParts } from './parts.ts';
import { firstForm } from './rules-form.ts';
import { dayOf } from './rules-plan.ts';
import { routeOrder } from './rules-route.ts';
import { openForm, openText } from './sealing.ts';
import { listKnown, listToday, noteReading, type Known, type StoredTask } from './store-task.ts';

type Today = Output<typeof visitRoutes.today>;

/** The fixed purpose under which a worker sees whom to visit. */
const purpose = '当日走访';
/** Place of the community in a path: city, district, street, community. */
const communityAt = 3;

/**
 * Whom the actor is to visit by today, in full and in route order. Whose names are new to them today is a line
 * `care.reveal`: one a day and community; another only when somebody was added.
 */
export async function listMyToday(parts: VisitParts, actor: Actor): Promise<Today> {
  const day = toIsoDate(dayOf(parts.clock.now()));
  const { accountId } = actor;
  if (accountId === null) return { day, items: [] };
  const scope = scopeFor(actor, 'visit.do');
  const tasks = await parts.database.read(scope, (tx) => listToday(tx, scope, accountId, day));
  if (tasks.length === 0) return { day, items: [] };
  const ids = tasks.map(({ personId }) => personId);
  // Seen by the duty, not by the area: whoever stands in elsewhere has to find the door too.
  return parts.database.inTx(systemScope, async (tx) => {
    const people = await openForDuty(tx, parts, ids);
    const known = await listKnown(tx, ids);
    await tellReading(tx, { actor, accountId, day, ids: [...people.keys()], atMs: parts.clock.now() }, tasks);
    return { day, items: toItems(parts, tasks, people, known) };
  });
}

async function tellReading(
  tx: Tx,
  { actor, accountId, day, ids, atMs }: { actor: Actor; accountId: string; day: string; ids: string[]; atMs: number },
  tasks: readonly StoredTask[],
): Promise<void> {
  const fresh = new Set(await noteReading(tx, accountId, day, ids));
  // A line for each community, so that whoever reviews one finds what was seen of its people.
  const shown = Map.groupBy(
    tasks.filter(({ personId }) => fresh.has(personId)),
    ({ path, areaCode }) => path[communityAt] ?? areaCode,
  );
  for (const [areaCode, own] of shown)
    await append(tx, {
      actor: ledgerActor(actor),
      action: 'care.reveal',
      subject: { type: 'visit_day', id: accountId },
      district: own[0]?.district ?? '000000',
      atMs,
      data: { areaCode, count: own.length, day, people: own.map(({ personId }) => personId) },
      words: { purpose },
      audience: [],
    });
}

function toItems(
  parts: VisitParts,
  tasks: readonly StoredTask[],
  people: ReadonlyMap<string, DutyCare>,
  known: ReadonlyMap<string, Known>,
): Today['items'] {
  const found = tasks.flatMap((task) => {
    const person = people.get(task.personId);
    return person === undefined ? [] : [{ task, person }];
  });
  const order = routeOrder(
    found.map(({ task, person }) => ({ id: task.id, lon: person.place.lon, lat: person.place.lat })),
  );
  return found
    .map(({ task, person }) => toItem(parts, order.indexOf(task.id) + 1, task, person, known.get(task.personId)))
    .toSorted((a, b) => a.order - b.order);
}

function toItem(
  { vault }: VisitParts,
  order: number,
  task: StoredTask,
  person: DutyCare,
  known: Known | undefined,
): Today['items'][number] {
  return {
    id: task.id,
    personId: task.personId,
    order,
    name: person.name ?? '',
    phone: person.phone,
    address: person.address ?? '',
    addressDetail: person.addressDetail,
    contact: person.contact,
    tags: person.tags,
    tier: task.tier,
    lon: person.place.lon,
    lat: person.place.lat,
    reason: task.reason,
    reasonWords: task.reasonWords,
    dueAt: task.dueAt.toISOString(),
    lastVisit: lastOf(vault, known),
    state: openVisitStates.find((state) => state === task.state) ?? 'due',
    rung: task.rung,
    nextTryAt: task.nextTryAt?.toISOString() ?? null,
    form: openForm(vault, known?.form ?? null) ?? firstForm(formWords(), person.tags),
    version: task.version,
  };
}

function lastOf(vault: Vault, known: Known | undefined): Today['items'][number]['lastVisit'] {
  if (known === undefined) return null;
  const { at, method, outcome, note } = known;
  if (at === null || method === null || outcome === null) return null;
  return { at: at.toISOString(), method, outcome, note: openText(vault, note, 'visit.note') };
}
