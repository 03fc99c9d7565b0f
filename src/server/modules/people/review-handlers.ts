import type { careReviewRoutes } from '#contract/care-files.ts';
import type { SightingKind } from '#contract/care-words.ts';
import type { Handlers } from '#contract/route.ts';
import { AppError } from '#kit/errors.ts';
import type { Tx } from '#server/db/pool.ts';
import { systemScope, type Scope } from '#server/db/scope.ts';
import { ledgerActor, scopeFor, type Actor } from '#server/modules/identity/index.ts';
import { append } from '#server/modules/ledger/index.ts';
import type { PeopleCtx } from './handlers.ts';
import type { PeopleParts } from './queries.ts';
import {
  findReviewed,
  listSightings,
  listWorkerLines,
  listWorkers,
  type SightingRow,
  type Span,
} from './review-store.ts';

/** Told by a module above: the lines of the ledger in which it served this person among others, such as a day's visits. */
export interface Watcher {
  name: string;
  /** Ids of ledger lines. */
  linesWith(tx: Tx, personId: string): Promise<readonly string[]>;
}

/** The auditor of the installation reviews everywhere, others in the areas of their appointments. */
function scopeOfReview(actor: Actor): Scope {
  return actor.adminKind === 'audit' ? systemScope : scopeFor(actor, 'care.review');
}

const most = 1000;
const longestSpanMs = 93 * 86_400_000;

/** How a reviewer names a person without their name. */
export function refOf(id: string): string {
  return id.slice(-8);
}

/** Who saw whom, both ways. Looking at it is itself recorded, so none of these answers is kept with an operation. */
export function createReviewHandlers(
  parts: PeopleParts,
  watchers: readonly Watcher[],
): Handlers<typeof careReviewRoutes, PeopleCtx> {
  const { database, territory, clock } = parts;
  const nameOf = (code: unknown): string => (typeof code === 'string' ? (territory.area(code)?.name ?? code) : '');

  return {
    person: async ({ params, body }, { actor }) => {
      const scope = scopeOfReview(actor);
      return database.inTx(scope, async (tx) => {
        const person = await findReviewed(tx, scope, params.id);
        if (person === undefined)
          throw new AppError('not_found', 'There is no such person in care, or not one of yours to review.');
        const others = await Promise.all(watchers.map((one) => one.linesWith(tx, person.id)));
        const rows = await listSightings(tx, person.id, others.flat(), most);
        const { id, district, areaCode } = person;
        await record(tx, actor, clock.now(), {
          subject: { type: 'care_person', id },
          district,
          data: person.restricted ? {} : { areaCode },
          opId: body.opId,
        });
        return {
          ref: refOf(id),
          areaName: nameOf(areaCode),
          tags: person.tags,
          erasedAt: person.erasedAt?.toISOString() ?? null,
          items: rows.map(({ who, accountId, unit, role, ...row }) => ({ who, accountId, unit, role, ...toLine(row) })),
        };
      });
    },
    workers: async ({ body }, { actor }) => {
      const scope = scopeOfReview(actor);
      const span = toSpan(body);
      return database.inTx(scope, async (tx) => {
        const items = await listWorkers(tx, scope, span, most);
        await recordSpan(tx, actor, span, null, body.opId);
        return { items };
      });
    },
    worker: async ({ params, body }, { actor }) => {
      const scope = scopeOfReview(actor);
      const span = toSpan(body);
      return database.inTx(scope, async (tx) => {
        const rows = await listWorkerLines(tx, scope, { ...span, accountId: params.id, limit: most });
        await recordSpan(tx, actor, span, params.id, body.opId);
        return {
          items: rows.map((row) => {
            const personId = row.subjectType === 'care_person' ? row.subjectId : null;
            const ref = personId === null ? null : refOf(personId);
            return { ...toLine(row), personId, ref, areaName: nameOf(row.data['areaCode']) };
          }),
        };
      });
    },
  };

  async function recordSpan(tx: Tx, actor: Actor, span: Span, worker: string | null, opId: string): Promise<void> {
    const areaCode = actor.grants.find(({ permissions }) => permissions.has('care.review'))?.areaCode ?? null;
    const district =
      areaCode?.slice(0, 6) ?? territory.maps().areas.values().next().value?.code.slice(0, 6) ?? '000000';
    const data = { from: new Date(span.fromMs), to: new Date(span.toMs), ...(worker === null ? {} : { worker }) };
    const subject = { type: 'care_review', id: worker ?? actor.accountId ?? 'system' };
    await record(tx, actor, clock.now(), { subject, district, data, opId });
  }
}

const kinds: Readonly<Record<string, SightingKind>> = {
  'care.reveal': 'reveal',
  'care.export_take': 'export',
  'care.create': 'create',
  'care.edit': 'edit',
  'care.retire': 'retire',
  'care.correct': 'correct',
  'care.import': 'import',
  'care.erase': 'erase',
  'care.review': 'review',
};

/** A reveal about no single person is a list of the day. Words are told where they say why somebody looked. */
function toLine({
  at,
  action,
  subjectType,
  data,
  words,
}: Pick<SightingRow, 'at' | 'action' | 'subjectType' | 'data' | 'words'>) {
  const kind = kinds[action] ?? 'reveal';
  const isPack = kind === 'reveal' && subjectType !== 'care_person';
  const changed = Array.isArray(data['changed']) ? data['changed'].filter((one) => typeof one === 'string') : [];
  return {
    at: at.toISOString(),
    kind: isPack ? ('visit_pack' as const) : kind,
    purpose: textIn(words?.['purpose']),
    number: textIn(data['number']),
    changed,
  };
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function toSpan({ from, to }: { from: string; to: string }): Span {
  const span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  if (span.toMs > span.fromMs && span.toMs - span.fromMs <= longestSpanMs) return span;
  throw new AppError('bad_input', 'to: expected a moment after from, at most 93 days later.', { field: 'to' });
}

function record(
  tx: Tx,
  actor: Actor,
  atMs: number,
  line: { subject: { type: string; id: string }; district: string; data: Record<string, unknown>; opId: string },
): Promise<string> {
  return append(tx, { ...line, actor: ledgerActor(actor), action: 'care.review', atMs, audience: [] });
}
