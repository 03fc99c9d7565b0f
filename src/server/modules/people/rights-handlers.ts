import type { careRightsRoutes } from '#contract/care-files.ts';
import type { Handlers, Output } from '#contract/route.ts';
import { toIso } from '#kit/clock.ts';
import { scopeFor, senderOf, type Actor } from '#server/modules/identity/index.ts';
import { once } from '#server/modules/ledger/index.ts';
import type { Work } from './commands.ts';
import { askCorrection, maySettle, openCorrection, settle } from './correction-commands.ts';
import { listCorrections, type StoredCorrection } from './correction-store.ts';
import { erasePerson, planErasure, type Erasable } from './erase-commands.ts';
import { eraseGrounds, retentionRules } from './erase-grounds.ts';
import { listDue } from './erase-store.ts';
import type { PeopleCtx } from './handlers.ts';
import type { PeopleParts } from './queries.ts';
import { refOf } from './review-handlers.ts';

type View = Output<typeof careRightsRoutes.corrections>['items'][number];

const listed = 200;
const dayMs = 86_400_000;

/** What people may ask about their own entry: that it be corrected, that it be erased. */
export function createRightsHandlers(
  parts: PeopleParts,
  erasables: readonly Erasable[],
): Handlers<typeof careRightsRoutes, PeopleCtx> {
  const { database, territory, vault, clock } = parts;
  const nameOf = (code: string): string => territory.area(code)?.name ?? code;
  const workOf = (tx: Work['tx'], actor: Actor, opId: string): Work => ({
    tx,
    territory,
    vault,
    actor,
    atMs: clock.now(),
    opId,
  });
  const view = (actor: Actor, row: StoredCorrection): View => {
    const { id, personId, areaCode, fields, state, version } = row;
    return {
      id,
      personId,
      fields,
      state,
      version,
      areaName: nameOf(areaCode),
      askedAt: row.askedAt.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
      maySettle: maySettle({ actor }, row),
    };
  };

  function run<T>(
    word: 'care.edit' | 'care.erase',
    route: string,
    actor: Actor,
    opId: string,
    request: unknown,
    command: (work: Work) => Promise<T>,
  ) {
    const op = { opId, actor: senderOf(actor), route, request };
    return once(database, scopeFor(actor, word), op, async (tx) => {
      const work = workOf(tx, actor, opId);
      return { ...(await command(work)), at: toIso(work.atMs) };
    });
  }

  return {
    corrections: ({ query }, { actor }) => {
      const scope = scopeFor(actor, 'care.edit');
      return database.read(scope, async (tx) => ({
        items: (await listCorrections(tx, scope, query.person, listed)).map((row) => view(actor, row)),
      }));
    },
    ask: ({ params, body }, { actor }) =>
      run('care.edit', 'care.correct', actor, body.opId, { params, body }, async (work) => {
        const { row, ledgerId } = await askCorrection(work, params.id, body);
        return { correction: view(actor, row), ledgerId };
      }),
    // Not through once: what is opened may be kept nowhere.
    open: ({ params, body }, { actor }) =>
      database.inTx(scopeFor(actor, 'care.edit'), (tx) => openCorrection(workOf(tx, actor, body.opId), params.id)),
    settle: ({ params, body }, { actor }) =>
      run('care.erase', 'care.correct_settle', actor, body.opId, { params, body }, async (work) => {
        const { row, ledgerId } = await settle(work, params.id, body);
        return { correction: view(actor, row), ledgerId };
      }),
    erasure: ({ params }, { actor }) =>
      database.read(scopeFor(actor, 'care.erase'), async (tx) => {
        const { target, gone, stays } = await planErasure(tx, actor, params.id, erasables);
        const { version, erasedAt } = target;
        const grounds = [...eraseGrounds().values()];
        return { version, ref: refOf(target.id), erasedAt: erasedAt?.toISOString() ?? null, gone, stays, grounds };
      }),
    erase: ({ params, body }, { actor }) =>
      run('care.erase', 'care.erase', actor, body.opId, { params, body }, (work) =>
        erasePerson(work, params.id, body, erasables),
      ),
    retention: (_input, { actor }) => {
      const scope = scopeFor(actor, 'care.erase');
      const days = retentionRules().get('retired_person')?.days ?? Number.POSITIVE_INFINITY;
      return database.read(scope, async (tx) => {
        const { rows, total } = Number.isFinite(days)
          ? await listDue(tx, scope, clock.now() - days * dayMs, listed)
          : { rows: [], total: 0 };
        const due = rows.map(({ id, areaCode, retiredAt }) => {
          return { id, ref: refOf(id), areaName: nameOf(areaCode), retiredAt: retiredAt.toISOString() };
        });
        return { rules: [...retentionRules().values()], due, dueTotal: total };
      });
    },
  };
}
