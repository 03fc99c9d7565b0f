import { sql } from 'kysely';
import type { Channel, EventStatus, Verb } from '#contract/events-words.ts';
import type { Database, Tx } from '#server/db/pool.ts';
import { systemScope } from '#server/db/scope.ts';
import type { Territory } from '#server/modules/grids/index.ts';
import type { Actor } from '#server/modules/identity/index.ts';
import { linesBetween, type LineMark } from '#server/modules/ledger/index.ts';
import { act, type CommandResult, type Kit } from './act.ts';
import { note } from './commands-handle.ts';
import { reportEvent } from './commands-report.ts';
import type { Category } from './library.ts';
import { toVerb } from './queries.ts';
import type { ReportBody } from './report-prepare.ts';
import type { ReportResult } from './report-send.ts';
import { findPlaces, type FoundPlace } from './store-place.ts';

/**
 * What modules above may publish of events, for anybody on earth to read: only categories residents may report, no
 * persons, no reporters. What of a row is shown (exact position, words) is for the caller to decide; this is the raw row.
 */
export interface OpenEvent {
  id: string;
  number: string;
  categoryCode: string;
  channel: Channel;
  status: EventStatus;
  description: string;
  placeWords: string;
  lon: number | null;
  lat: number | null;
  ownerUnitId: string;
  /** Codes of the areas that contain it, city first. */
  path: string[];
  reportedAt: Date;
  updatedAt: Date;
  /** When it was closed, declined, merged or cancelled. */
  endedAt: Date | null;
  dueAt: Date | null;
  mergedInto: string | null;
  /** Number of the event it was merged into, where that may be published too. */
  mergedNumber: string | null;
  /** Oldest photo of a report released to the public. */
  photoId: string | null;
  /** Account of the program that brought it in by channel `open311`. */
  broughtBy: string | null;
}

export interface OpenFilter {
  fromMs: number;
  toMs: number;
  categoryCodes: readonly string[] | null;
  /** null: both. */
  open: boolean | null;
  limit: number;
  offset: number;
}

/** One step of an event that the public may know happened. */
export interface OpenStep {
  id: string;
  at: Date;
  verb: Verb;
  /** Status after it. */
  status: EventStatus;
  /** What was written for the reporter; not for the public. */
  words: string;
  event: OpenEvent;
}

export interface OpenData {
  /** All categories, retired ones too. */
  categories(): Promise<ReadonlyMap<string, Category>>;
  /** When the level library was published last. */
  changedAt(): Promise<Date>;
  /** Newest first; the order is total, so pages neither overlap nor leave gaps while `toMs` stays the same. */
  list(filter: OpenFilter): Promise<OpenEvent[]>;
  /** By number or id; unknown and unpublished ones are missing. */
  find(wanted: { numbers: readonly string[] } | { ids: readonly string[] }): Promise<OpenEvent[]>;
  /** Number of the event that channel `open311` brought in under this reference. */
  findBySource(sourceRef: string): Promise<string | undefined>;
  /** Oldest first, at most `limit` after the first `offset`. */
  steps(span: { fromMs: number; toMs: number; limit: number; offset: number }): Promise<OpenStep[]>;
  places(words: string): Promise<FoundPlace[]>;
  /** The stored file of a photo released to the public. */
  findPhoto(id: string): Promise<{ storageKey: string } | undefined>;
  /** `rehearse`: everything is done and answered, then rolled back; numbers of the sequence are used up. */
  report(actor: Actor, body: ReportBody, options: { rehearse: boolean }): Promise<ReportResult>;
  addNote(
    actor: Actor,
    id: string,
    body: { opId: string; at?: string | undefined; note: string },
    options: { rehearse: boolean },
  ): Promise<CommandResult>;
}

/** Steps that are public, with the ledger's word for what was written for the reporter. */
const publicSteps: Partial<Record<Verb, string>> = {
  receive: '',
  verify: '',
  file: '',
  decline: 'reason',
  dispatch: '',
  arrive: '',
  finish: 'result',
  check: '',
  self_handle: 'result',
  shelve: 'reason',
  resume: '',
  merge: '',
  unmerge: '',
  reopen: '',
  cancel: '',
};

export function openData(kit: Kit): OpenData {
  const rehearsal: Kit = { ...kit, database: rehearsing(kit.database) };
  const read = <T>(work: (tx: Tx) => Promise<T>) => kit.database.read(systemScope, work);
  const published = async () => {
    const { categories } = await kit.dictionary.get();
    return [...categories.values()].filter((one) => one.publicReport).map((one) => one.code);
  };
  return {
    categories: async () => (await kit.dictionary.get()).categories,
    changedAt: () => read(readChangedAt),
    async list(filter) {
      const codes = await published();
      const wanted = filter.categoryCodes;
      const chosen = wanted === null ? codes : codes.filter((code) => wanted.includes(code));
      return read((tx) => listOpen(tx, codes, { ...filter, categoryCodes: chosen, city: onlyCity(kit.territory) }));
    },
    async find(wanted) {
      const codes = await published();
      return read((tx) => findOpen(tx, codes, wanted));
    },
    findBySource: (sourceRef) => read((tx) => findBySource(tx, sourceRef)),
    async steps(span) {
      const codes = await published();
      return read((tx) => listSteps(tx, codes, span));
    },
    places: (words) => read((tx) => findPlaces(tx, kit.territory, words)),
    async findPhoto(id) {
      const codes = await published();
      return read((tx) => findPublicPhoto(tx, codes, id));
    },
    report: (actor, body, { rehearse }) => reportEvent(rehearse ? rehearsal : kit, actor, body),
    addNote: (actor, id, body, { rehearse }) =>
      act(rehearse ? rehearsal : kit, { actor }, id, { ...body, attachments: [] }, note),
  };
}

class RolledBack extends Error {}

/** A database whose changes are made, judged by every constraint, and then undone. */
function rehearsing(database: Database): Database {
  return {
    ...database,
    async inTx<T>(scope: Parameters<Database['inTx']>[0], work: (tx: Tx) => Promise<T>): Promise<T> {
      let answer: { value: T } | undefined;
      try {
        await database.inTx(scope, async (tx) => {
          answer = { value: await work({ db: tx.db, afterCommit: () => undefined }) };
          await sql`set constraints all immediate`.execute(tx.db);
          throw new RolledBack();
        });
      } catch (error) {
        if (error instanceof RolledBack && answer !== undefined) return answer.value;
        throw error;
      }
      throw new Error('A rehearsal always ends by rolling back.');
    },
  };
}

async function readChangedAt(tx: Tx): Promise<Date> {
  const row = await tx.db
    .selectFrom('library_version')
    .select((eb) => eb.fn.max('published_at').as('at'))
    .executeTakeFirst();
  return new Date(row?.at ?? 0);
}

/** `codes` are the published categories: what is read always, and what the number of a merger's target may show. */
function columns(codes: readonly string[]) {
  return sql`select e.id, e.number, e.category_code as "categoryCode", e.channel, e.status, e.description, e.place_words as "placeWords", e.lon, e.lat,
    e.owner_unit_id as "ownerUnitId", array_remove(array[e.city, e.district, e.street, e.community, e.grid], null) as path,
    e.reported_at as "reportedAt", e.updated_at as "updatedAt", e.ended_at as "endedAt", e.due_at as "dueAt", e.merged_into as "mergedInto",
    (select m.number from event m where m.id = e.merged_into and m.category_code = any(${[...codes]}::text[])) as "mergedNumber",
    (select a.id from attachment a where a.event_id = e.id and a.public and a.kind = 'report' order by a.created_at, a.id limit 1) as "photoId",
    case when e.channel = 'open311' then (select r.account_id from event_reporter r where r.event_id in (e.id, e.merged_into)
      and r.original_event_id = e.id and not r.joined limit 1) end as "broughtBy"
    from event e`;
}

/** The one root every event lies under; null in a territory of several. */
function onlyCity(territory: Territory): string | null {
  const roots = territory.children('');
  return roots.length === 1 ? (roots[0]?.code ?? null) : null;
}

/** Naming the city, which excludes nothing, lets the index on (city, reported_at, id) give the rows in their order. */
async function listOpen(
  tx: Tx,
  codes: readonly string[],
  filter: OpenFilter & { city: string | null },
): Promise<OpenEvent[]> {
  const { rows } = await sql<OpenEvent>`${columns(codes)}
    where e.category_code = any(${[...(filter.categoryCodes ?? [])]}::text[])
      and e.reported_at >= ${new Date(filter.fromMs).toISOString()}::timestamptz and e.reported_at <= ${new Date(filter.toMs).toISOString()}::timestamptz
      ${filter.city === null ? sql`` : sql`and e.city = ${filter.city}`}
      ${filter.open === null ? sql`` : filter.open ? sql`and e.ended_at is null` : sql`and e.ended_at is not null`}
    order by e.reported_at desc, e.id desc limit ${filter.limit} offset ${filter.offset}`.execute(tx.db);
  return rows;
}

async function findOpen(
  tx: Tx,
  codes: readonly string[],
  wanted: { numbers: readonly string[] } | { ids: readonly string[] },
): Promise<OpenEvent[]> {
  const which =
    'ids' in wanted ? sql`e.id = any(${[...wanted.ids]}::uuid[])` : sql`e.number = any(${[...wanted.numbers]}::text[])`;
  const { rows } =
    await sql<OpenEvent>`${columns(codes)} where ${which} and e.category_code = any(${[...codes]}::text[])
    order by e.reported_at desc, e.id desc`.execute(tx.db);
  return rows;
}

async function findBySource(tx: Tx, sourceRef: string): Promise<string | undefined> {
  const row = await tx.db
    .selectFrom('event_reporter as r')
    .innerJoin('event as e', 'e.id', 'r.original_event_id')
    .select('e.number')
    .where('r.kind', '=', 'open311' satisfies Channel)
    .where('r.source_ref', '=', sourceRef)
    .executeTakeFirst();
  return row?.number;
}

async function findPublicPhoto(
  tx: Tx,
  codes: readonly string[],
  id: string,
): Promise<{ storageKey: string } | undefined> {
  return (
    tx.db
      .selectFrom('attachment as a')
      .innerJoin('event as e', 'e.id', 'a.event_id')
      .select('a.storage_key as storageKey')
      .where('a.id', '=', id)
      .where('a.public', '=', true)
      // Pictures of the work are shown to those who wait for it, not to the world.
      .where('a.kind', '=', 'report')
      .where('e.category_code', 'in', codes.length === 0 ? [''] : [...codes])
      .executeTakeFirst()
  );
}

/** Reads the ledger in turns, because which lines belong to published events is known only afterwards. */
async function listSteps(
  tx: Tx,
  codes: readonly string[],
  span: { fromMs: number; toMs: number; limit: number; offset: number },
): Promise<OpenStep[]> {
  const actions = Object.keys(publicSteps).map((verb) => `event.${verb}`);
  const turn = 2000;
  const steps: OpenStep[] = [];
  let mark: LineMark | null = null;
  let toSkip = span.offset;
  while (steps.length < span.limit) {
    const lines: Awaited<ReturnType<typeof linesBetween>> = await linesBetween(
      tx,
      { subjectType: 'event', actions, fromMs: span.fromMs, toMs: span.toMs, limit: turn },
      mark,
    );
    const found = await findOpen(tx, codes, { ids: [...new Set(lines.map((line) => line.subjectId))] });
    const events = new Map(found.map((event) => [event.id, event]));
    for (const line of lines) {
      const event = events.get(line.subjectId);
      const verb = toVerb(line.action);
      // The line the other event got when something was merged into it, or taken out again, changed nothing about it.
      if (event === undefined || verb === undefined || 'mergedHere' in line.data || 'unmerged' in line.data) continue;
      if (toSkip-- > 0) continue;
      const words = line.words?.[publicSteps[verb] ?? ''];
      const status = (line.data['to'] ?? event.status) as EventStatus;
      steps.push({ id: line.id, at: line.at, verb, status, words: typeof words === 'string' ? words : '', event });
    }
    mark = lines.at(-1)?.mark ?? null;
    if (lines.length < turn) break;
  }
  return steps.slice(0, span.limit);
}
